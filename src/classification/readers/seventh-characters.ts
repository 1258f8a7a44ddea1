/** `<sevenChrDef>`: the 7th characters that may be given at or below a code. */
import type { ModelNote, SeventhCharacter } from "../model"
import { ReaderError } from "./reader-error"
import { elements, textIn, type XmlElement } from "./xml"

/**
 * A note between the characters is an inclusion term of the character before it: below "2 stable" stands
 * "Old central retinal vein occlusion". Below "sequela" nothing can stand, so such a note belongs to the
 * code itself (the FY2026 file has one, in W08).
 * @throws ReaderError for a character that is none, one given twice, or an empty definition
 */
export function readSeventhCharacters(
  definition: XmlElement,
  file: string
): { characters: SeventhCharacter[]; notes: ModelNote[] } {
  const characters: SeventhCharacter[] = []
  const notes: ModelNote[] = []
  for (const each of elements(definition)) {
    const text = textIn(each)
    if (each.name === "extension") {
      const character = (each.attributes.char ?? "").toUpperCase()
      if (!/^[0-9A-Z]$/.test(character)) {
        throw new ReaderError(file, each.line, 'one 7th character in char=""', each.attributes.char ?? "")
      }
      if (characters.some((known) => known.character === character)) {
        throw new ReaderError(file, each.line, "each 7th character once", `${character} again`)
      }
      if (text === "") throw new ReaderError(file, each.line, "the meaning of the 7th character", "")
      characters.push({ character, text })
    } else if (each.name === "note") {
      const before = characters[characters.length - 1]
      if (before && before.text !== "sequela") {
        before.includes = [...(before.includes ?? []), text]
        notes.push({ kind: "seventhNote", text: `7th character ${before.character} includes: ${text}` })
      } else {
        notes.push({ kind: "note", text })
      }
    } else {
      throw new ReaderError(file, each.line, "<extension> or <note> in <sevenChrDef>", `<${each.name}>`)
    }
  }
  if (characters.length === 0) throw new ReaderError(file, definition.line, "7th characters", "none")
  return { characters, notes }
}
