/**
 * A release whose order file is out before its XML (FY2027): codes and titles are its own, notes and index
 * are borrowed from the release before. What the older index says of a code that was deleted or divided is
 * not trusted: FY2026 sends plantar fasciitis to M72.2, which in FY2027 is a header for something else,
 * while plantar fasciitis is M67.A-. So, for every borrowed wording:
 *
 * 1. It says exactly what the title of a new code says: it leads there, wherever it led before.
 * 2. Its code is unchanged: it stays.
 * 3. Its code was divided and its own title is the wording: it leads to the header, more characters needed.
 * 4. Else it leads nowhere and is marked outdated; it is never walked down to the children.
 *
 * Inclusion terms and includes notes go by the same rule; an outdated one stays readable as a note. Marks of
 * the lists (HCC, CC/MCC ...) stay with codes that did not change, and are marked as borrowed.
 */
import type { CodeSetModel, ModelCode, ModelNote } from "../model"
import type { ReleaseIdentity } from "./assemble"
import { borrowAttributes } from "./attributes"
import { moveIndex } from "./borrow-index"
import { borrowHistory } from "./history"
import { expectOneTree } from "./one-tree"
import type { OrderRow } from "./order-file"
import { ReaderError } from "./reader-error"
import { compareReleases, type ReleaseChanges } from "./release-changes"
import { stretchSections } from "./stretch-sections"
import { TitleMatcher } from "./title-match"

export interface NewRelease extends ReleaseIdentity {
  order: OrderRow[]
}

/** @throws ReaderError when the lender is of another system or the order file makes no tree */
export function borrowFrom(lender: CodeSetModel, release: NewRelease): CodeSetModel {
  if (lender.system !== "ICD-10-CM" || !lender.complete) {
    throw new ReaderError(
      release.release,
      undefined,
      "a full ICD-10-CM release to borrow from",
      lender.release
    )
  }
  const older = new Map(lender.codes.map((code) => [code.code, code]))
  const codes = release.order.map(({ code, title, billable }): ModelCode => {
    const before = older.get(code)
    return {
      code,
      title,
      billable,
      notes: before ? [...before.notes] : [],
      ...(before?.seventh ? { seventh: before.seventh } : {})
    }
  })
  expectOneTree(codes, release.release)
  const lastCategory = lender.codes[lender.codes.length - 1]?.code.slice(0, 3) ?? ""
  if (!codes.some(({ code }) => code === lastCategory)) {
    throw new ReaderError(
      release.release,
      undefined,
      `an order file up to ${lastCategory}, the last category of ${lender.release}`,
      `${codes[codes.length - 1]?.code ?? "nothing"} as its last code`
    )
  }
  const changes = compareReleases(older, codes)
  const terms = moveInclusionTerms(codes, changes, lender.release)
  const { index, retargeted, outdated } = moveIndex(lender.index, changes)
  const remarks = [
    `Notes and index are those of ${lender.release}: those of ${release.release} are not part of this source. Checks that rest on them warn, they never pass.`,
    ...lender.remarks.filter((remark) => !remark.startsWith("No order file"))
  ]
  if (retargeted + outdated + terms.outdated > 0) {
    remarks.push(
      `Codes of ${lender.release} that were deleted or divided: ${retargeted} index entries were matched to titles of ${release.release}; ${outdated} index entries and ${terms.outdated} inclusion terms are outdated and lead nowhere.`
    )
  }
  const model: CodeSetModel = {
    system: lender.system,
    release: release.release,
    effective: release.effective,
    complete: true,
    remarks,
    borrowedFrom: lender.release,
    provenance: {
      source: release.provenance.source,
      files: [...release.provenance.files, ...lender.provenance.files]
    },
    codes,
    sections: stretchSections(lender.sections, lender.codes, codes),
    index
  }
  borrowAttributes(lender, model)
  borrowHistory(lender, model)
  return model
}

function moveInclusionTerms(codes: ModelCode[], changes: ReleaseChanges, from: string): { outdated: number } {
  let outdated = 0
  for (const code of codes) {
    const notes: ModelNote[] = []
    for (const note of code.notes) {
      const isTerm = note.kind === "inclusion" || note.kind === "includes"
      const superseded = isTerm && changes.added.matchText(note.text).length > 0
      const stale = isTerm && changes.stale.has(code.code) && !sameWording(note.text, code.title)
      if (!superseded && !stale) {
        notes.push(note)
        continue
      }
      // The title of the new code says it; only what no title says needs telling.
      if (superseded) continue
      outdated++
      notes.push({ kind: "note", text: `${from} included here (outdated): ${note.text}` })
    }
    code.notes = notes
  }
  return { outdated }
}

function sameWording(text: string, title: string): boolean {
  return new TitleMatcher([{ code: "", title }]).matchText(text).length > 0
}
