/** All sessions of one open panel, and what one of them means for the others. */

import type { CodeRef, System } from "@/classification/model"
import { pickRelease } from "@/classification/releases"
import type { Setting } from "@/engine/types"
import type { Shape } from "@/worksheet/copy-shape"
import { DEFAULT_SETTINGS, type PanelServices, type PanelSettings } from "../services"
import { Announcer } from "./announcer"
import { BrowseSession } from "./browse-session"
import { ChangesSession } from "./changes-session"
import { ChartSession } from "./chart-session"
import type { ChartState } from "./chart-state"
import { copyCode } from "./copy"
import { FillSession } from "./fill-session"
import { GapsSession } from "./gaps-session"
import { cardKey } from "./groups"
import { GuidelineSession } from "./guideline-session"
import { LookupSession } from "./lookup-session"
import { OwnSession } from "./own-session"
import {
  forgetCards,
  goBack,
  goForward,
  leave,
  type Place,
  placeOf,
  START,
  stepTo,
  type Trail
} from "./places"
import { QuerySession } from "./query-session"
import { Watched } from "./state"
import { WorksheetCopy } from "./worksheet-copy"
import { WorksheetDesk } from "./worksheet-desk"
import { SheetFill } from "./worksheet-fill"
import { WorksheetSession } from "./worksheet-session"

export type PanelTab = "chart" | "gaps" | "lookup" | "worksheet"
/** In the order of the tab bar; the keys 1 to 4 lead to them. */
export const PANEL_TABS: readonly PanelTab[] = ["chart", "gaps", "lookup", "worksheet"]

export interface ViewState {
  tab: PanelTab
  /** Where the look-up is, and the way there. */
  trail: Trail
  /** Rises with every step, so that the screen that is shown takes the focus (see `takeFocus`). */
  visit: number
}

/** What is searched for. Apart from `view`, so that a keystroke renders the look-up only. */
export interface SearchState {
  text: string
  /** Row that Enter acts on; -1 while the field is empty and nothing was chosen. */
  at: number
  /** undefined: all systems. */
  system: System | undefined
}

/** Changes of the findings that wait until the list is not used (see held.ts). */
export interface Held {
  waiting: number
  show(): void
}

export interface Choices {
  epoch: number
  codes: ReadonlyMap<string, string>
}

export const NOTHING_HELD: Held = { waiting: 0, show: () => {} }

export class PanelModel {
  readonly announcer = new Announcer()
  readonly chart: ChartSession
  readonly lookup: LookupSession
  readonly fill: FillSession
  readonly gaps: GapsSession
  readonly query: QuerySession
  readonly own: OwnSession
  readonly guidelines: GuidelineSession
  readonly changes: ChangesSession
  readonly worksheet: WorksheetSession
  readonly desk: WorksheetDesk
  readonly copying: WorksheetCopy
  readonly sheetFill: SheetFill
  /** Line of the worksheet for which another code is being chosen. */
  readonly replacing = new Watched<{ id: string; code: string; slot: string | undefined } | undefined>(
    undefined
  )
  readonly settings = new Watched<PanelSettings>(DEFAULT_SETTINGS)
  readonly view = new Watched<ViewState>({ tab: "chart", trail: START, visit: 0 })
  readonly search = new Watched<SearchState>({ text: "", at: -1, system: undefined })
  readonly browse = new BrowseSession()
  /** How codes are read while the panel is open. */
  readonly reading = new Watched({ unfolded: false, payment: false })
  readonly held = new Watched<Held>(NOTHING_HELD)
  /** Codes chosen through axes or taken from a gap, by card. They belong to one chart. */
  readonly choices = new Watched<Choices>({ epoch: 0, codes: new Map() })
  readonly #stops: (() => void)[] = []
  #focusWanted = false
  #cardWanted: string | undefined
  #date: string | undefined
  #epoch = 0

  constructor(private readonly services: PanelServices) {
    this.chart = new ChartSession(services, undefined, () => void this.fill.follow())
    this.lookup = new LookupSession(services)
    this.fill = new FillSession(services, this.announcer, () => this.shape())
    this.gaps = new GapsSession(this.chart, services.ruleCounts, this.announcer, (from, to) =>
      this.#refine(from, to)
    )
    this.query = new QuerySession(services, this.chart, this.announcer, (gap) => this.gaps.asked(gap))
    this.guidelines = new GuidelineSession(services)
    this.changes = new ChangesSession(services)
    this.own = new OwnSession(services.own, this.announcer)
    this.worksheet = new WorksheetSession(services, this.chart, this.announcer)
    this.desk = new WorksheetDesk(
      this.worksheet,
      services,
      this.lookup,
      this.announcer,
      (code) => this.own.used(code),
      () => (this.chart.state.get().setting === "inpatient" ? "principal" : "first-listed")
    )
    this.copying = new WorksheetCopy(services, this.announcer, this.worksheet, this.desk, () =>
      this.settings.get().dot ? "dot" : "no-dot"
    )
    this.sheetFill = new SheetFill(
      services,
      this.fill,
      this.chart,
      this.worksheet,
      this.desk,
      this.announcer,
      () => this.shape()
    )
  }

  async start(): Promise<void> {
    let pins = this.own.state.get().pins
    this.#stops.push(
      this.own.state.subscribe(() => {
        const now = this.own.state.get().pins
        // Codes used lately change with every step; only pins are compared.
        if (now.map(({ code }) => code).join() === pins.map(({ code }) => code).join()) return
        pins = now
        this.changes.look(pins)
      }),
      this.chart.state.subscribe(() => this.#follow(this.chart.state.get())),
      // No mark of a payment model stands anywhere while a query is written.
      this.query.state.subscribe(() => {
        if (this.query.state.get()) this.reading.patch({ payment: false })
      }),
      this.services.onNews((news) => {
        if (news !== "packs") return
        void this.lookup.use(this.#date)
        this.guidelines.use(this.#date)
        this.changes.look(this.own.state.get().pins)
      })
    )
    try {
      this.settings.set(await this.services.settings.read())
    } catch {
      this.announcer.say("Your settings could not be read; the usual ones are used.", "warn")
    }
    this.chart.setSetting(this.settings.get().setting)
    this.chart.setEm(this.settings.get().em)
    this.gaps.start()
    this.query.start()
    this.worksheet.start()
    this.copying.start()
    this.chart.start()
    void this.own.start()
    await this.lookup.use(this.#date)
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.chart.stop()
    this.gaps.stop()
    this.query.stop()
    this.worksheet.stop()
    this.copying.stop()
    this.fill.forget()
    this.own.stop()
    this.changes.stop()
    this.lookup.stop()
  }

  shape(): Shape {
    return this.copying.state.get().shape
  }

  change(change: Partial<PanelSettings>): void {
    this.settings.patch(change)
    if (change.dot !== undefined) this.copying.choose({ shape: change.dot ? "dot" : "no-dot" })
    if (change.setting) this.chart.setSetting(change.setting)
    if (change.em !== undefined) this.chart.setEm(change.em)
    this.services.settings.write(change).catch(() => {
      this.announcer.say("This choice could not be stored; it holds until the panel is closed.", "warn")
    })
  }

  setSetting(setting: Setting): void {
    this.change({ setting })
  }

  copy(code: CodeRef & { title: string; billable?: boolean }): Promise<void> {
    this.own.used(code)
    return copyCode(this.services, this.announcer, code, this.shape())
  }

  /** @param epoch of the chart the code was suggested for; undefined when it was looked up */
  fillWith(code: CodeRef & { title: string }, epoch?: number): Promise<void> {
    this.own.used(code)
    const { site, epoch: now } = this.chart.state.get()
    const origin = site?.origin ?? ""
    return this.fill.fill(code, epoch === undefined ? undefined : { origin, epoch }, { origin, epoch: now })
  }

  /** A code that was looked up goes onto the worksheet, or in the place of a line that waits for it. */
  async acceptLooked(code: CodeRef & { title: string; billable: boolean; modifier?: true }): Promise<void> {
    const { system, code: written, title, billable } = code
    if (code.modifier)
      this.announcer.say(`${written} is a modifier: it stands on a line of the worksheet.`, "warn")
    else if (this.replacing.get()?.slot === this.worksheet.slot && this.replacing.get())
      await this.replaceBy({ system, code: written, title, billable })
    else await this.desk.accept({ system, code: written, title, billable }, "look-up")
  }

  /** Opens the code of a line in the look-up; the code chosen there takes its place. */
  chooseInstead(line: { id: string; system: System; code: string }): void {
    this.replacing.set({ id: line.id, code: line.code, slot: this.worksheet.slot })
    this.lookUp(line)
  }

  /** The code chosen for a line takes its place, and the worksheet is shown. */
  async replaceBy(code: CodeRef & { title: string; billable: boolean }): Promise<void> {
    const wanted = this.replacing.get()
    this.replacing.set(undefined)
    if (!wanted || wanted.slot !== this.worksheet.slot) {
      this.announcer.say("Not replaced: another worksheet is open now.", "warn")
      return
    }
    if (await this.desk.replace(wanted.id, code)) this.showTab("worksheet", false)
  }

  async goTo(key: string): Promise<void> {
    const answer = await this.chart.marks.goTo(key).catch(() => "gone" as const)
    if (answer === "gone") {
      this.announcer.say(
        "These words are not on the page now. They were read earlier in this encounter.",
        "warn"
      )
    }
  }

  /** Another code on the card of a suggestion: kept by the card's key, as its own chips keep it. */
  #refine({ system, code }: CodeRef, to: string | undefined): boolean {
    const key = cardKey({ system, code })
    const { epoch } = this.chart.state.get()
    const before = this.choices.get()
    const codes = new Map(before.epoch === epoch ? before.codes : [])
    const wanted = to?.replace(/[-.]+$/, "")
    if (wanted === undefined) codes.delete(key)
    else if (this.lookup.find({ system, code: wanted })) codes.set(key, wanted)
    else {
      this.announcer.say(
        `${wanted} cannot be shown: its code set is not open yet, or does not hold it.`,
        "warn"
      )
      return false
    }
    this.choices.set({ epoch, codes })
    return true
  }

  /** @param ready to type: with the pointer the search field takes the focus, with arrow keys the tab keeps it */
  showTab(tab: PanelTab, ready: boolean): void {
    if (tab === "lookup" && ready && this.place.kind === "search") this.toSearch()
    else this.view.patch({ tab })
  }

  get place(): Place {
    return placeOf(this.view.get().trail)
  }

  /** Opens a place of the look-up tab; its screen takes the focus. */
  go(place: Place): void {
    this.#show(stepTo(this.view.get().trail, place))
  }

  /** @param card of the chart that leaving the code leads back to */
  lookUp({ system, code }: CodeRef, card?: string): void {
    this.own.used({ system, code })
    this.go({ kind: "code", ref: { system, code }, ...(card === undefined ? {} : { card }) })
  }

  /** To the search field, with the text and place it had. */
  toSearch(): void {
    this.go({ kind: "search" })
  }

  searchFor(text: string): void {
    this.search.patch({ text, at: 0 })
    this.toSearch()
  }

  /** To the tree of the Tabular List, at the code that is open. */
  toTabular(): void {
    const { place } = this
    const code = place.kind === "code" && place.ref.system !== "ICD-10-PCS" ? place.ref : undefined
    this.go(
      code
        ? { kind: "tabular", system: code.system, at: code.code }
        : { kind: "tabular", system: "ICD-10-CM" }
    )
  }

  back(): void {
    const here = this.place
    this.#show(goBack(this.view.get().trail))
    if (here.kind === "code" && here.card !== undefined) this.#toCard(here.card)
  }

  forward(): void {
    this.#show(goForward(this.view.get().trail))
  }

  /** Escape: out of the codes to the list they were opened from, which may be the chart. */
  leave(): void {
    const { trail, card } = leave(this.view.get().trail)
    this.#show(trail)
    if (card !== undefined) this.#toCard(card)
  }

  /** True once after a step: the screen that is shown takes the focus. */
  takeFocus(): boolean {
    const wanted = this.#focusWanted
    this.#focusWanted = false
    return wanted
  }

  /** Key of the card that takes the focus, once. */
  takeCard(): string | undefined {
    const wanted = this.#cardWanted
    this.#cardWanted = undefined
    return wanted
  }

  #show(trail: Trail): void {
    this.#focusWanted = true
    this.view.patch({ tab: "lookup", trail, visit: this.view.get().visit + 1 })
  }

  #toCard(key: string): void {
    this.#focusWanted = false
    this.#cardWanted = key
    this.view.patch({ tab: "chart", visit: this.view.get().visit + 1 })
  }

  #follow(state: ChartState): void {
    const date = state.typedDate ?? state.pickedDate?.date
    if (date !== this.#date) {
      this.#date = date
      void this.lookup.use(date)
      this.guidelines.use(date)
    }
    this.copying.follow(state.site?.origin ?? "")
    if (state.epoch !== this.#epoch) {
      this.replacing.set(undefined)
      // What was said names codes, fields and values of the chart before; before the first one, nothing does.
      if (this.#epoch > 0) this.announcer.clear()
      this.#epoch = state.epoch
      this.fill.forget()
      this.sheetFill.close()
      this.view.patch({ trail: forgetCards(this.view.get().trail) })
    }
  }
}

/** The ICD-10-CM release that counts, for the header. */
export function releaseInUse(state: ChartState) {
  const date = state.typedDate ?? state.pickedDate?.date
  return state.packs && pickRelease(state.packs.packs, "ICD-10-CM", date)
}
