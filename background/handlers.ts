/** What the worker answers to extension pages: the protocol on one side, the rooms of the house on the other. */
import { PackDamaged } from "@/classification/pack/open"
import type { PackInfo } from "@/classification/pack-api"
import type { PackStatus } from "@/messages/panel-protocol"
import { PanelError, type PanelHandlers } from "@/messages/router"
import type { Sites } from "@/platform/sites"
import { StoreError } from "@/store/errors"
import { DamagedPackError, MissingPackError } from "@/store/stored-packs"
import type { ImportedPacks } from "@/sync/imported-packs"
import type { Notices } from "@/sync/notices"
import type { PackShelf } from "@/sync/pack-shelf"
import type { PackagedPacks } from "@/sync/packaged-packs"
import type { EngineHost } from "./engine-host"
import type { Housekeeping } from "./housekeeping"

export interface WorkerParts {
  startedAt: number
  sites: Sites
  packaged: PackagedPacks
  imported: ImportedPacks
  shelf: PackShelf
  engine: EngineHost
  notices: Notices
  housekeeping: Pick<Housekeeping, "packsReady" | "whenQuiet">
}

const DAMAGED =
  "A code set is damaged and could not be restored. Reload the extension; if it stays, install it again."

/** Errors of the rooms as the protocol names them. Anything else is the router's "internal". */
function plain(error: unknown): unknown {
  if (error instanceof StoreError) return new PanelError("storage", error.message)
  if (error instanceof MissingPackError) return new PanelError("no-pack", error.message)
  if (error instanceof DamagedPackError || error instanceof PackDamaged) {
    return new PanelError("pack-damaged", DAMAGED)
  }
  return error
}

const spoken = (count: number) => count.toLocaleString("en-US")

/** "ICD-10-CM FY2026 (74,719 codes), HCPCS 2025-10 (8,725 codes)"; a starter set is named first. */
export function packSentence(packs: readonly PackInfo[]): string {
  if (packs.length === 0) return "No code set is installed yet."
  const starters = packs.filter(({ complete }) => !complete)
  const complete = packs.filter((pack) => pack.complete)
  const icd = starters.find(({ system }) => system === "ICD-10-CM")
  const parts = [
    ...(icd && !complete.some(({ system }) => system === "ICD-10-CM")
      ? [`starter set: ${spoken(icd.billable)} codes, not complete`]
      : []),
    ...complete.map(({ system, release, billable }) => `${system} ${release} (${spoken(billable)} codes)`),
    ...starters
      .filter((pack) => pack !== icd)
      .map(({ system, billable }) => `${system} starter set (${spoken(billable)} codes, not complete)`)
  ]
  return parts.join(", ")
}

/** What to do about an imported code set of another pack format; the files it was made of are not kept. */
export function unreadableSentence({ system, release }: PackInfo, replaced: boolean): string {
  const meanwhile = replaced ? " Until then Chartside's own copy is used." : ""
  return `The ${system} ${release} that you imported was made by another version of Chartside and cannot be read by this one. Import its files again on the options page.${meanwhile}`
}

export function createHandlers(parts: WorkerParts): PanelHandlers {
  const { sites, packaged, imported, shelf, engine, notices, housekeeping } = parts

  async function packStatus(): Promise<PackStatus> {
    const packs = await shelf.infos()
    const { ids, unreadable, edits } = await imported.state()
    return {
      packs,
      imported: ids,
      edits,
      unreadable: unreadable.map(({ id, info }) => ({ id, system: info.system, release: info.release })),
      complete: packs.some(({ system, complete }) => system === "ICD-10-CM" && complete),
      sentence: packSentence(packs),
      notices: [
        ...(await notices.all()),
        ...unreadable.map((pack) =>
          unreadableSentence(
            pack.info,
            packs.some(({ id }) => id === pack.id)
          )
        )
      ]
    }
  }

  const handlers: PanelHandlers = {
    "worker/ping": async () => ({ startedAt: parts.startedAt }),

    "engine/suggest": async (request) => {
      await housekeeping.packsReady(request.date)
      const findings = await engine.suggest(request)
      housekeeping.whenQuiet()
      return findings
    },

    "worksheet/check": async (request) => {
      await housekeeping.packsReady(request.date)
      const answer = await engine.check(request)
      housekeeping.whenQuiet()
      return answer
    },

    "query/prepare": async (request) => {
      await housekeeping.packsReady(request.chart.date)
      const material = await engine.prepareQuery(request)
      housekeeping.whenQuiet()
      return material
    },

    "query/lint": async (request) => {
      await housekeeping.packsReady(request.date)
      return { findings: await engine.lintQuery(request) }
    },

    "packs/status": packStatus,

    "packs/ensure": async ({ date }) => {
      await packaged.ensure(date)
      return packStatus()
    },

    "packs/report-damage": async ({ id }) => {
      // The page may be wrong (out of memory): a sound pack is not thrown away.
      await shelf.recheck(id)
      await packaged.ensure()
      return packStatus()
    },

    "packs/activate": async ({ keys }) => {
      await imported.activate(keys)
      return packStatus()
    },

    "packs/remove": async ({ id }) => {
      await imported.remove(id)
      return packStatus()
    },

    "sites/status": ({ tabId }) => sites.status(tabId),
    "sites/enable": ({ origin }) => sites.enable(origin),
    "sites/disable": ({ origin }) => sites.disable(origin),
    "sites/list": () => sites.list()
  }

  return Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [
      kind,
      async (body: never) => {
        try {
          return await handler(body)
        } catch (error) {
          throw plain(error)
        }
      }
    ])
  ) as unknown as PanelHandlers
}
