/**
 * A query to the provider while it is written: drafted from a gap or pasted by the coder, read by the linter with every
 * change. It lives as long as its chart is on screen and is kept nowhere.
 */

import type { QueryChoice, QueryMaterial } from "@/engine/provider-query/composer-types"
import { foreignQuotes } from "@/engine/provider-query/locate"
import type { QueryDraft, QueryFinding } from "@/engine/provider-query/types"
import { asPlainText, firstChoice, writeQuery } from "@/engine/provider-query/write"
import type { Gap } from "@/engine/types"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"
import type { ChartSession } from "./chart-session"
import { LatestWins } from "./latest"
import { Watched } from "./state"
import { explain } from "./wording"

export interface OpenQuery {
  /** undefined: a text of the coder's own. */
  gap: Gap | undefined
  material: QueryMaterial | undefined
  choice: QueryChoice
  title: string
  text: string
  /** Written over by hand: the choices above it no longer change it. */
  edited: boolean
  reviewed: boolean
  findings: QueryFinding[]
  /** The findings are those of an older text. */
  reading: boolean
  problem: string | undefined
}

const EMPTY: OpenQuery = {
  gap: undefined,
  material: undefined,
  choice: { indicators: [] },
  title: "",
  text: "",
  edited: false,
  reviewed: false,
  findings: [],
  reading: false,
  problem: undefined
}

const LINT_GAP = 150
/** The check that a person has read what software wrote. */
const UNREAD = "q.ai-label"

export class QuerySession {
  readonly state = new Watched<OpenQuery | undefined>(undefined)
  readonly #lint: LatestWins<QueryDraft, QueryFinding[]>
  #stop: () => void = () => {}
  #epoch = 0
  /** What was read of the chart when the query was opened, for quotations. */
  #texts: string[] = []
  #round = 0

  constructor(
    private readonly services: Pick<PanelServices, "ask" | "copyText">,
    private readonly chart: ChartSession,
    private readonly announcer: Announcer,
    private readonly onCopied: (gap: Gap) => void
  ) {
    this.#lint = new LatestWins(
      async (draft) => {
        const date = this.chart.about()?.date
        const { findings } = await this.services.ask("query/lint", { draft, ...(date ? { date } : {}) })
        return [...findings, ...foreignQuotes(draft, this.#texts)]
      },
      (result) => {
        if (!this.state.get()) return
        if (result.ok) this.#patch({ findings: result.value, reading: false, problem: undefined })
        else this.#patch({ reading: false, problem: explain(result.error) })
      },
      LINT_GAP
    )
  }

  start(): void {
    this.#epoch = this.chart.state.get().epoch
    this.#stop = this.chart.state.subscribe(() => {
      const { epoch } = this.chart.state.get()
      if (epoch === this.#epoch) return
      this.#epoch = epoch
      this.close()
    })
  }

  stop(): void {
    this.#stop()
    this.close()
  }

  /** Drafts a query about a gap. One query at a time, one a condition. */
  async open(gap: Gap): Promise<void> {
    const round = ++this.#round
    const chart = this.chart.about()
    if (!chart) return
    this.#lint.drop()
    this.#texts = chart.documents.map(({ text }) => text)
    this.state.set({ ...EMPTY, gap, reading: true })
    const { setting } = this.chart.state.get()
    const labels = Object.fromEntries(chart.documents.map(({ doc }) => [doc, this.chart.label(doc)]))
    try {
      const material = await this.services.ask("query/prepare", { chart: { ...chart, setting }, gap, labels })
      if (round !== this.#round) return
      this.#write(material, firstChoice(material))
    } catch (error) {
      if (round === this.#round) this.#patch({ reading: false, problem: explain(error) })
    }
  }

  /** An empty sheet for a text from elsewhere. */
  paste(): void {
    this.#round++
    this.#lint.drop()
    this.#texts = this.chart.about()?.documents.map(({ text }) => text) ?? []
    this.state.set({ ...EMPTY, edited: true })
  }

  close(): void {
    this.#round++
    this.#lint.drop()
    this.#texts = []
    this.state.set(undefined)
  }

  quote(at: number, used: boolean): void {
    const { material, choice } = this.state.get() ?? EMPTY
    if (!material) return
    const indicators = choice.indicators.filter((each) => each !== at)
    if (used) indicators.push(at)
    this.#write(material, { ...choice, indicators: indicators.sort((a, b) => a - b) })
  }

  askOpenly(open: boolean): void {
    const { material, choice } = this.state.get() ?? EMPTY
    if (material) this.#write(material, { ...choice, open })
  }

  /** Back to what the choices say; what was typed can be brought back once. */
  again(): void {
    const now = this.state.get()
    if (!now?.material) return
    const { title, text } = now
    this.#write(now.material, now.choice)
    this.announcer.say("Drafted again from the choices.", "plain", {
      label: "Undo",
      run: () => this.edit({ title, text })
    })
  }

  edit(change: { title?: string; text?: string }): void {
    if (!this.state.get()) return
    this.#patch({ ...change, edited: true, reviewed: false })
    this.#read()
  }

  /** Nothing else about the text has changed: what was said of it holds. */
  review(reviewed: boolean): void {
    const { findings, reading } = this.state.get() ?? EMPTY
    this.#patch({
      reviewed,
      findings: reviewed ? findings.filter(({ id }) => id !== UNREAD) : findings
    })
    if (reading || !reviewed) this.#read()
  }

  /** What stands in the way of copying. */
  get blocked(): QueryFinding[] {
    return this.state.get()?.findings.filter(({ level }) => level === "F") ?? []
  }

  async copy(): Promise<boolean> {
    const query = this.state.get()
    if (!query || query.text.trim() === "" || query.problem) return false
    if (query.reading) {
      this.announcer.say("The text is still being read. Press once more in a moment.")
      return false
    }
    const [first] = this.blocked
    if (first) {
      this.announcer.say(`Not copied. ${first.text}`, "warn")
      return false
    }
    try {
      await this.services.copyText(asPlainText(query))
    } catch {
      this.announcer.say("The query could not be copied: click in the panel and try again.", "warn")
      return false
    }
    this.announcer.say("The query is on the clipboard. Send it the way your organisation asks.", "good")
    if (query.gap) this.onCopied(query.gap)
    return true
  }

  /** The draft as the linter reads it: quotations that the coder took out are none any more. */
  draft(): QueryDraft {
    const { material, choice, title, text, reviewed } = this.state.get() ?? EMPTY
    if (!material) return { title, text, documented: this.#documented() }
    const { indicators = [], ...written } = writeQuery(material, choice)
    return {
      ...written,
      title,
      text,
      indicators: indicators.filter(({ quote }) => text.includes(quote)),
      reviewed
    }
  }

  /** Words of the chart that name conditions: a pasted query may speak of them. */
  #documented(): string[] {
    const { findings } = this.chart.state.get()
    return [
      ...new Set((findings?.suggestions ?? []).flatMap(({ evidence }) => evidence.map(({ quote }) => quote)))
    ]
  }

  #write(material: QueryMaterial, choice: QueryChoice): void {
    const { title, text } = writeQuery(material, choice)
    this.#patch({ material, choice, title, text, edited: false, reviewed: false })
    this.#read()
  }

  #read(): void {
    const { text, title } = this.state.get() ?? EMPTY
    if (text.trim() === "" && title.trim() === "") {
      this.#lint.drop()
      this.#patch({ findings: [], reading: false })
      return
    }
    this.#patch({ reading: true })
    this.#lint.want(this.draft())
  }

  #patch(change: Partial<OpenQuery>): void {
    const now = this.state.get()
    if (now) this.state.set({ ...now, ...change })
  }
}
