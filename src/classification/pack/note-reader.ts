/** Chapters and blocks, tabular notes and 7th characters, with what is inherited. */
import type { SeventhCharacter } from "../model"
import type { PackNote } from "../pack-api"
import { NOTE_KINDS, type Numbers, PackDamaged } from "./format"
import type { Sections } from "./head"
import type { RowReader } from "./rows"
import type { TextReader } from "./texts"

/** Place of `wanted` in ascending numbers, or -1. */
export function placeOf(numbers: Numbers, wanted: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return numbers[low] === wanted ? low : -1
}

export class NoteReader {
  private readonly kinds: Numbers
  private readonly ids: Numbers
  private readonly titles: Numbers
  private readonly first: Numbers
  private readonly last: Numbers
  private readonly noteOwner: Numbers
  private readonly noteStart: Numbers
  private readonly noteKind: Numbers
  private readonly noteText: Numbers
  private readonly seventhRow: Numbers
  private readonly seventhStart: Numbers
  private readonly seventhCharacter: Numbers
  private readonly seventhText: Numbers
  private readonly seventhIncludes: Numbers

  constructor(
    sections: Sections,
    private readonly rows: RowReader,
    private readonly texts: TextReader
  ) {
    this.kinds = sections.numbers("sectionKind")
    const count = this.kinds.length
    this.ids = sections.numbersOf("sectionId", count)
    this.titles = sections.numbersOf("sectionTitle", count)
    this.first = sections.numbersOf("sectionFirst", count)
    this.last = sections.numbersOf("sectionLast", count)
    this.noteOwner = sections.numbers("noteOwner")
    this.noteStart = sections.numbersOf("noteStart", this.noteOwner.length + 1)
    this.noteKind = sections.numbers("noteKind")
    this.noteText = sections.numbersOf("noteText", this.noteKind.length)
    this.seventhRow = sections.numbers("seventhRow")
    this.seventhStart = sections.numbersOf("seventhStart", this.seventhRow.length + 1)
    this.seventhCharacter = sections.numbers("seventhCharacter")
    this.seventhText = sections.numbersOf("seventhText", this.seventhCharacter.length)
    this.seventhIncludes = sections.numbersOf("seventhIncludes", this.seventhCharacter.length)
  }

  /** Sections that hold the row, smallest first. */
  private around(row: number): number[] {
    const found: number[] = []
    for (let n = 0; n < this.kinds.length; n++) {
      if (this.first[n]! <= row && row <= this.last[n]!) found.push(n)
    }
    const size = (n: number): number => this.last[n]! - this.first[n]!
    // A chapter of one block is still the wider of the two.
    return found.sort((a, b) => size(a) - size(b) || this.kinds[b]! - this.kinds[a]!)
  }

  section(row: number, kind: "chapter" | "block"): { id: string; title: string } | undefined {
    this.rows.check(row)
    const wanted = kind === "chapter" ? 0 : 1
    const n = this.around(row).find((each) => this.kinds[each] === wanted)
    if (n === undefined) return undefined
    return { id: this.texts.get(this.ids[n]!), title: this.texts.get(this.titles[n]!) }
  }

  private ownNotes(owner: number, at: string, into: PackNote[]): void {
    const place = placeOf(this.noteOwner, owner)
    if (place < 0) return
    for (let n = this.noteStart[place]!; n < this.noteStart[place + 1]!; n++) {
      const kind = NOTE_KINDS[this.noteKind[n] ?? -1]
      if (kind === undefined) throw new PackDamaged("a note is damaged")
      into.push({ kind, text: this.texts.get(this.noteText[n]!), at })
    }
  }

  notes(row: number, inherited: boolean): PackNote[] {
    const notes: PackNote[] = []
    this.ownNotes(row, this.rows.code(row), notes)
    if (!inherited) return notes
    for (let above = this.rows.parent(row); above >= 0; above = this.rows.parent(above)) {
      this.ownNotes(above, this.rows.code(above), notes)
    }
    for (const n of this.around(row)) {
      const id = this.texts.get(this.ids[n]!)
      this.ownNotes(this.rows.size + n, this.kinds[n] === 0 ? `Chapter ${id}` : id, notes)
    }
    return notes
  }

  seventh(row: number): SeventhCharacter[] {
    const place = this.seventhPlace(row)
    return place < 0 ? [] : this.definitions(place)
  }

  /** Number of the list of 7th characters that applies to a row, or -1. */
  seventhPlace(row: number): number {
    for (let at = row; at >= 0; at = this.rows.parent(at)) {
      const place = placeOf(this.seventhRow, at)
      if (place >= 0) return place
    }
    return -1
  }

  private definitions(place: number): SeventhCharacter[] {
    const found: SeventhCharacter[] = []
    for (let n = this.seventhStart[place]!; n < this.seventhStart[place + 1]!; n++) {
      const character = this.seventhCharacter[n]
      if (character === undefined) throw new PackDamaged("a 7th character is damaged")
      const includes = this.seventhIncludes[n]!
      found.push({
        character: String.fromCharCode(character),
        text: this.texts.get(this.seventhText[n]!),
        ...(includes > 0 ? { includes: this.texts.get(includes - 1).split("\n") } : {})
      })
    }
    return found
  }
}
