/** All sessions of one open panel, and what one of them means for the others. */

import type { CodeRef } from "@/classification/model"
import { pickRelease } from "@/classification/releases"
import type { Setting } from "@/engine/types"
import type { Shape } from "@/worksheet/copy-shape"
import { DEFAULT_SETTINGS, type PanelServices, type PanelSettings } from "../services"
import { Announcer } from "./announcer"
import { ChartSession } from "./chart-session"
import type { ChartState } from "./chart-state"
import { copyCode } from "./copy"
import { FillSession } from "./fill-session"
import { LookupSession } from "./lookup-session"
import { Watched } from "./state"

export type PanelTab = "chart" | "lookup"

export interface ViewState {
  tab: PanelTab
  /** Code open in the look-up, above the results. */
  open: CodeRef | undefined
  /** Rises when the look-up field is to take the focus. */
  focusSearch: number
}

/** Changes of the findings that wait until the list is not used (see held.ts). */
export interface Held {
  waiting: number
  show(): void
}

export const NOTHING_HELD: Held = { waiting: 0, show: () => {} }

export class PanelModel {
  readonly announcer = new Announcer()
  readonly chart: ChartSession
  readonly lookup: LookupSession
  readonly fill: FillSession
  readonly settings = new Watched<PanelSettings>(DEFAULT_SETTINGS)
  readonly view = new Watched<ViewState>({ tab: "chart", open: undefined, focusSearch: 0 })
  /** Apart from `view`, so that a keystroke renders the look-up only. */
  readonly search = new Watched({ text: "", at: 0 })
  readonly held = new Watched<Held>(NOTHING_HELD)
  readonly #stops: (() => void)[] = []
  #searchFocus = false
  #date: string | undefined
  #epoch = 0

  constructor(private readonly services: PanelServices) {
    this.chart = new ChartSession(services, undefined, () => void this.fill.follow())
    this.lookup = new LookupSession(services)
    this.fill = new FillSession(services, this.announcer, () => this.shape())
  }

  async start(): Promise<void> {
    this.#stops.push(
      this.chart.state.subscribe(() => this.#follow(this.chart.state.get())),
      this.services.onNews((news) => {
        if (news === "packs") void this.lookup.use(this.#date)
      })
    )
    try {
      this.settings.set(await this.services.settings.read())
    } catch {
      this.announcer.say("Your settings could not be read; the usual ones are used.", "warn")
    }
    this.chart.setSetting(this.settings.get().setting)
    this.chart.start()
    await this.lookup.use(this.#date)
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.chart.stop()
    this.fill.forget()
  }

  shape(): Shape {
    return this.settings.get().dot ? "dot" : "no-dot"
  }

  change(change: Partial<PanelSettings>): void {
    this.settings.patch(change)
    if (change.setting) this.chart.setSetting(change.setting)
    this.services.settings.write(change).catch(() => {
      this.announcer.say("This choice could not be stored; it holds until the panel is closed.", "warn")
    })
  }

  setSetting(setting: Setting): void {
    this.change({ setting })
  }

  copy(code: CodeRef & { title: string }): Promise<void> {
    return copyCode(this.services, this.announcer, code, this.shape())
  }

  /** @param epoch of the chart the code was suggested for; undefined when it was looked up */
  fillWith(code: CodeRef & { title: string }, epoch?: number): Promise<void> {
    const { site, epoch: now } = this.chart.state.get()
    const origin = site?.origin ?? ""
    return this.fill.fill(code, epoch === undefined ? undefined : { origin, epoch }, { origin, epoch: now })
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

  /** @param ready to type: with the pointer the search field takes the focus, with arrow keys the tab keeps it */
  showTab(tab: PanelTab, ready: boolean): void {
    if (tab === "lookup" && ready && !this.view.get().open) this.toSearch()
    else this.view.patch({ tab })
  }

  /** Opens a code in the look-up. */
  lookUp(code: CodeRef): void {
    this.view.patch({ tab: "lookup", open: { system: code.system, code: code.code } })
  }

  /** To the search field, with the text and place it had. */
  toSearch(): void {
    this.#searchFocus = true
    this.view.patch({ tab: "lookup", open: undefined, focusSearch: this.view.get().focusSearch + 1 })
  }

  /** True once after `toSearch`. */
  takeSearchFocus(): boolean {
    const wanted = this.#searchFocus
    this.#searchFocus = false
    return wanted
  }

  #follow(state: ChartState): void {
    const date = state.typedDate ?? state.pickedDate?.date
    if (date !== this.#date) {
      this.#date = date
      void this.lookup.use(date)
    }
    if (state.epoch !== this.#epoch) {
      // What was said names codes, fields and values of the chart before; before the first one, nothing does.
      if (this.#epoch > 0) this.announcer.clear()
      this.#epoch = state.epoch
      this.fill.forget()
    }
  }
}

/** The ICD-10-CM release that counts, for the header. */
export function releaseInUse(state: ChartState) {
  const date = state.typedDate ?? state.pickedDate?.date
  return state.packs && pickRelease(state.packs.packs, "ICD-10-CM", date)
}
