/**
 * Excludes1 between two codes, as the Tabular List of the release in force prints it (guidelines I.A.12): no
 * pair is typed by hand. What decides between "never together" and "only if" is the wording of the note:
 *
 *   - at the code itself or a category above it, naming the other code or all that its title means: fail
 *   - narrower words than the code they point to ("radiculitis NOS (M54.1-)"), or inherited from a block or
 *     chapter: the pair is only excluded for what the words say, so the coder is warned with those words
 *   - the other code stands in a second list there too (Excludes2, code first, use additional, code also): the
 *     wording decides. The Excludes1 note stands nearer to the code and names all of the other: fail. Else both
 *     are told, with the words that decide
 *
 * Excludes2 alone is never a conflict (I.A.12.b).
 */
import { type NoteReference, readNoteReferences, refersTo, spanOf } from "@/classification/note-references"
import type { CodePack, PackNote, Row } from "@/classification/pack-api"
import { foldTokens, tokenize } from "@/classification/words"

export interface Exclusion {
  verdict: "fail" | "warn"
  /** Code whose notes say it (or which inherits them), and the other. */
  from: Row
  other: Row
  /** Where the note stands: "E11", "I10-I1A", "Chapter 4". */
  at: string
  /** The note as printed. */
  text: string
  /** Condition of a warning: the words of the note without its codes. */
  onlyIf?: string
  /** The second list that names the code too. */
  alsoIn?: { kind: PackNote["kind"]; at: string; text: string }
}

interface KnownNote {
  words: string
  references: { reference: NoteReference; first: Row; last: Row }[]
}

const OTHER_LISTS: readonly PackNote["kind"][] = ["excludes2", "codeFirst", "useAdditional", "codeAlso"]
/** Words of a title or note that say nothing about what it covers. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "nos nec unspecified other specified and or of the a an in to with for disease disorder complicating".split(
    " "
  )
)

/** Reads the notes of one pack; what was read once is kept, as a worksheet asks for the same codes again. */
export class ExcludesReader {
  private readonly notes = new Map<Row, PackNote[]>()
  private readonly read = new Map<string, KnownNote>()

  constructor(private readonly pack: CodePack) {}

  /** The exclusion between two codes, the same whichever comes first; undefined when there is none. */
  between(a: Row, b: Row): Exclusion | undefined {
    if (a === b) return undefined
    const found = [...this.named(a, b), ...this.named(b, a)]
    const failing = found.filter((each) => each.verdict === "fail")
    // The plainest sentence first; among equals the one of the first code in official order.
    const best = (failing.length > 0 ? failing : found).sort(
      (x, y) => x.from - y.from || x.at.localeCompare(y.at)
    )
    const [first, ...rest] = best
    // Several lines of one list name the code in narrower words: any of them is the condition.
    const same = rest.filter((each) => each.from === first?.from && each.at === first.at)
    if (!first?.onlyIf || same.length === 0) return first
    const all = [first, ...same]
    return {
      ...first,
      text: [...new Set(all.map(({ text }) => text))].join("; "),
      onlyIf: [...new Set(all.map(({ onlyIf }) => onlyIf))].join("; or ")
    }
  }

  /** Excludes1 notes of `from` (inherited too) that name `other`. */
  private named(from: Row, other: Row): Exclusion[] {
    const notes = this.notesOf(from)
    const exclusions: Exclusion[] = []
    for (const note of notes) {
      if (note.kind !== "excludes1" || !this.names(note, other)) continue
      const second = this.inOtherList(from, other) ?? this.inOtherList(other, from)
      const whole = !isSection(note.at) && this.saysAll(note, other)
      const fails = whole && (!second || this.nearer(note, second, from))
      exclusions.push({
        verdict: fails ? "fail" : "warn",
        from,
        other,
        at: note.at,
        text: note.text,
        ...(fails ? {} : { onlyIf: this.readNote(note).words }),
        ...(second ? { alsoIn: { kind: second.kind, at: second.at, text: second.text } } : {})
      })
    }
    return exclusions
  }

  private names(note: PackNote, row: Row): boolean {
    return this.readNote(note).references.some(
      ({ reference, first, last }) => row >= first && row <= last && refersTo(this.pack, reference, row)
    )
  }

  private inOtherList(from: Row, other: Row): PackNote | undefined {
    // A chapter's general Excludes2 (R00-R94) takes nothing from an Excludes1 that stands at a code.
    return this.notesOf(from).find(
      (note) => OTHER_LISTS.includes(note.kind) && !isSection(note.at) && this.names(note, other)
    )
  }

  /** Both stand above the same code, the first further down the tree: "G31.84" says more than "G31". */
  private nearer(note: PackNote, second: PackNote, row: Row): boolean {
    const [near, far] = [this.pack.find(note.at), this.pack.find(second.at)]
    return far < near && row <= this.pack.subtreeEnd(far) && far >= 0
  }

  /** The note names the very code, or its words are no narrower than the title of what it points to. */
  private saysAll(note: PackNote, row: Row): boolean {
    const { words, references } = this.readNote(note)
    const said = meaningful(words)
    return references.some(({ reference }) => {
      if (!refersTo(this.pack, reference, row)) return false
      if (reference.positions || reference.endsWith !== undefined) return false
      // Of a range, the category that holds the code: "diabetes mellitus (E08-E13)" is all of E11.
      const target = reference.to === undefined ? this.pack.find(reference.from) : this.category(row)
      if (reference.to === undefined && this.isVeryCode(target, row)) return true
      const own = this.pack.title(row)
      // "Radiculitis NOS (M54.1-)" is not the one of a region that is told.
      if (/\bNOS\b/.test(words) && !/\bunspecified\b/i.test(own)) return false
      // A range may be a whole block: "hypertensive disease complicating pregnancy (O10-O11, O13-O16)".
      const block = reference.to === undefined ? "" : (this.pack.block(row)?.title ?? "")
      const title = meaningful(`${this.pack.title(target)} ${affirmed(own)} ${block}`)
      return said.size > 0 && [...said].every((word) => title.has(word))
    })
  }

  /** The code itself, or the six characters of it that only a 7th character follows. */
  private isVeryCode(target: Row, row: Row): boolean {
    if (target === row) return this.pack.billable(row)
    return (
      this.pack.seventh(target).length > 0 &&
      this.pack.children(target).every((child) => this.isEncounter(child))
    )
  }

  private isEncounter(row: Row): boolean {
    return this.pack.billable(row) && this.pack.code(row).replace(".", "").length === 7
  }

  private category(row: Row): Row {
    let at = row
    for (let up = this.pack.parent(at); up >= 0; up = this.pack.parent(up)) at = up
    return at
  }

  private notesOf(row: Row): PackNote[] {
    let notes = this.notes.get(row)
    if (!notes) {
      notes = this.pack
        .notes(row, true)
        .filter((note) => note.kind === "excludes1" || OTHER_LISTS.includes(note.kind))
      this.notes.set(row, notes)
    }
    return notes
  }

  private readNote(note: PackNote): KnownNote {
    let known = this.read.get(note.text)
    if (!known) {
      const { words, references } = readNoteReferences(note.text)
      known = {
        words,
        references: references.flatMap((reference) => {
          const span = spanOf(this.pack, reference)
          return span ? [{ reference, first: span[0], last: span[1] }] : []
        })
      }
      this.read.set(note.text, known)
    }
    return known
  }
}

/** A block ("I10-I1A") or a chapter; categories and codes have no dash and no blank. */
function isSection(at: string): boolean {
  return /[\s-]/.test(at)
}

function meaningful(text: string): Set<string> {
  const tokens = tokenize(text)
  const words = foldTokens(text, tokens).filter((word) => word !== "" && !EMPTY_WORDS.has(word))
  return new Set(words.map(stem))
}

/** Noun and adjective of one disease: "hypertension" and "hypertensive", "atherosclerosis" and "atherosclerotic". */
function stem(word: string): string {
  return word.replace(/(?<=\w{4})(?:sion|sive)$/, "s").replace(/(?<=\w{4})(?:osis|otic)$/, "o")
}

/** A title without what it says is not there: "Ulcer without hemorrhage" is no ulcer with hemorrhage. */
function affirmed(title: string): string {
  return title.replace(/\bwithout\b.*?(?=\bwith\b|$)/gi, " ")
}
