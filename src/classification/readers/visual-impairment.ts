/** The table of visual impairment at H54, the one table inside the Tabular List, as notes. */
import type { ModelNote } from "../model"
import { elements, textIn, type XmlElement } from "./xml"

function values(range: XmlElement, bound: string): string[] {
  return elements(range)
    .filter((each) => each.name === bound)
    .flatMap(elements)
    .filter((each) => each.name === "value")
    .map(textIn)
    .filter((text) => text !== "")
}

/** "Category 1: visual acuity less than 6/18, 3/10(0.3), 20/70; equal to or better than 6/60, ..." */
export function visualImpairmentNotes(table: XmlElement): ModelNote[] {
  const notes: ModelNote[] = []
  for (const category of elements(table)) {
    const parts = elements(category)
    const name = parts.find((each) => each.name === "value")
    if (!name) continue // The first one holds the headings.
    const ranges = parts.filter((each) => each.name === "visRange")
    const below = ranges.flatMap((range) => values(range, "visMax"))
    const atLeast = ranges.flatMap((range) => values(range, "visMin"))
    // "No light perception" is no limit: it stands for itself.
    const measured = below.every((value) => /\d/.test(value))
    const limits = [
      below.length > 0 ? `${measured ? "less than " : ""}${below.join(", ")}` : "",
      atLeast.length > 0 ? `equal to or better than ${atLeast.join(", ")}` : ""
    ].filter((text) => text !== "")
    notes.push({
      kind: "note",
      text: `Category of visual impairment ${textIn(name)}: visual acuity with best possible correction ${limits.join("; ")}`
    })
  }
  return notes
}
