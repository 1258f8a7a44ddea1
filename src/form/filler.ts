/**
 * Puts a code into a field, reads back what the page made of it, and takes it back when asked. One field at
 * a time in a frame. Never submits: submit events that a fill sets off are stopped.
 */
import type { FillAnswer } from "@/messages/page-protocol"
import type { FormEnv } from "./field-env"
import type { FieldHandles } from "./fields"
import { type ComboboxOutcome, fillCombobox } from "./fill-combobox"
import { fillEditable } from "./fill-editable"
import { fillSelect } from "./fill-select"
import { fillText, type TextField } from "./fill-text"
import { type Fillable, kindOf, refusalOf } from "./fillable"
import { fillCell, placeOf } from "./grid-cell"
import { labelOf } from "./label"
import { type Outcome, rejected } from "./outcome"
import { rememberState, takeBack, type Undo } from "./undo"
import { shownIn } from "./value"

/** Fills that can be taken back. */
const UNDO_LIMIT = 100
const VALUE_LIMIT = 500

export class Filler {
  private queue: Promise<unknown> = Promise.resolve()
  private readonly undos = new Map<string, Undo>()
  private count = 0

  constructor(
    private readonly doc: Document,
    private readonly handles: FieldHandles,
    private readonly env: FormEnv
  ) {}

  /** @param url address of the frame when the field was chosen: another one may be another patient's form */
  fill(name: string, value: string, url: string): Promise<FillAnswer> {
    return this.inTurn(async () => {
      if (url !== this.doc.URL)
        return refuse("", "The page moved on since the field was chosen. Choose it again.")
      const el = this.handles.find(name)
      if (!el) return refuse("", "The field is no longer on the page. Choose it again.")
      const label = labelOf(el)
      const refusal = refusalOf(el)
      if (refusal) return refuse(label, refusal)
      if (value === "" || value.length > VALUE_LIMIT) return refuse(label, "There is no code to fill in.")
      const state = rememberState(el)
      const kept = new WeakRef(el)
      // Before the fill: the grid may draw the cell anew.
      const find = kindOf(el) === "cell" ? placeOf(el) : () => kept.deref()
      const { choice, ...outcome } = await this.withoutSubmit(el, () => this.write(el, value))
      return {
        ...outcome,
        label,
        undo: this.keep(el, { state: choice ?? state, filled: value, url, label, find }, outcome)
      }
    })
  }

  undo(id: string): Promise<FillAnswer> {
    return this.inTurn(async () => {
      const entry = this.undos.get(id)
      const el = entry?.find()
      if (!entry || !el?.isConnected) return refuse("", "There is nothing left to undo here.")
      const { label } = entry
      if (entry.url !== this.doc.URL) return refuse(label, "The page moved on since the field was filled.")
      const refusal = refusalOf(el)
      if (refusal) return refuse(label, refusal)
      const outcome = await this.withoutSubmit(el, () => takeBack(el, entry, this.env))
      if (outcome.outcome === "accepted") this.undos.delete(id)
      return { ...outcome, label, undo: "" }
    })
  }

  /** Forgets everything; what was filled stays. */
  clear(): void {
    this.undos.clear()
  }

  private write(el: Fillable, value: string): Promise<ComboboxOutcome> {
    const kind = kindOf(el)
    if (kind === "select") return fillSelect(el as HTMLSelectElement, value)
    if (kind === "editable") return fillEditable(el as HTMLElement, value)
    if (kind === "combobox") return fillCombobox(el as HTMLElement, value, this.env)
    if (kind === "cell") return fillCell(el as HTMLElement, value)
    return fillText(el as TextField, value)
  }

  private keep(el: Fillable, filled: Omit<Undo, "shown">, outcome: Outcome): string {
    // Nothing to take back where the page shows what it showed before.
    if (outcome.outcome === "rejected" && sameState(el, filled.state)) return ""
    const id = `u${++this.count}`
    this.undos.set(id, { ...filled, shown: shownIn(filled.find() ?? el) })
    const [oldest] = this.undos.keys()
    if (this.undos.size > UNDO_LIMIT && oldest) this.undos.delete(oldest)
    return id
  }

  private async withoutSubmit<O extends Outcome>(el: Fillable, work: () => Promise<O>): Promise<O> {
    const stopper = new AbortController()
    let tried = false
    const stop = (event: Event) => {
      tried = true
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    // A submit event does not leave its shadow tree, so every tree around the field is listened to.
    for (const place of [this.doc.defaultView, ...shadowTreesOf(el)])
      place?.addEventListener("submit", stop, { capture: true, signal: stopper.signal })
    try {
      const outcome = await work()
      if (!tried) return outcome
      return {
        ...outcome,
        reason: `${outcome.reason ?? ""} The form tried to send itself; that was stopped.`.trim()
      }
    } finally {
      stopper.abort()
    }
  }

  private inTurn(work: () => Promise<FillAnswer>): Promise<FillAnswer> {
    const turn = this.queue.then(work)
    // The next fill waits for this one, whatever became of it; its own caller hears of the error.
    this.queue = turn.catch(() => undefined)
    return turn
  }
}

const refuse = (label: string, reason: string): FillAnswer => ({ ...rejected("", reason), label, undo: "" })

const sameState = (el: Fillable, state: Undo["state"]) =>
  JSON.stringify(rememberState(el)) === JSON.stringify(state)

/** The shadow trees around an element, the innermost first. */
function shadowTreesOf(el: Element): ShadowRoot[] {
  const trees: ShadowRoot[] = []
  for (let root = el.getRootNode(); "host" in root; root = (root as ShadowRoot).host.getRootNode())
    trees.push(root as ShadowRoot)
  return trees
}
