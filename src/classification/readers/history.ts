/**
 * What earlier releases tell about the codes of this one: since when a code exists or is a header, what was
 * coded before, and what became of codes that are gone. Two kinds of files tell: the addenda of the order
 * files (to the day, with titles) and the conversion table of NCHS (back to 2016, without titles). What
 * neither says, and no title says word for word, is left open.
 */
import type { CodeHistory, CodeSetModel, ModelCode, RetiredCode } from "../model"
import type { ConversionTable } from "./conversion-table"
import { dotted } from "./dotted"
import type { OrderAddenda } from "./order-addenda"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { TitleMatcher } from "./title-match"

export interface HistorySources {
  /** Of this release and of earlier ones, in any order. */
  addenda: OrderAddenda[]
  conversions?: ConversionTable
}

/**
 * Fills `history` and `retired`, on top of what the model has from a lender.
 * @throws ReaderError when the addenda of this release do not fit its codes: one of the files is damaged
 */
export function addHistory(model: CodeSetModel, { addenda, conversions }: HistorySources): void {
  const writer = new HistoryWriter(model)
  if (conversions) writer.conversions(conversions)
  const oldestFirst = [...addenda].sort((a, b) => a.since.localeCompare(b.since))
  for (const each of oldestFirst) {
    if (each.release === model.release) expectFit(model, each)
    if (each.since <= model.effective.from) writer.addenda(each)
  }
  writer.finish()
}

/** History of the release before, without what this release changed again. */
export function borrowHistory(lender: CodeSetModel, model: CodeSetModel): void {
  const codes = new Map(model.codes.map((code) => [code.code, code]))
  if (lender.history) {
    model.history = new Map()
    for (const [code, { headerSince, ...history }] of lender.history) {
      const now = codes.get(code)
      if (!now) continue
      const kept = { ...history, ...(headerSince && !now.billable ? { headerSince } : {}) }
      if (Object.keys(kept).length > 0) model.history.set(code, kept)
    }
  }
  if (lender.retired) model.retired = lender.retired.filter(({ code }) => !codes.has(code))
}

/** Codes that the addenda added or revised: older lists do not know them as they are now. */
export function changedCodes(addenda: OrderAddenda): Set<string> {
  return new Set([...addenda.added.map(({ code }) => code), ...addenda.revised.map(({ to }) => to.code)])
}

/** The summary of the addenda tells how many rows the order file has: one that was cut off is noticed. */
function expectFit(model: CodeSetModel, { file, counts, added, deleted }: OrderAddenda): void {
  const billable = model.codes.filter((code) => code.billable).length
  const read = { headers: model.codes.length - billable, billable }
  if (read.billable !== counts.billable || read.headers !== counts.headers) {
    throw new ReaderError(
      file,
      undefined,
      `${read.billable} codes and ${read.headers} headers as in the order file of ${model.release}`,
      `${counts.billable} and ${counts.headers}`
    )
  }
  const codes = new Map(model.codes.map((code) => [code.code, code]))
  const readded = new Set(added.map(({ code }) => code))
  const absent = added.find((row) => codes.get(row.code)?.billable !== row.billable)
  if (absent) throw new ReaderError(file, undefined, `added ${absent.code} in ${model.release}`, "none")
  const kept = deleted.find(({ code }) => codes.has(code) && !readded.has(code))
  if (kept) throw new ReaderError(file, undefined, `deleted ${kept.code} not in ${model.release}`, "it")
}

class HistoryWriter {
  private readonly codes: ReadonlyMap<string, ModelCode>
  private readonly history: Map<string, CodeHistory>
  private readonly retired: Map<string, RetiredCode>
  /** New codes (without dot) that the conversion table names for one that was coded before. */
  private readonly newFor = new Map<string, { code: string; since: string }[]>()

  constructor(private readonly model: CodeSetModel) {
    this.codes = new Map(model.codes.map((code) => [code.code, code]))
    this.history = new Map(model.history)
    this.retired = new Map((model.retired ?? []).map((each) => [each.code, { ...each }]))
  }

  conversions({ conversions }: ConversionTable): void {
    for (const { code, since, previous } of conversions) {
      // The table reaches one release further than an older one that is asked about.
      if (since > this.lastDay()) continue
      for (const each of previous) {
        const old = each.replace(".", "")
        if (ICD10CM_CODE.test(old)) this.newFor.set(old, [...(this.newFor.get(old) ?? []), { code, since }])
      }
      if (!this.codes.has(code)) continue
      this.tell(code, { addedSince: since, ...(previous.length > 0 ? { previous } : {}) })
    }
    for (const [old, successors] of this.newFor) {
      const now = this.codes.get(old)
      if (!now) this.retire(old, "", latest(successors), [])
      else if (!now.billable) {
        // It was coded, and is a header now: since it got codes below it.
        const below = successors.filter(({ code }) => code.startsWith(old))
        if (below.length > 0) this.tell(old, { headerSince: below.map(({ since }) => since).sort()[0]! })
      }
    }
  }

  addenda({ since, added, deleted }: OrderAddenda): void {
    const after = new Map(added.map((row) => [row.code, row]))
    const before = new Map(deleted.map((row) => [row.code, row]))
    for (const { code, billable } of added) {
      if (!this.codes.has(code)) continue
      const wasCode = before.get(code)?.billable
      if (wasCode === undefined) this.tell(code, { addedSince: since })
      else if (wasCode && !billable && !this.codes.get(code)!.billable)
        this.tell(code, { headerSince: since })
    }
    const titles = new TitleMatcher(added)
    for (const { code, title, billable } of deleted) {
      if (this.codes.has(code) || after.has(code)) continue
      const same = titles.matchText(title).filter((each) => after.get(each)!.billable === billable)
      // Two codes that say the same: the title does not tell which.
      this.retire(code, title, since, same.length === 1 ? same : [])
    }
  }

  finish(): void {
    for (const each of this.retired.values()) {
      each.successors = [
        ...new Set(each.successors.flatMap((code) => this.alive(code.replace(".", ""))))
      ].map(dotted)
    }
    if (this.history.size > 0) this.model.history = this.history
    if (this.retired.size > 0) {
      this.model.retired = [...this.retired.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
    }
  }

  private lastDay(): string {
    return this.model.effective.to ?? this.model.effective.from
  }

  private tell(code: string, told: CodeHistory): void {
    this.history.set(code, { ...this.history.get(code), ...told })
  }

  /** What the conversion table says goes before what titles say. */
  private retire(code: string, title: string, since: string, byTitle: readonly string[]): void {
    const told = (this.newFor.get(code) ?? []).map((each) => each.code)
    const known = this.retired.get(code)
    const successors = told.length > 0 ? told : byTitle.length > 0 ? byTitle : (known?.successors ?? [])
    this.retired.set(code, { code, title: title || (known?.title ?? ""), since, successors: [...successors] })
  }

  /** A successor that is gone too is followed to its own; `seen` ends a circle of misprints. */
  private alive(code: string, seen: ReadonlySet<string> = new Set()): string[] {
    if (this.codes.has(code)) return [code]
    if (seen.has(code)) return []
    const next = this.retired.get(code)?.successors ?? []
    return next.flatMap((each) => this.alive(each.replace(".", ""), new Set([...seen, code])))
  }
}

function latest(successors: readonly { since: string }[]): string {
  return successors.map(({ since }) => since).sort()[successors.length - 1]!
}
