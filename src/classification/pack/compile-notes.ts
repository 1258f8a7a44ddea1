/** Writes tabular notes and 7th characters. */
import type { CodeSetModel } from "../model"
import { NOTE_KINDS } from "./format"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

export function writeNotes(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const owner: number[] = []
  const start: number[] = []
  const kind: number[] = []
  const text: number[] = []
  for (const [at, { notes }] of [...model.codes, ...model.sections].entries()) {
    if (notes.length === 0) continue
    owner.push(at)
    start.push(kind.length)
    for (const note of notes) {
      kind.push(NOTE_KINDS.indexOf(note.kind))
      text.push(pool.add(note.text))
    }
  }
  start.push(kind.length)
  sections.numbers("noteOwner", owner)
  sections.numbers("noteStart", start)
  sections.numbers("noteKind", kind)
  sections.numbers("noteText", text)
}

export function writeSeventh(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const rows: number[] = []
  const start: number[] = []
  const character: number[] = []
  const text: number[] = []
  const includes: number[] = []
  for (const [row, { seventh }] of model.codes.entries()) {
    if (!seventh || seventh.length === 0) continue
    rows.push(row)
    start.push(character.length)
    for (const each of seventh) {
      character.push(each.character.charCodeAt(0))
      text.push(pool.add(each.text))
      includes.push(each.includes ? pool.add(each.includes.join("\n")) + 1 : 0)
    }
  }
  start.push(character.length)
  sections.numbers("seventhRow", rows)
  sections.numbers("seventhStart", start)
  sections.numbers("seventhCharacter", character)
  sections.numbers("seventhText", text)
  sections.numbers("seventhIncludes", includes)
}
