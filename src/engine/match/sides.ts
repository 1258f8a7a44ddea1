/** Sides said of a condition: "right and left shoulder pain" is of both, though each title names one. */
import type { ReadDocument } from "../text/document"
import type { Match } from "./concepts"

const SIDES: ReadonlySet<string> = new Set(["right", "left", "bilateral"])
const AND: ReadonlySet<string> = new Set(["and", "&", "/", "+"])

/** Among the words said of a mention: both sides are named in front of its words. */
export const BOTH_SIDES = "right and left"

export function isSide(word: string): boolean {
  return SIDES.has(word)
}

/** The words said of a match, and that it is of both sides where the note names the other in front of its own. */
export function withBothSides(
  { atoms }: ReadDocument,
  match: Match,
  said: ReadonlySet<string>
): ReadonlySet<string> {
  const of = (at: number) => atoms.lower[at] ?? ""
  const both = match.atoms.some(
    (at) =>
      (of(at) === "right" || of(at) === "left") &&
      AND.has(of(at - 1)) &&
      of(at - 2) === (of(at) === "right" ? "left" : "right")
  )
  return both ? new Set([...said, BOTH_SIDES]) : said
}
