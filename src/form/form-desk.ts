/** The forms of one document while a panel is connected. Construction does nothing; `stop` leaves nothing. */
import type { CodeField, FieldInfo, FillAnswer } from "@/messages/page-protocol"
import { codeFields } from "./code-fields"
import { deepActive, type FormEnv } from "./field-env"
import { describeField, FieldHandles } from "./fields"
import { type Fillable, fieldAt, isFillable } from "./fillable"
import { Filler } from "./filler"
import { FocusRecord, type LastFocus } from "./focus-record"
import { Picker } from "./pick"

export interface DeskEnv extends FormEnv {
  /** Focus remembered by the chart reader, which may be in the page for longer. */
  earlierFocus(): LastFocus | undefined
}

export class FormDesk {
  private readonly handles = new FieldHandles()
  private readonly focus: FocusRecord
  private readonly filler: Filler
  private readonly picker: Picker

  constructor(
    private readonly doc: Document,
    private readonly env: DeskEnv
  ) {
    this.focus = new FocusRecord(doc)
    this.filler = new Filler(doc, this.handles, env)
    this.picker = new Picker(doc, env)
  }

  start(): void {
    this.focus.start()
  }

  /** Idempotent. */
  stop(): void {
    this.picker.cancel()
    this.focus.stop()
    this.filler.clear()
    this.handles.clear()
  }

  /**
   * The field where the caret stands, or stood last: it keeps the focus of its frame while the coder works
   * in the panel. Null when it cannot be filled.
   */
  focused(): FieldInfo | null {
    const records = [this.focus.last, this.env.earlierFocus()].filter((record) => record !== undefined)
    const timeOf = (el: Fillable) =>
      Math.max(0, ...records.filter((record) => record.field.deref() === el).map((record) => record.at))
    const active = fieldAt(deepActive(this.doc, this.env))
    // Focused before anybody listened: some time since the document was loaded.
    if (isFillable(active))
      return describeField(active, this.handles, timeOf(active) || performance.timeOrigin)
    const last = records.sort((a, b) => b.at - a.at)[0]?.field.deref() ?? null
    return isFillable(last) ? describeField(last, this.handles, timeOf(last)) : null
  }

  codeFields(): { url: string; fields: CodeField[] } {
    return { url: this.doc.URL, fields: codeFields(this.doc, this.env, this.handles) }
  }

  /** Waits for the coder to point at a field; null when it was given up. */
  async pick(): Promise<FieldInfo | null> {
    const field = await this.picker.pick()
    if (!field) return null
    return describeField(field, this.handles, performance.timeOrigin + performance.now())
  }

  cancelPick(): void {
    this.picker.cancel()
  }

  fill(field: string, value: string, url: string): Promise<FillAnswer> {
    return this.filler.fill(field, value, url)
  }

  undo(id: string): Promise<FillAnswer> {
    return this.filler.undo(id)
  }
}
