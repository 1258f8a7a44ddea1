/** Records of HCPCS Level II, from whichever official format, put together into codes and modifiers. */
import type { CodeAttributes, ModelCode } from "../model"
import { ReaderError } from "./reader-error"

export interface HcpcsEdition {
  /** In the order of the file. A code whose `ended` has passed is kept: notes of that time need it. */
  codes: ModelCode[]
  modifiers: ModelCode[]
  /** By code: what the record says of coverage, pricing, type of service (`attributes.hcpcs`). */
  attributes: Map<string, CodeAttributes>
}

export interface HcpcsRecord {
  /** Line of the file or row of the sheet, 1-based. */
  line: number
  /** Five characters, or the two of a modifier. */
  code: string
  /** 3 first line of a code, 4 continuation, 7 first line of a modifier, 8 continuation. */
  type: string
  /** Part of the long description. */
  part: string
  added?: string
  ended?: string
  /** Fields of `HCPCS_FIELDS` that hold something; first lines only. */
  fields: Record<string, string>
}

export const HCPCS_CODE = /^[A-V]\d{4}$/
const HCPCS_MODIFIER = /^[0-9A-Z]{2}$/

export class HcpcsBuilder {
  readonly edition: HcpcsEdition = { codes: [], modifiers: [], attributes: new Map() }
  private readonly seen = new Set<string>()
  private current: ModelCode | undefined

  constructor(private readonly file: string) {}

  /** @throws ReaderError for a type that does not fit, a continuation alone, or a code given twice */
  add(record: HcpcsRecord): void {
    const { code, type, part } = record
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(this.file, record.line, expected, found)
    }
    const isModifier = HCPCS_MODIFIER.test(code)
    if (!isModifier && !HCPCS_CODE.test(code)) fail("a HCPCS code or modifier", code)
    if (!(isModifier ? /^[78]$/ : /^[34]$/).test(type)) {
      fail("record type 7 or 8 for modifiers, 3 or 4 for codes", `${code} ${type}`)
    }
    if (type === "4" || type === "8") {
      if (this.current?.code !== code) fail(`a first line of ${code} before its continuation`, part)
      // Parts end at a word: the rest of the 80 columns is blank.
      else if (part !== "") this.current.title = `${this.current.title} ${part}`
      return
    }
    if (part === "") fail("a long description in columns 12-91", "")
    if (this.seen.has(code)) fail("each code once", `${code} again`)
    this.seen.add(code)
    this.current = { code, title: part, billable: !isModifier, notes: [] }
    if (record.added) this.current.added = record.added
    if (record.ended) this.current.ended = record.ended
    if (isModifier) this.edition.modifiers.push(this.current)
    else {
      this.edition.codes.push(this.current)
      if (Object.keys(record.fields).length > 0) {
        this.edition.attributes.set(code, { hcpcs: record.fields })
      }
    }
  }

  /** @throws ReaderError when no code came at all */
  finish(): HcpcsEdition {
    if (this.edition.codes.length + this.edition.modifiers.length === 0) {
      throw new ReaderError(this.file, undefined, "records of HCPCS Level II", "none")
    }
    return this.edition
  }
}
