/** What the worker does on its own: after an update, once a browser session, and when nobody waits. */
import type { Sites } from "@/platform/sites"
import type { ImportedPacks } from "@/sync/imported-packs"
import type { KeyValues } from "@/sync/notices"
import type { PackShelf } from "@/sync/pack-shelf"
import type { PackagedPacks } from "@/sync/packaged-packs"

export interface HousekeepingParts {
  packaged: PackagedPacks
  imported: Pick<ImportedPacks, "sweep">
  shelf: PackShelf
  sites: Sites
  session: KeyValues
  /** What failed and the name of its error, never its words. */
  log: (what: string, errorName: string) => void
}

export interface Housekeeping {
  /** Runs a job whose failure nobody waits for. */
  run(what: string, job: () => Promise<unknown>): void
  /** Once a browser session, whenever the worker starts: packs and registrations as they should be. */
  daily(): void
  /** Scripts in open tabs lost their extension, registrations are gone, the package may be newer. */
  afterUpdate(): void
  /**
   * Before packs are used: until this session's look at them is done, imports what is missing for `date`.
   *
   * @throws PanelError, StoreError when there is nothing at all to work with
   */
  packsReady(date: string | undefined): Promise<void>
  /** A request that used packs was answered: check them whole when it has been quiet for a while. */
  whenQuiet(): void
}

const CHECKED = "housekeeping.done"
/** Well under the 30 s after which an idle worker is stopped. */
const QUIET_MS = 5_000

export function createHousekeeping(parts: HousekeepingParts): Housekeeping {
  const { packaged, imported, shelf, sites, session, log } = parts
  let timer: ReturnType<typeof setTimeout> | undefined
  let done = false

  async function isDone(): Promise<boolean> {
    done ||= (await session.get(CHECKED)) === true
    return done
  }

  const run = (what: string, job: () => Promise<unknown>): void => {
    job().catch((error) => log(what, error instanceof Error ? error.name : typeof error))
  }

  /** The two are independent: a full disk must not keep sites from being registered. */
  async function putRight(reinject: boolean): Promise<void> {
    const jobs = [
      sites.reconcile({ reinject }),
      packaged.ensure().then(() => packaged.settled()),
      imported.sweep()
    ]
    const results = await Promise.allSettled(jobs)
    for (const result of results) {
      if (result.status === "rejected") throw result.reason
    }
    // Only now: a worker stopped on the way begins again when it wakes.
    await session.set(CHECKED, true)
  }

  return {
    run,
    daily: () =>
      run("daily", async () => {
        if (!(await isDone())) await putRight(false)
      }),
    async packsReady(date) {
      if (await isDone()) return
      try {
        await packaged.ensure(date)
      } catch (error) {
        // Another release is better than none: the findings say which one was used.
        if ((await shelf.infos()).length === 0) throw error
      }
    },
    afterUpdate: () => run("after update", () => putRight(true)),
    whenQuiet: () => {
      clearTimeout(timer)
      timer = setTimeout(() => run("full check", () => shelf.verifyAll()), QUIET_MS)
    }
  }
}
