/** Which of two codes of one category says more, by their titles and their place in the tree. */
import type { CodePack, Row } from "@/classification/pack-api"
import { titleWords } from "../checks/titles"

/** Words that say nothing is told. */
const OPEN: ReadonlySet<string> = new Set(
  "unspecified without complication other specified nos nec not elsewhere classified".split(" ")
)

/**
 * @returns how `row` compares with `other`: it says "less", it says "more", they differ in one value of one axis
 *   ("sibling": right and left), or they are different things (undefined)
 */
export function compareCodes(pack: CodePack, row: Row, other: Row): "less" | "more" | "sibling" | undefined {
  if (row < 0 || other < 0 || row === other) return undefined
  if (other > row && other <= pack.subtreeEnd(row)) return "less"
  if (row > other && row <= pack.subtreeEnd(other)) return "more"
  const own = told(pack, row)
  const theirs = told(pack, other)
  const within = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].every((word) => b.has(word))
  const less = within(own, theirs)
  const more = within(theirs, own)
  if (less && more)
    return openness(pack, row) > openness(pack, other)
      ? "less"
      : openness(pack, row) < openness(pack, other)
        ? "more"
        : undefined
  if (less) return "less"
  if (more) return "more"
  // Chapters and blocks stand side by side without being kinds of one thing.
  const parent = pack.parent(row)
  if (parent < 0 || parent !== pack.parent(other) || pack.parent(parent) < 0) return undefined
  const [open, theirOpen] = [openness(pack, row) > 0, openness(pack, other) > 0]
  if (open !== theirOpen) return open ? "less" : "more"
  return open ? undefined : "sibling"
}

function told(pack: CodePack, row: Row): ReadonlySet<string> {
  return new Set([...titleWords(pack, row).all].filter((word) => !OPEN.has(word)))
}

/** How many things the title leaves open. */
function openness(pack: CodePack, row: Row): number {
  return [...pack.title(row).matchAll(/\bunspecified\b|\bwithout complications?\b/gi)].length
}
