/**
 * Code sets that the coder imported. The options page compiles them and puts them into the store under keys
 * that do not count; only the worker lets them count, after it has checked every byte, in one transaction.
 * So whatever is closed, killed or full on the way: what counted before still counts, whole.
 */
import { openEdits } from "@/classification/edits/table"
import type { EditTableFacts } from "@/classification/edits/types"
import { openPack } from "@/classification/pack/open"
import { packId } from "@/classification/pack/pack-id"
import { verifyPack } from "@/classification/pack/verify"
import type { PackInfo } from "@/classification/pack-api"
import { PanelError } from "@/messages/router"
import type { StoredPack } from "@/store/code-database"
import { isReadable } from "@/store/code-database"
import { StoreError } from "@/store/errors"
import type { PacksRepository } from "@/store/packs-repository"
import { packBytes } from "@/store/stored-packs"
import type { PackagedPacks } from "./packaged-packs"
import { sha256Hex } from "./sha256"

export interface ImportedPacksOptions {
  repository: PacksRepository
  packaged: Pick<PackagedPacks, "ensure" | "settled">
  /** Called after packs began or ceased to count. */
  onChange?: () => void | Promise<void>
  now?: () => number
}

export interface ImportedPacks {
  /** @throws PanelError "pack-damaged"; StoreError: then nothing has changed */
  activate(keys: readonly string[]): Promise<void>
  /** The packaged copy counts again; where there is none the code set is gone. @throws StoreError */
  remove(id: string): Promise<void>
  /** Ids of imported packs that count, and those that this version cannot open. @throws StoreError */
  state(): Promise<{
    ids: string[]
    unreadable: { id: string; info: PackInfo }[]
    /** Claim edits that count. */
    edits: EditTableFacts[]
  }>
  /** Removes what pages left behind that were closed between storing and activating. @throws StoreError */
  sweep(): Promise<void>
}

/** A page stores and asks within moments; an hour is far beyond. */
const ABANDONED_MS = 3_600_000

const NOT_WHOLE = "The imported code set was not stored whole. Nothing was changed. Import the files again."

/** The row says of the pack what the pack says of itself: nothing can be stored in the place of another. */
function isOf({ id, release, effectiveFrom, complete, info, channel }: StoredPack, said: PackInfo): boolean {
  return (
    // The same bytes as a packaged copy keep the name that the package gave them.
    (channel === "package" || (id === packId(said) && said.id === id)) &&
    info?.system === said.system &&
    release === said.release &&
    effectiveFrom === said.effective.from &&
    complete === said.complete
  )
}

export function createImportedPacks(options: ImportedPacksOptions): ImportedPacks {
  const { repository, packaged, onChange, now = Date.now } = options

  /** @throws PanelError, StoreError */
  async function expectWhole(stored: StoredPack | undefined): Promise<void> {
    const known = stored?.kind === "codes" || stored?.kind === "edits"
    if (!stored || !known || !isReadable(stored)) throw new PanelError("pack-damaged", NOT_WHOLE)
    try {
      const bytes = await packBytes(stored)
      if ((await sha256Hex(bytes)) !== stored.sha256) throw new Error("SHA-256")
      if (stored.kind === "edits") {
        if (openEdits(bytes).facts.id !== stored.id) throw new Error("identity")
        return
      }
      verifyPack(bytes)
      if (!isOf(stored, openPack(bytes).info)) throw new Error("identity")
    } catch {
      throw new PanelError("pack-damaged", NOT_WHOLE)
    }
  }

  return {
    async activate(keys) {
      for (const key of keys) await expectWhole(await repository.version(key))
      await repository.activate(keys)
      await onChange?.()
      try {
        // A starter set beside a complete one goes now.
        await packaged.ensure()
        await packaged.settled()
      } catch (error) {
        // What was asked for is done: a package without code sets, which is the usual reason, is told elsewhere.
        if (!(error instanceof PanelError || error instanceof StoreError)) throw error
      }
    },

    async remove(id) {
      await repository.removeImported(id)
      await onChange?.()
      await packaged.ensure()
      await packaged.settled()
    },

    async state() {
      const counting = await repository.active()
      const unreadable = await repository.unreadable()
      return {
        ids: counting
          .filter((pack) => pack.channel === "file" && pack.kind === "codes" && isReadable(pack))
          .map(({ id }) => id),
        unreadable: unreadable.flatMap(({ id, info }) => (info ? [{ id, info }] : [])),
        edits: counting.flatMap((pack) => (pack.kind === "edits" ? [pack.facts] : []))
      }
    },

    sweep: () => repository.sweep(now() - ABANDONED_MS)
  }
}
