/**
 * The worksheet of the chart on screen. It belongs to one encounter: when the chart may be another one it is out
 * of sight at once, and it comes back with its chart only. Charts that name no number or day have a worksheet for
 * as long as the panel is open; where no chart can be read there is a loose one.
 */

import type { WorksheetAnswer } from "@/engine/checks/types"
import type { Check } from "@/engine/types"
import { type Action, apply } from "@/worksheet/actions"
import { act, type History, NEW_HISTORY, redo, type Stepped, undo } from "@/worksheet/history"
import {
  canonical,
  type Head,
  NO_RECEIPTS,
  RECEIPT_FORMAT,
  type Receipt,
  type ReceiptDraft,
  type ReceiptExport,
  seal,
  type Verified,
  verify
} from "@/worksheet/receipts"
import { allLines, isEmpty, type Sheet } from "@/worksheet/sheet"
import { parseHistory } from "@/worksheet/stored"
import type { PanelServices, StoredSheet } from "../services"
import type { Announcer } from "./announcer"
import type { ChartSession } from "./chart-session"
import type { ChartState } from "./chart-state"
import { Watched } from "./state"
import { explain } from "./wording"
import { SheetChecks } from "./worksheet-checks"

export interface WorksheetState {
  /** "none": a chart is on its way, nobody knows yet whose worksheet to show. */
  phase: "none" | "open"
  history: History
  /** "stored": found again with its chart; "session": until the panel is closed; "loose": of no chart. */
  kept: "stored" | "session" | "loose"
  /** What could not be stored, in a sentence. */
  problem: string | undefined
  /** undefined while they are worked out for the first time. */
  checks: readonly Check[] | undefined
  support: WorksheetAnswer["support"] | undefined
  /** The results belong to an earlier order or an earlier note: new ones are on their way. */
  checking: boolean
  checkProblem: string | undefined
  /** Worksheets of this session that belong to no chart that could be found again: lines in each. */
  left: { slot: string; lines: number; at: number }[]
}

/** A receipt that is still to be written; its marks are worked out when it is. */
export type Draft = () => Promise<ReceiptDraft>

interface Slot {
  name: string
  kept: WorksheetState["kept"]
  key: string | undefined
  /** The encounter that was looked for last, whether found or not. */
  sought: string | undefined
  /** Version that is stored, 0 before. */
  version: number
  history: History
  head: Head
  /** Receipts of a worksheet that has no key. */
  receipts: Receipt[]
  /** Not written yet, in order. */
  pending: Draft[]
  problem: string | undefined
  changedAt: number
  /** Everything that was asked of it, one after the other. */
  queue: Promise<void>
}

const CLOSED: readonly ChartState["phase"][] = ["impossible", "not-granted", "off", "unreachable"]
const LOOSE = "loose"

const NOTHING: WorksheetState = {
  phase: "none",
  history: NEW_HISTORY,
  kept: "session",
  problem: undefined,
  checks: undefined,
  support: undefined,
  checking: false,
  checkProblem: undefined,
  left: []
}

export class WorksheetSession {
  readonly state = new Watched<WorksheetState>(NOTHING)
  readonly #slots = new Map<string, Slot>()
  readonly #checks: SheetChecks
  readonly #stops: (() => void)[] = []
  #current: Slot | undefined

  constructor(
    private readonly services: PanelServices,
    private readonly chart: ChartSession,
    private readonly announcer: Announcer
  ) {
    this.#checks = new SheetChecks(services, (change) => this.state.patch(change))
  }

  start(): void {
    this.#stops.push(
      this.chart.state.subscribe(() => this.#follow()),
      this.services.sheets.onChange((key) => void this.#changedElsewhere(key)),
      this.services.onNews((news) => news === "packs" && this.#check())
    )
    this.#follow()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#checks.drop()
  }

  get sheet(): Sheet {
    return this.state.get().history.sheet
  }

  /** Names the worksheet on screen: what was meant for it is not done to another one. */
  get slot(): string | undefined {
    return this.#current?.name
  }

  /**
   * Does it, tells it with a way back, and stores it with its receipts.
   * @param said what the coder is told; nothing without it
   * @returns false when it could not be done
   */
  async do(
    name: string,
    actions: readonly Action[],
    drafts: readonly Draft[],
    said?: string
  ): Promise<boolean> {
    const slot = this.#current
    if (!slot) {
      this.announcer.say("The chart is still being read. Try again in a moment.", "warn")
      return false
    }
    return this.#step(
      slot,
      (history) => act(history, name, actions),
      drafts,
      () =>
        said === undefined
          ? undefined
          : this.announcer.say(said, "good", { label: "Undo", run: () => void this.undo() })
    )
  }

  undo(): Promise<boolean> {
    return this.#back(undo, "undo", ({ name }) => `Undone: ${name}`)
  }

  redo(): Promise<boolean> {
    return this.#back(redo, "redo", ({ name }) => `Done again: ${name}`)
  }

  /** A decision that changes no line: codes were filled into a form, or taken out again. */
  async record(draft: Draft): Promise<void> {
    const slot = this.#current
    if (!slot) return
    await this.#queued(slot, async () => {
      slot.pending.push(draft)
      await this.#write(slot)
    })
  }

  /** Adds the lines of a worksheet that lost its chart to the one on screen. */
  async takeOver(name: string): Promise<void> {
    const from = this.#slots.get(name)
    if (!from || from === this.#current) return
    const known = this.sheet
    const actions = allLines(from.history.sheet)
      .filter((line) => !allLines(known).some(({ id }) => id === line.id))
      .map(
        (line): Action => ({
          do: "accept",
          line: line.kind === "diagnosis" ? line : { ...line, pointers: [] }
        })
      )
      .filter((action) => apply(known, action).ok)
    const time = new Date().toISOString()
    const drafts = actions.flatMap((action): Draft[] =>
      action.do === "accept"
        ? [
            async () => ({
              time,
              action: "accept",
              code: { system: action.line.system, code: action.line.code },
              about: { from: "earlier in this session" },
              rules: [],
              evidence: []
            })
          ]
        : []
    )
    const said = `Taken over: ${actions.length} of ${allLines(from.history.sheet).length} lines. Set pointers anew.`
    if (await this.do("Take over lines", actions, drafts, said)) {
      this.#slots.delete(name)
      this.#publish()
    }
  }

  /** Removes the worksheet and its receipts for good. */
  async remove(): Promise<void> {
    const slot = this.#current
    if (!slot) return
    await this.#queued(slot, async () => {
      try {
        if (slot.key !== undefined) await this.services.sheets.remove(slot.key)
        const fresh = { version: 0, history: NEW_HISTORY, head: NO_RECEIPTS, receipts: [], pending: [] }
        Object.assign(slot, fresh)
        slot.problem = undefined
        this.announcer.say("The worksheet of this encounter and its receipts were removed.")
      } catch (error) {
        this.announcer.say(explain(error), "warn")
      }
      this.#publish()
    })
  }

  /** The history of decisions as a file, verified before it is handed out. */
  async exportReceipts(): Promise<void> {
    const slot = this.#current
    if (!slot) return
    await this.#queued(slot, async () => {
      try {
        const receipts =
          slot.key === undefined ? slot.receipts : await this.services.sheets.receipts(slot.key)
        const found = await verify(receipts, slot.head)
        const file: ReceiptExport = {
          format: RECEIPT_FORMAT,
          exportedAt: new Date().toISOString(),
          head: slot.head,
          seal: await this.services.sheets.mark(canonical(slot.head)),
          receipts: receipts as Receipt[]
        }
        this.services.sheets.saveFile(
          `chartside-receipts-${file.exportedAt.slice(0, 10)}.json`,
          `${JSON.stringify(file, undefined, 1)}\n`
        )
        this.announcer.say(exported(found), found.ok ? "good" : "warn")
      } catch (error) {
        this.announcer.say(explain(error), "warn")
      }
    })
  }

  // -- whose worksheet --------------------------------------------------------------------------------

  #follow(): void {
    const { phase, chart } = this.chart.state.get()
    const name = CLOSED.includes(phase) ? LOOSE : chart === undefined ? undefined : `chart ${chart}`
    if (name !== this.#current?.name) {
      this.#leave()
      this.#current = name === undefined ? undefined : this.#slotOf(name)
      this.#checks.drop()
      this.state.set({ ...NOTHING, left: this.#left() })
    }
    const slot = this.#current
    if (!slot) return
    const text = slot.name === LOOSE ? undefined : this.chart.encounter()
    if (text !== undefined && slot.key === undefined && slot.sought !== text) {
      slot.sought = text
      void this.#queued(slot, () => this.#find(slot, text))
    } else if (this.state.get().phase === "open" || text === undefined || slot.key !== undefined)
      this.#publish()
  }

  /** A worksheet that is stored is found again; an empty one is nothing. Others stay for the session. */
  #leave(): void {
    const slot = this.#current
    if (!slot) return
    const empty = isEmpty(slot.history.sheet) && slot.pending.length === 0
    const safe = slot.key !== undefined && slot.pending.length === 0 && slot.problem === undefined
    if (empty || safe) void slot.queue.then(() => this.#current !== slot && this.#slots.delete(slot.name))
  }

  #slotOf(name: string): Slot {
    const known = this.#slots.get(name)
    if (known) return known
    const slot: Slot = {
      name,
      kept: name === LOOSE ? "loose" : "session",
      key: undefined,
      sought: undefined,
      version: 0,
      history: NEW_HISTORY,
      head: NO_RECEIPTS,
      receipts: [],
      pending: [],
      problem: undefined,
      changedAt: 0,
      queue: Promise.resolve()
    }
    this.#slots.set(name, slot)
    return slot
  }

  /** The chart said which encounter it is: its worksheet is opened, and what was accepted before joins it. */
  async #find(slot: Slot, text: string): Promise<void> {
    try {
      const key = await this.services.sheets.mark(text)
      const row = await this.services.sheets.open(key)
      const before = slot.history.sheet
      const drafts = slot.receipts.map(
        ({ n: _n, previous: _p, hash: _h, ...draft }): Draft =>
          async () =>
            draft
      )
      slot.key = key
      slot.kept = "stored"
      slot.receipts = []
      this.#takeStored(slot, row)
      if (slot.key !== undefined && !isEmpty(before)) {
        const join = (history: History) => joined(history, before)
        const next = join(slot.history)
        if (next.ok) slot.history = next.history
        slot.pending.unshift(...drafts)
        await this.#write(slot, join)
      }
    } catch (error) {
      slot.problem = `The worksheet of this chart could not be opened: ${explain(error)}`
    }
    this.#publish()
  }

  #takeStored(slot: Slot, row: StoredSheet | undefined): void {
    const history = row ? parseHistory(row.history) : NEW_HISTORY
    if (!history) {
      // It is not written over: what cannot be read stays as it is, and this one is kept for the session.
      slot.key = undefined
      slot.kept = "session"
      slot.problem =
        "The stored worksheet of this chart cannot be read by this version. What you accept now is kept until the panel is closed."
      return
    }
    slot.history = history
    slot.version = row?.version ?? 0
    slot.head = row?.head ?? NO_RECEIPTS
  }

  async #changedElsewhere(key: string): Promise<void> {
    const slot = this.#current
    if (!slot || slot.key !== key) return
    await this.#queued(slot, async () => {
      if (slot.pending.length > 0) return
      try {
        const row = await this.services.sheets.open(key)
        if ((row?.version ?? 0) === slot.version) return
        this.#takeStored(slot, row)
        this.#publish()
      } catch {
        // The next write finds out by itself.
      }
    })
  }

  // -- one step ---------------------------------------------------------------------------------------

  #back(
    step: (history: History) => Stepped,
    action: "undo" | "redo",
    said: (step: { name: string }) => string
  ): Promise<boolean> {
    const slot = this.#current
    if (!slot) return Promise.resolve(false)
    const time = new Date().toISOString()
    let name = ""
    const draft: Draft = async () => ({ time, action, about: { step: name }, rules: [], evidence: [] })
    return this.#step(slot, step, [draft], (done) => {
      name = done.name
      this.announcer.say(said(done))
    })
  }

  async #step(
    slot: Slot,
    step: (history: History) => Stepped,
    drafts: readonly Draft[],
    tell: (step: { name: string }) => void
  ): Promise<boolean> {
    let done = false
    await this.#queued(slot, async () => {
      // Another chart came up while this one waited: it is not done behind the coder's back.
      if (slot !== this.#current) return
      const next = step(slot.history)
      if (!next.ok) {
        this.announcer.say(next.why, "warn")
        return
      }
      done = true
      slot.history = next.history
      slot.changedAt = Date.now()
      slot.pending.push(...drafts)
      this.#publish()
      tell(next.step)
      await this.#write(slot, step)
    })
    return done
  }

  /** @param again does the last step once more on what another page stored meanwhile */
  async #write(slot: Slot, again?: (history: History) => Stepped): Promise<void> {
    try {
      const drafts = await Promise.all(slot.pending.map((draft) => draft()))
      for (let tries = 0; tries < 3; tries++) {
        const sealed = await seal(slot.head, drafts)
        if (slot.key === undefined) {
          slot.receipts.push(...sealed.receipts)
          slot.head = sealed.head
          slot.pending = []
          return
        }
        const { key, version, history } = slot
        const answer = await this.services.sheets.save(
          { key, version, history, head: sealed.head },
          sealed.receipts
        )
        if (!("conflict" in answer)) {
          slot.version = answer.version
          slot.head = sealed.head
          slot.pending = []
          slot.problem = undefined
          this.#publish()
          return
        }
        this.#takeStored(slot, answer.conflict)
        const next = again?.(slot.history)
        if (next && !next.ok) {
          slot.pending = []
          this.announcer.say(`Another window changed this worksheet. ${next.why}`, "warn")
          this.#publish()
          return
        }
        if (next?.ok) slot.history = next.history
      }
      throw new Error("Another window kept changing the worksheet.")
    } catch (error) {
      slot.problem = `Not stored: ${explain(error)} The worksheet stays here until the panel is closed.`
      this.#publish()
    }
  }

  #queued(slot: Slot, work: () => Promise<void>): Promise<void> {
    slot.queue = slot.queue.then(work, work)
    return slot.queue
  }

  // -- what is shown ----------------------------------------------------------------------------------

  #publish(): void {
    const slot = this.#current
    if (!slot) return
    const { history, kept, problem } = slot
    this.state.patch({ phase: "open", history, kept, problem, left: this.#left() })
    this.#check()
  }

  #check(): void {
    const { setting } = this.chart.state.get()
    this.#checks.look(this.sheet, setting, this.chart.about())
  }

  #left(): WorksheetState["left"] {
    const before = this.state.get().left
    const left = [...this.#slots.values()]
      .filter((slot) => slot !== this.#current && allLines(slot.history.sheet).length > 0)
      .filter((slot) => slot.key === undefined || slot.problem !== undefined)
      .map((slot) => ({ slot: slot.name, lines: allLines(slot.history.sheet).length, at: slot.changedAt }))
    return JSON.stringify(left) === JSON.stringify(before) ? before : left
  }
}

/** Puts what one sheet holds behind what another holds, as far as it is not there already. */
function joined(history: History, added: Sheet): Stepped {
  const actions = [
    ...allLines(added).map((line): Action => ({ do: "accept", line })),
    ...added.dismissed.map((what): Action => ({ do: "dismiss", what }))
  ]
  let { sheet } = history
  const possible = actions.filter((action) => {
    const next = apply(sheet, action)
    if (next.ok) sheet = next.sheet
    return next.ok
  })
  return act(history, "Accepted before the chart was known", possible)
}

function exported(found: Verified): string {
  return found.ok
    ? `Saved: ${found.count} receipts, the chain is whole.`
    : `Saved, but the chain is broken: receipt ${found.at} ${found.why}.`
}
