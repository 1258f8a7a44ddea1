/**
 * The engine of one worker life. The engine itself is pure and wants open packs; this opens the release of
 * each code set that a request's date asks for, and no other, and hands them to one engine that lives as
 * long as lexicon and packs stay the same.
 */
import type { EditTable } from "@/classification/edits/types"
import type { System } from "@/classification/model"
import { PackDamaged } from "@/classification/pack/open"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { forgetWords } from "@/classification/words"
import { createEngine, type Engine, systemsFor } from "@/engine"
import { createChecker } from "@/engine/checks"
import type { WorksheetAnswer, WorksheetRequest } from "@/engine/checks/types"
import type { Lexicon } from "@/engine/lexicon-types"
import { createQueryDesk, type QueryDesk } from "@/engine/provider-query"
import type { QueryMaterial } from "@/engine/provider-query/composer-types"
import type { QueryFinding } from "@/engine/provider-query/types"
import { answerWorksheet, type WorksheetParts } from "@/engine/support/worksheet"
import type { ChartDocument, Findings, SuggestRequest } from "@/engine/types"
import type { PanelRequests } from "@/messages/panel-protocol"
import { PanelError } from "@/messages/router"
import type { PackShelf } from "@/sync/pack-shelf"

export interface EngineHost {
  /** @throws PanelError "no-pack", "pack-damaged", "text-too-long"; errors of the shelf */
  suggest(request: SuggestRequest): Promise<Findings>
  /** Same errors. */
  check(request: WorksheetRequest): Promise<WorksheetAnswer>
  /** Same errors, and "internal" when the lexicon holds no rules of queries. */
  prepareQuery(request: PanelRequests["query/prepare"]["in"]): Promise<QueryMaterial>
  /** Same errors. */
  lintQuery(request: PanelRequests["query/lint"]["in"]): Promise<QueryFinding[]>
  /** Packs or lexicon changed: the next request gets a new engine. */
  forget(): void
}

/**
 * Characters of one chart. The panel reads less (design.md 2: up to 1 MB of text) and says what it left out; this only
 * keeps a broken caller from stopping the worker.
 */
export const MOST_CHARACTERS = 4_000_000

interface Running extends WorksheetParts {
  engine: Engine
  /** By date, which picks the release that names conditions; made when the first query is drafted. */
  desk(date: string | undefined): QueryDesk
  /** The engine picks among these by date; grows when a request needs another release. */
  packs: CodePack[]
  /** Claim edits, opened when codes of procedures are checked. */
  edits: EditTable[]
}

export function createEngineHost(shelf: PackShelf): EngineHost {
  let running: Promise<Running> | undefined

  async function start(): Promise<Running> {
    const { value } = await shelf.lexicon()
    const packs: CodePack[] = []
    const edits: EditTable[] = []
    // The lexicon was checked against its schema when it was compiled, and its SHA-256 when it was stored.
    const lexicon = value as Lexicon
    const engine = createEngine({ packs, lexicon })
    const desks = new Map<string, QueryDesk>()
    const desk = (date: string | undefined) => {
      const key = date ?? ""
      const made = desks.get(key) ?? createQueryDesk({ lexicon, engine, ...(date ? { date } : {}) })
      if (!desks.has(key)) {
        desks.clear()
        desks.set(key, made)
      }
      return made
    }
    return { engine, checker: createChecker({ packs, lexicon, edits }), desk, packs, lexicon, edits }
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

  /** One release of each system, and no other. */
  function releases(infos: PackInfo[], systems: Iterable<System>, date: string | undefined): PackInfo[] {
    const picked = [...systems].map((system) => pickRelease(infos, system, date)?.release)
    return picked.filter((info) => info !== undefined)
  }

  /** Opens what the question needs and answers it; a pack found damaged on the way is repaired once. */
  async function withPacks<T>(
    systems: ReadonlySet<System>,
    date: string | undefined,
    answer: (running: Running) => T
  ): Promise<T> {
    const wanted = async () => releases(await shelf.infos(), systems, date)
    const run = async () => {
      const infos = await wanted()
      if (infos.length === 0)
        throw new PanelError("no-pack", "No code set is installed yet. Try again in a moment.")
      const [now, ...opened] = await Promise.all([current(), ...infos.map(({ id }) => shelf.codes(id))])
      for (const pack of opened) if (!now.packs.includes(pack)) now.packs.push(pack)
      return answer(now)
    }
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof PackDamaged)) throw error
      // Damage that the quick check at opening could not see. Which pack it is, the full check tells.
      for (const { id } of await wanted()) await shelf.recheck(id)
      shelf.forget()
      forget()
      return await run()
    } finally {
      // The engine empties the memo as it goes; this holds also for what came after, and for an answer that failed.
      forgetWords()
    }
  }

  function refuseTooLong(documents: readonly ChartDocument[]): void {
    const characters = documents.reduce((sum, { text }) => sum + text.length, 0)
    if (characters <= MOST_CHARACTERS) return
    const millions = MOST_CHARACTERS / 1_000_000
    throw new PanelError(
      "text-too-long",
      `This chart has more than ${millions} million characters, more than can be read at once.`
    )
  }

  const forget = () => {
    running = undefined
  }

  return {
    forget,

    async suggest(request) {
      refuseTooLong(request.documents)
      const systems = new Set(systemsFor(request.setting ?? "outpatient"))
      return withPacks(systems, request.date, ({ engine }) => engine.suggest(request))
    },

    async prepareQuery({ chart, gap, labels }) {
      refuseTooLong(chart.documents)
      const systems = new Set(systemsFor(chart.setting ?? "outpatient"))
      return withPacks(systems, chart.date, ({ engine, desk }) =>
        desk(chart.date).prepare({
          ...chart,
          gap,
          suggestions: engine.suggest(chart).suggestions,
          ...(labels === undefined ? {} : { labels })
        })
      )
    },

    async lintQuery({ draft, date }) {
      return withPacks(new Set<System>(["ICD-10-CM"]), date, ({ desk }) => desk(date).lint(draft))
    },

    async check(request) {
      refuseTooLong(request.documents ?? [])
      const systems = new Set<System>([
        "ICD-10-CM",
        ...[...request.codes, ...(request.billed ?? [])].map(({ system }) => system),
        ...(request.documents ? systemsFor(request.setting ?? "outpatient") : [])
      ])
      const procedures = systems.has("CPT") || request.codes.some(({ system }) => system === "HCPCS")
      const edits = procedures ? await shelf.edits() : []
      return withPacks(systems, request.date, (parts) => {
        parts.edits.splice(0, parts.edits.length, ...edits)
        return answerWorksheet(parts, request)
      })
    }
  }
}
