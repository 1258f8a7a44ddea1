/** Code first, use additional code, code also, manifestations and Excludes1 (guidelines I.A.12, I.A.13, I.A.17). */

import type { CodeRef, NoteKind } from "@/classification/model"
import { type NoteReference, readNoteReferences, refersTo } from "@/classification/note-references"
import type { CodePack, PackNote, Row } from "@/classification/pack-api"
import { ExcludesReader } from "./excludes"
import { result } from "./result"
import type { Check, Line, Worksheet } from "./types"

/** Notes that ask for another code, and how the Tabular List words it. */
const ASKING = [
  { kind: "codeFirst", id: "conv.code-first", says: "code first", source: "Tabular List; Guidelines I.A.13" },
  {
    kind: "useAdditional",
    id: "conv.use-additional",
    says: "use additional code",
    source: "Tabular List; Guidelines I.A.13, I.A.17"
  },
  { kind: "codeAlso", id: "conv.code-also", says: "code also", source: "Tabular List; Guidelines I.A.17" }
] as const

/** Documented codes of which neither they themselves nor anything of their category is on the worksheet. */
function notListed(pack: CodePack, lines: readonly Line[], documented: readonly CodeRef[]): Row[] {
  const listed = new Set(lines.map((line) => line.bare.slice(0, 3)))
  const rows = documented
    .filter(({ system, code }) => system === pack.info.system && !listed.has(code.slice(0, 3)))
    .map(({ code }) => pack.find(code))
  return [...new Set(rows)].filter((row) => row >= 0)
}

const WHOLE = /^Chapter|-/

export class NotesChecker {
  private readonly readers = new Map<CodePack, ExcludesReader>()
  private readonly notes = new Map<CodePack, Map<Row, PackNote[]>>()
  private readonly references = new Map<string, NoteReference[]>()

  check(sheet: Worksheet, documented: readonly CodeRef[] = []): Check[] {
    const lines = sheet.lines.filter((line) => line.ref.system === "ICD-10-CM")
    const pack = lines[0]?.pack
    if (!pack) return []
    if (!this.hasNotes(pack)) return [this.notCovered(sheet, lines)]
    const order = [...this.first(sheet, lines), ...this.additional(sheet, lines)]
    return [
      ...this.excludes(sheet, lines),
      ...onceAPair(order),
      ...this.missing(sheet, lines, notListed(pack, lines, documented))
    ]
  }

  /** What the chart documents, a note of a listed code asks for, and nobody listed. */
  private missing(sheet: Worksheet, lines: readonly Line[], documented: readonly Row[]): Check[] {
    if (documented.length === 0) return []
    return ASKING.flatMap(({ kind, id, says, source }) =>
      lines.flatMap((line) => {
        const notes = this.ownNotes(line, kind)
        return documented.flatMap((row) => {
          const note = notes.find((each) => this.namesRow(each, line.pack, row))
          if (!note) return []
          const code = line.pack.code(row)
          const check = result(sheet, [line], {
            id,
            status: "warn",
            text: `${code} is documented and not listed; at ${note.at} it says: ${says}.`,
            source,
            quote: note.text,
            exception: `${code} does not bear on ${line.ref.code}.`
          })
          return [{ ...check, codes: [...check.codes, { system: line.ref.system, code }] }]
        })
      })
    )
  }

  private excludes(sheet: Worksheet, lines: readonly Line[]): Check[] {
    const checks: Check[] = []
    const reader = this.readerOf(lines[0]!.pack)
    for (const [n, one] of lines.entries()) {
      for (const other of lines.slice(n + 1)) {
        const found = reader.between(one.row, other.row)
        if (!found) continue
        const second = found.alsoIn ? ` At ${found.alsoIn.at} it also says: "${found.alsoIn.text}".` : ""
        checks.push({
          id: "conv.excludes1",
          codes: [one.ref, other.ref],
          status: found.verdict,
          text:
            found.verdict === "fail"
              ? `Excludes1 at ${found.at}: "${found.text}". Not together, unless the two are clearly unrelated.`
              : `Excludes1 at ${found.at} applies only if: ${found.onlyIf}.${second}`,
          source: `Tabular List, Excludes1 at ${found.at}; Guidelines I.A.12.a`,
          release: sheet.release("ICD-10-CM"),
          quote: found.text,
          exception:
            found.verdict === "fail"
              ? "The two conditions are clearly unrelated (I.A.12.a)."
              : `Not so here: ${found.onlyIf}.`
        })
      }
    }
    if (checks.length === 0 && lines.length > 1)
      checks.push(this.kept(sheet, "conv.excludes1", lines, "No Excludes1 note names two of these codes."))
    return checks
  }

  /** "Code first" and manifestation codes: the other code is there and stands before. */
  private first(sheet: Worksheet, lines: readonly Line[]): Check[] {
    return lines.flatMap((line) => {
      const notes = this.ownNotes(line, "codeFirst")
      const manifestation = isManifestation(line)
      if (notes.length === 0 && !manifestation) return []
      const named = lines.filter((other) => other !== line && this.anyNames(notes, other))
      const before = named.some((other) => other.at < line.at)
      if (before) return []
      const says = notes.map((note) => note.text).join("; ")
      if (named.length > 0)
        return [
          this.failing(sheet, "conv.code-first", [named[0]!, line], {
            status: manifestation ? "fail" : "warn",
            text: `${named[0]!.ref.code} comes before ${line.ref.code} (code first: ${says}).`
          })
        ]
      // Without the other code nothing is out of order; whether the note has one to add is for the gaps.
      if (!manifestation) return []
      return [
        this.failing(sheet, "conv.code-first", [line], {
          // "Such as" lists are open: with some code before it, the disease may be among them.
          status: line.at === 0 ? "fail" : "warn",
          text: `${line.ref.code} is a manifestation: the disease behind it is coded first${says ? ` (${says})` : ""}.`
        })
      ]
    })
  }

  /** "Use additional code" and "code also", when the other code is there: the order is right. Else nothing is missed. */
  private additional(sheet: Worksheet, lines: readonly Line[]): Check[] {
    return lines.flatMap((line) => {
      const notes = this.ownNotes(line, "useAdditional")
      const early = lines.filter((other) => other.at < line.at && this.anyNames(notes, other))
      return early.map((other) =>
        this.failing(sheet, "conv.use-additional", [line, other], {
          status: "warn",
          text: `${other.ref.code} is an additional code of ${line.ref.code} and follows it.`
        })
      )
    })
  }

  private kept(sheet: Worksheet, id: string, lines: readonly Line[], text: string): Check {
    // Notes of an older release may have changed: they never pass, they are told as what they are.
    const borrowed = lines[0]?.pack.info.borrowedFrom
    return {
      id,
      codes: lines.map((line) => line.ref),
      status: borrowed ? "warn" : "pass",
      text: borrowed ? `${text} The notes are those of ${borrowed}: verify in the Tabular List.` : text,
      source: "Tabular List",
      release: borrowed ?? sheet.release("ICD-10-CM")
    }
  }

  private failing(
    sheet: Worksheet,
    id: string,
    lines: readonly Line[],
    { status, text }: { status: "fail" | "warn"; text: string }
  ): Check {
    return {
      id,
      codes: lines.map((line) => line.ref),
      status,
      text,
      source: "Tabular List; Guidelines I.A.13, I.A.17",
      release: lines[0]?.pack.info.borrowedFrom ?? sheet.release("ICD-10-CM")
    }
  }

  private notCovered(sheet: Worksheet, lines: readonly Line[]): Check {
    return {
      id: "conv.excludes1",
      codes: lines.map((line) => line.ref),
      status: "not-covered",
      text: "The notes of the Tabular List are not installed: Excludes1, code first and additional codes are not checked.",
      source: "Tabular List",
      release: sheet.release("ICD-10-CM")
    }
  }

  /** Notes at the code and above it up to the category; those of blocks and chapters ask of whole groups. */
  private ownNotes(line: Line, kind: NoteKind): PackNote[] {
    return this.notesOf(line).filter((note) => note.kind === kind)
  }

  /** Kept, as a worksheet asks for the same codes at every change. */
  private notesOf({ pack, row }: Line): readonly PackNote[] {
    let kept = this.notes.get(pack)
    if (!kept) {
      kept = new Map()
      this.notes.set(pack, kept)
    }
    let notes = kept.get(row)
    if (!notes) {
      notes = pack.notes(row, true).filter((note) => !WHOLE.test(note.at))
      kept.set(row, notes)
    }
    return notes
  }

  private anyNames(notes: readonly PackNote[], other: Line): boolean {
    return notes.some((note) => this.namesRow(note, other.pack, other.row))
  }

  private namesRow(note: PackNote, pack: CodePack, row: Row): boolean {
    return this.referencesOf(note).some((each) => refersTo(pack, each, row))
  }

  private referencesOf(note: PackNote): NoteReference[] {
    let known = this.references.get(note.text)
    if (!known) {
      known = readNoteReferences(note.text).references
      this.references.set(note.text, known)
    }
    return known
  }

  private readerOf(pack: CodePack): ExcludesReader {
    let reader = this.readers.get(pack)
    if (!reader) {
      reader = new ExcludesReader(pack)
      this.readers.set(pack, reader)
    }
    return reader
  }

  /** A starter set has none at all. */
  private hasNotes(pack: CodePack): boolean {
    return pack.info.complete
  }
}

/** "in diseases classified elsewhere" in the title is the classification's own mark (I.A.13); MCE lists them too. */
function isManifestation(line: Line): boolean {
  return (
    /\bin (?:other )?(?:.* )?diseases? classified elsewhere\b/i.test(line.pack.title(line.row)) ||
    (line.pack.attributes(line.row).mce?.includes("manifestation") ?? false)
  )
}

/** "Code first" at one code and "use additional code" at the other say the same of a pair. */
function onceAPair(checks: readonly Check[]): Check[] {
  const seen = new Set<string>()
  return checks.filter((check) => {
    const key = check.codes
      .map((ref) => ref.code)
      .sort()
      .join(" ")
    return !seen.has(key) && seen.add(key)
  })
}
