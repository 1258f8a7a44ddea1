/**
 * The engine of one worker life. The engine itself is pure and wants open packs; this opens the release of
 * each code set that a request's date asks for, and no other, and hands them to one engine that lives as
 * long as lexicon and packs stay the same.
 */
import { PackDamaged } from "@/classification/pack/open"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { forgetWords } from "@/classification/words"
import { createEngine, type Engine, systemsFor } from "@/engine"
import type { Lexicon } from "@/engine/lexicon-types"
import type { Findings, SuggestRequest } from "@/engine/types"
import { PanelError } from "@/messages/router"
import type { PackShelf } from "@/sync/pack-shelf"

export interface EngineHost {
  /** @throws PanelError "no-pack", "pack-damaged", "text-too-long"; errors of the shelf */
  suggest(request: SuggestRequest): Promise<Findings>
  /** Packs or lexicon changed: the next request gets a new engine. */
  forget(): void
}

/**
 * Characters of one chart. The panel reads less (design.md 2: up to 1 MB of text) and says what it left out; this only
 * keeps a broken caller from stopping the worker.
 */
export const MOST_CHARACTERS = 4_000_000

interface Running {
  engine: Engine
  /** The engine picks among these by date; grows when a request needs another release. */
  packs: CodePack[]
}

export function createEngineHost(shelf: PackShelf): EngineHost {
  let running: Promise<Running> | undefined

  async function start(): Promise<Running> {
    const { value } = await shelf.lexicon()
    const packs: CodePack[] = []
    // The lexicon was checked against its schema when it was compiled, and its SHA-256 when it was stored.
    return { engine: createEngine({ packs, lexicon: value as Lexicon }), packs }
  }

  async function current(): Promise<Running> {
    running ??= start()
    try {
      return await running
    } catch (error) {
      running = undefined
      throw error
    }
  }

  function wanted(infos: PackInfo[], { date, setting }: SuggestRequest): PackInfo[] {
    const picked = systemsFor(setting ?? "outpatient").map(
      (system) => pickRelease(infos, system, date)?.release
    )
    return picked.filter((info) => info !== undefined)
  }

  async function answer(request: SuggestRequest): Promise<Findings> {
    const infos = wanted(await shelf.infos(), request)
    if (infos.length === 0)
      throw new PanelError("no-pack", "No code set is installed yet. Try again in a moment.")
    const [{ engine, packs }, ...opened] = await Promise.all([
      current(),
      ...infos.map(({ id }) => shelf.codes(id))
    ])
    for (const pack of opened) if (!packs.includes(pack)) packs.push(pack)
    return engine.suggest(request)
  }

  const forget = () => {
    running = undefined
  }

  return {
    forget,
    async suggest(request) {
      const characters = request.documents.reduce((sum, { text }) => sum + text.length, 0)
      if (characters > MOST_CHARACTERS) {
        const millions = MOST_CHARACTERS / 1_000_000
        throw new PanelError(
          "text-too-long",
          `This chart has more than ${millions} million characters, more than can be read at once.`
        )
      }
      try {
        return await answer(request)
      } catch (error) {
        if (!(error instanceof PackDamaged)) throw error
        // Damage that the quick check at opening could not see. Which pack it is, the full check tells.
        for (const { id } of wanted(await shelf.infos(), request)) await shelf.recheck(id)
        shelf.forget()
        forget()
        return await answer(request)
      } finally {
        // The engine empties the memo as it goes; this holds also for what came after, and for an answer that failed.
        forgetWords()
      }
    }
  }
}
