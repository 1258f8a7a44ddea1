/** Titles as bags of words, to see which axis two codes differ in. Words are folded; the same title is read once. */
import type { CodePack, Row } from "@/classification/pack-api"
import { foldTokens, tokenize } from "@/classification/words"
import type { Line } from "./types"

const SIDES: ReadonlySet<string> = new Set(["right", "left", "bilateral", "unilateral", "unspecified"])
const ACUITIES: ReadonlySet<string> = new Set(["acute", "chronic", "subacute", "unspecified"])
const SMALL: ReadonlySet<string> = new Set("and on of the or in to with both".split(" "))

export interface TitleWords {
  all: ReadonlySet<string>
  /** What is left without the words of an axis, as one comparable text. */
  withoutSide: string
  withoutAcuity: string
}

const known = new WeakMap<CodePack, Map<Row, TitleWords>>()

export function titleWords(pack: CodePack, row: Row): TitleWords {
  let titles = known.get(pack)
  if (!titles) {
    titles = new Map()
    known.set(pack, titles)
  }
  let words = titles.get(row)
  if (!words) {
    words = read(pack.title(row))
    titles.set(row, words)
  }
  return words
}

export function read(title: string): TitleWords {
  const all = new Set(foldTokens(title, tokenize(title)).filter((word) => word !== "" && !SMALL.has(word)))
  const without = (axis: ReadonlySet<string>) =>
    [...all]
      .filter((word) => !axis.has(word))
      .sort()
      .join(" ")
  return { all, withoutSide: without(SIDES), withoutAcuity: without(ACUITIES) }
}

export const wordsOf = (line: Line) => titleWords(line.pack, line.row)

/** Category that holds a row: "M17" of M17.11. */
export function categoryOf(pack: CodePack, row: Row): Row {
  let at = row
  for (let up = pack.parent(at); up >= 0; up = pack.parent(up)) at = up
  return at
}
