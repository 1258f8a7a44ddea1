/**
 * Every wording that leads to a row. Which wordings become terms:
 *
 * - titles of codes and headers, but not those that only add a 7th character for the encounter ("..., initial
 *   encounter for closed fracture") or repeat the parent's title (placeholder X): the wording of the parent
 *   finds them, and the character is chosen, not read;
 * - inclusion terms and includes notes of codes, but not instructions ("conditions classifiable to ...") and
 *   not the lines of a list that a line ending in ":" governs, which say nothing alone;
 * - index entries with a code, by the words of their whole path; alternatives of the main term each;
 * - index entries with only a reference: by their own words, to the code of the entry they name, and from a
 *   main term also to the entries below it when they are few.
 */
import type { CodeSetModel, IndexSource, ModelCode } from "../model"
import type { TermKind } from "../pack-api"
import type { IndexTree } from "./index-tree"
import { type RawTerm, TermList } from "./term-list"
import { isSeventhOf, type Tree } from "./tree"
import { distinct, wordingOf } from "./wording"

/** A main term that the index equates with other words wherever it stands. */
export interface RawAlias {
  entry: number
  text: string
  /** By "see also": the target is worth looking at, not the same. */
  also: boolean
}

export interface TermReport {
  terms: Record<TermKind, number>
  /** Index entries whose code is not in this release: path and code as printed. */
  unknownCodes: { path: string; code: string }[]
  /** References that name no entry of the index. */
  unresolvedReferences: number
  /** Of these, references that are meant for a reader ("condition", "by site") are not counted. */
  resolvedReferences: number
  aliases: number
}

export interface CollectedTerms {
  /** By row and kind; their words by number. */
  terms: RawTerm[]
  words: readonly string[]
  aliases: RawAlias[]
  report: TermReport
}

/** A reference is followed into at most so many entries below its target. */
const MOST_BELOW = 40

const KIND_OF_SOURCE: Record<IndexSource, TermKind> = {
  disease: "index",
  external: "external",
  neoplasm: "neoplasm",
  drug: "drug",
  pcs: "pcs"
}

export class TermCollector {
  private readonly list = new TermList()
  private readonly aliases: RawAlias[] = []
  private readonly report: TermReport = {
    terms: { title: 0, inclusion: 0, index: 0, external: 0, neoplasm: 0, drug: 0, pcs: 0 },
    unknownCodes: [],
    unresolvedReferences: 0,
    resolvedReferences: 0,
    aliases: 0
  }

  constructor(
    private readonly model: CodeSetModel,
    private readonly tree: Tree,
    private readonly rowOf: ReadonlyMap<string, number>,
    private readonly index: IndexTree
  ) {}

  collect(): CollectedTerms {
    for (const [row, code] of this.model.codes.entries()) {
      this.title(row, code)
      this.inclusions(row, code)
    }
    for (let at = 0; at < this.model.index.length; at++) this.indexEntry(at)
    // Stable: within a row titles come first, then inclusion terms, then the index in printed order.
    const terms = this.list.inOrder(this.model.codes.length)
    for (const term of terms) this.report.terms[term.kind]++
    this.report.aliases = this.aliases.length
    return { terms, words: this.list.words, aliases: this.aliases, report: this.report }
  }

  private isHeader(row: number): boolean {
    return !this.model.codes[row]!.billable
  }

  private title(row: number, code: ModelCode): void {
    const above = this.tree.parent[row]!
    if (above >= 0) {
      const parentTitle = this.model.codes[above]!.title
      if (!code.billable && code.title === parentTitle) return
      const added = isSeventhOf(code.title, parentTitle, code.code)
        ? code.title.slice(parentTitle.length)
        : ""
      if (/\b(?:encounter|sequela)\b/.test(added)) return
    }
    this.list.add(wordingOf(code.title), { row, kind: "title", incomplete: !code.billable })
  }

  private inclusions(row: number, code: ModelCode): void {
    let governed = false
    for (const note of code.notes) {
      if (note.kind !== "inclusion" && note.kind !== "includes") {
        governed = false
        continue
      }
      if (/:\s*$/.test(note.text)) governed = true
      if (governed || /\bclassifiable\b|\bcategor(?:y|ies)\b|\bcodes?\b/i.test(note.text)) continue
      const incomplete = this.isHeader(row)
      this.list.add(wordingOf(note.text), { row, kind: "inclusion", incomplete, text: note.text })
    }
  }

  /** Path as printed: "Fracture, traumatic, radius, lower end". */
  private path(at: number): string {
    return this.index
      .path(at)
      .map((e) => this.model.index[e]!.title || this.model.index[e]!.column || "")
      .join(", ")
  }

  private indexEntry(at: number): void {
    const entry = this.model.index[at]!
    if (entry.code !== undefined) {
      const row = this.rowOf.get(entry.code)
      if (row === undefined) this.report.unknownCodes.push({ path: this.path(at), code: entry.code })
      else this.indexTerm(at, at, row)
    } else if (entry.see !== undefined) this.reference(at, entry.see)
    // A line without a code of its own that says "see also" says "see": "scaphoid - see also Fracture, carpal,
    // navicular; foot - see ...". A main term does so only when nothing stands below it.
    else if (entry.seeAlso !== undefined && (entry.parent >= 0 || this.index.children[at]!.length === 0)) {
      this.reference(at, entry.seeAlso)
    }
    if (entry.parent < 0) this.alias(at)
  }

  /** The wording of entry `at` leads to `row`, by what entry `via` prints. */
  private indexTerm(at: number, via: number, row: number, wordings = this.index.wording(at)): void {
    const entry = this.model.index[at]!
    const kind = KIND_OF_SOURCE[entry.source]
    const incomplete = entry.incomplete === true || this.isHeader(row)
    const head = { row, kind, incomplete, entry: via }
    for (const wording of wordings) this.list.add(wording, head)
  }

  private reference(at: number, see: string): void {
    const target = this.index.resolve(see, this.model.index[at]!.source)
    if (!target) {
      if (!/^(?:condition|also|code|table of)/i.test(see)) this.report.unresolvedReferences++
      return
    }
    this.report.resolvedReferences++
    if (target.family) return
    const named = this.follow(target.entry, target.column)
    if (named === undefined) return
    // Below a whole main term the reference opens the subtree; a subterm's reference means the one line.
    const below = this.model.index[at]!.parent < 0 ? this.below(named) : []
    const base = new Set(this.index.wordSets(named).flat())
    for (const entry of [named, ...(below.length <= MOST_BELOW ? below : [])]) {
      const { code } = this.model.index[entry]!
      const row = code === undefined ? undefined : this.rowOf.get(code)
      if (row === undefined) continue
      const more = this.index.wordSets(entry)[0]!.filter((word) => entry !== named && !base.has(word))
      const wordings = this.index.wording(at).map(({ required, optional }) => ({
        required: distinct([...required, ...more]),
        optional
      }))
      this.indexTerm(entry, at, row, wordings)
    }
  }

  /** A target that itself only refers is followed on, a few steps; a table row leads to its cell. */
  private follow(from: number, column: string | undefined): number | undefined {
    if (column !== undefined) return this.index.cell(from, column)
    let at = from
    for (let steps = 0; steps < 4; steps++) {
      const entry = this.model.index[at]!
      if (entry.code !== undefined || entry.see === undefined) return at
      const next = this.index.resolve(entry.see, entry.source)
      if (!next || next.family) return undefined
      if (next.column !== undefined) return this.index.cell(next.entry, next.column)
      at = next.entry
    }
    return undefined
  }

  /** All entries below, as far as MOST_BELOW + 1. */
  private below(at: number): number[] {
    const found: number[] = []
    const open = [...this.index.children[at]!]
    while (open.length > 0 && found.length <= MOST_BELOW) {
      const next = open.pop()!
      found.push(next)
      open.push(...this.index.children[next]!)
    }
    return found.sort((a, b) => a - b)
  }

  /**
   * "Adenocarcinoma - see also Neoplasm, malignant, by site" and "Abdominalgia - see Pain, abdominal": in any
   * wording the main term may be read as the words of its target.
   */
  private alias(at: number): void {
    const entry = this.model.index[at]!
    const reference = entry.see ?? entry.seeAlso
    if (reference === undefined) return
    const drug = /^Table of Drugs and Chemicals, by [^,]*, (poisoning|adverse effect)$/i.exec(reference)
    if (drug) {
      // "Overdose, overdosage (drug) - see Table of Drugs and Chemicals, by drug, poisoning"
      const text = distinct([...wordingOf(drug[1]!).required, ...this.index.optionalWords(at)]).join(" ")
      this.aliases.push({ entry: at, text, also: false })
      return
    }
    const target = this.index.resolve(reference, entry.source)
    if (!target || target.entry === at) return
    const cell = target.column === undefined ? target.entry : this.index.cell(target.entry, target.column)
    if (cell === undefined) return
    // A row of the neoplasm table names the site; that it is a neoplasm, its columns say.
    const rowOfTable = this.model.index[cell]!.source === "neoplasm" && target.column === undefined
    const words = [...(rowOfTable ? ["neoplasm"] : []), ...(this.index.wordSets(cell)[0] ?? [])]
    // Morphologies only ever "see also" the neoplasm table, and mean it.
    const also = entry.see === undefined && !(target.column !== undefined && target.family)
    if (words.length > 0) this.aliases.push({ entry: at, text: words.join(" "), also })
  }
}
