/**
 * All lines of the worksheet into the form on the page: first a preview of what goes where, then field by field,
 * each read back. One undo takes everything back. Nothing is ever submitted; when tab, address, document or chart
 * changes meanwhile it stops.
 */
import type { CodeRef } from "@/classification/model"
import type { CodeSupport } from "@/engine/support/types"
import type { FillAnswer } from "@/messages/page-protocol"
import { codesOnForm, type FillPlan, planFill } from "@/worksheet/fill-plan"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"
import type { ChartSession } from "./chart-session"
import type { CodeForm, FillSession } from "./fill-session"
import { Watched } from "./state"
import { explain, hostOf, plural } from "./wording"
import type { WorksheetDesk } from "./worksheet-desk"
import type { WorksheetSession } from "./worksheet-session"

export interface SheetFillState {
  phase: "closed" | "looking" | "preview" | "filling" | "done"
  plan: FillPlan | undefined
  overwrite: boolean
  /** Another site than that of the chart: named beside the button. */
  to: string
  foreign: boolean
  /** What the page made of each planned fill, by its id. */
  outcomes: ReadonlyMap<string, FillAnswer>
  /** Why it stopped, or could not begin. */
  problem: string | undefined
  /** Codes that stand in the form, graded against the chart. */
  onForm: readonly (CodeRef & { support?: CodeSupport })[] | undefined
  documented: readonly CodeSupport[]
}

const CLOSED: SheetFillState = {
  phase: "closed",
  plan: undefined,
  overwrite: false,
  to: "",
  foreign: false,
  outcomes: new Map(),
  problem: undefined,
  onForm: undefined,
  documented: []
}

export class SheetFill {
  readonly state = new Watched<SheetFillState>(CLOSED)
  #form: CodeForm | undefined
  #chart: { slot: string | undefined; epoch: number } = { slot: undefined, epoch: -1 }
  #round = 0

  constructor(
    private readonly services: PanelServices,
    private readonly fill: FillSession,
    private readonly chart: ChartSession,
    private readonly worksheet: WorksheetSession,
    private readonly desk: WorksheetDesk,
    private readonly announcer: Announcer,
    private readonly shape: () => "dot" | "no-dot"
  ) {}

  /** Another chart, or given up: everything about the form is forgotten. */
  close(): void {
    this.#round++
    this.#form = undefined
    this.state.set(CLOSED)
  }

  /** Looks for the form and shows what would go where. */
  async preview(): Promise<void> {
    const form = await this.#look()
    if (!form) return
    this.#form = form
    this.#plan(false)
  }

  /** @param overwrite fields that hold something else as well */
  setOverwrite(overwrite: boolean): void {
    if (this.state.get().phase === "preview") this.#plan(overwrite)
  }

  async run(): Promise<void> {
    const { plan, phase } = this.state.get()
    const form = this.#form
    if (!plan || !form || phase !== "preview") return
    this.#plan(this.state.get().overwrite)
    if (JSON.stringify(this.state.get().plan) !== JSON.stringify(plan)) {
      this.announcer.say("The worksheet changed meanwhile. Look at the preview once more.", "warn")
      return
    }
    const round = this.#round
    const outcomes = new Map<string, FillAnswer>()
    this.state.patch({ phase: "filling", outcomes })
    let problem: string | undefined
    for (const { id, field, value } of plan.fills) {
      try {
        if (!this.#sameChart()) throw new Error("chart")
        outcomes.set(id, settled(await this.fill.put(form, field, value), value))
      } catch (error) {
        problem = this.#sameChart() ? explain(error) : "Stopped: another chart was opened meanwhile."
        break
      }
      if (round !== this.#round) return
      this.state.patch({ outcomes: new Map(outcomes) })
    }
    if (round !== this.#round) return
    this.state.patch({ phase: "done", problem })
    this.#tell(outcomes, plan.fills.length, problem)
    const count = (wanted: FillAnswer["outcome"]) =>
      [...outcomes.values()].filter(({ outcome }) => outcome === wanted).length
    await this.desk.recordFill("fill", {
      planned: plan.fills.length,
      accepted: count("accepted"),
      altered: count("altered"),
      rejected: count("rejected")
    })
  }

  /** Takes back every field that was filled, the last one first. */
  async undo(): Promise<void> {
    const form = this.#form
    const { outcomes, phase } = this.state.get()
    if (!form || phase !== "done") return
    const undone: string[] = []
    const kept: string[] = []
    for (const [id, answer] of [...outcomes].reverse()) {
      if (answer.undo === "") continue
      try {
        const back = await this.fill.takeBack(form, answer.undo)
        if (back.outcome === "accepted") undone.push(id)
        else kept.push(answer.label)
      } catch {
        kept.push(answer.label)
      }
    }
    this.announcer.say(
      kept.length === 0
        ? `Taken back: ${plural(undone.length, "field")} as before.`
        : `${plural(undone.length, "field")} as before; not taken back: ${kept.join(", ")}.`,
      kept.length === 0 ? "good" : "warn"
    )
    await this.desk.recordFill("undo-fill", { undone: undone.length, kept: kept.length })
    this.close()
  }

  /** Reads the codes that stand in the form and has them graded against the chart. */
  async readForm(): Promise<void> {
    const form = await this.#look()
    if (!form) return
    const codes = codesOnForm(form.fields)
    this.state.patch({ phase: "closed", onForm: codes, documented: [] })
    if (codes.length === 0) return
    const round = this.#round
    try {
      const about = this.chart.about()
      if (!about || about.documents.length === 0) return
      const { support = [] } = await this.services.ask("worksheet/check", {
        codes: [],
        billed: codes,
        setting: this.chart.state.get().setting,
        ...about
      })
      if (round !== this.#round) return
      const grade = (ref: CodeRef) =>
        support.find((each) => each.system === ref.system && same(each.code, ref.code))
      this.state.patch({
        onForm: codes.map((ref) => {
          const found = grade(ref)
          return found ? { ...ref, support: found } : ref
        }),
        documented: support.filter(({ action }) => action === "add")
      })
    } catch (error) {
      if (round === this.#round) this.state.patch({ problem: `Not graded: ${explain(error)}` })
    }
  }

  async #look(): Promise<CodeForm | undefined> {
    const round = ++this.#round
    this.#chart = { slot: this.worksheet.slot, epoch: this.chart.state.get().epoch }
    this.state.set({ ...CLOSED, phase: "looking" })
    const forms = await this.fill.forms().catch(() => [])
    if (round !== this.#round) return undefined
    const codes = ({ fields }: CodeForm) =>
      fields.filter(({ role }) => role === "diagnosis" || role === "procedure").length
    const best = forms.sort((a, b) => codes(b) - codes(a))[0]
    if (best && codes(best) > 0) return best
    this.state.set(CLOSED)
    this.announcer.say(
      "No fields for diagnoses or procedures were found on this page. Open the billing form, or fill one field at a time (F).",
      "warn"
    )
    return undefined
  }

  #plan(overwrite: boolean): void {
    const form = this.#form
    if (!form) return
    const { site, setting } = this.chart.state.get()
    const plan = planFill(this.worksheet.sheet, form.fields, this.shape(), {
      overwrite,
      poa: setting === "inpatient"
    })
    const foreign = site?.origin !== form.origin
    this.state.patch({
      phase: "preview",
      plan,
      overwrite,
      to: hostOf(form.origin),
      foreign,
      outcomes: new Map()
    })
  }

  #sameChart(): boolean {
    return this.#chart.slot === this.worksheet.slot && this.#chart.epoch === this.chart.state.get().epoch
  }

  #tell(outcomes: ReadonlyMap<string, FillAnswer>, planned: number, problem: string | undefined): void {
    const good = [...outcomes.values()].filter(({ outcome }) => outcome === "accepted").length
    const undo = { label: "Undo all", run: () => void this.undo() }
    if (problem) this.announcer.say(problem, "warn", good > 0 ? undo : undefined)
    else if (good === planned)
      this.announcer.say(
        `Filled and read back: ${plural(good, "field")}. Nothing was submitted.`,
        "good",
        undo
      )
    else
      this.announcer.say(
        `${good} of ${plural(planned, "field")} took what was filled; the others are named in the worksheet.`,
        "warn",
        undo
      )
  }
}

/** A form that writes the same code with or without its dot has taken it. */
function settled(answer: FillAnswer, value: string): FillAnswer {
  if (answer.outcome !== "altered" || !same(answer.value.trim().toUpperCase(), value)) return answer
  const { reason: _, ...rest } = answer
  return { ...rest, outcome: "accepted" }
}

const same = (a: string, b: string) => a.replaceAll(".", "") === b.replaceAll(".", "")
