/** The name of the axis that kinds make: by the noun beside "unspecified", by words of known axes, by how they are linked. */
import { ACCOMPANIED, BOUND, type RestWord, type Title } from "./title"
import type { AxisWords } from "./words"

export interface Kind {
  title: Title
  rest: readonly RestWord[]
  unspecified: boolean
}

/** Axes whose values are always known phrases. */
const ELSEWHERE: ReadonlySet<string> = new Set(["laterality", "trimester"])

const LINKED: Record<string, string[]> = { with: [ACCOMPANIED], without: [ACCOMPANIED], due: ["cause"] }

/** The word that stands before the first word of the kind: "with", "without", "due". */
function linkOf(title: Title, rest: readonly RestWord[]): string {
  const first = rest[0]
  if (!first) return ""
  if (first.word.startsWith("-")) return "with"
  const before = title.tokens[first.at - 1]?.folded ?? ""
  if (before === "with" && BOUND.has(title.tokens[first.at - 2]?.folded ?? "")) return ""
  if (before === "to") return title.tokens[first.at - 2]?.folded === "due" ? "due" : ""
  return before
}

/** @param parent of the kinds: what its title says was not said is not what they differ by */
export function nameOfKinds(words: AxisWords, kinds: readonly Kind[], parent: Title): string {
  const asked = kinds.filter(({ unspecified }) => unspecified).flatMap(({ title }) => title.asks)
  const named = asked.find((axis) => !ELSEWHERE.has(axis) && !parent.asks.includes(axis))
  if (named !== undefined) return named
  const told = kinds.filter(({ rest, unspecified }) => rest.length > 0 && !unspecified)
  const most = (axesOf: (kind: Kind) => readonly string[], share: number) => {
    const votes = new Map<string, number>()
    for (const kind of told)
      for (const axis of new Set(axesOf(kind))) votes.set(axis, (votes.get(axis) ?? 0) + 1)
    const best = [...votes].filter(([axis]) => !ELSEWHERE.has(axis)).sort((a, b) => b[1] - a[1])[0]
    return best && best[1] > share * told.length ? best[0] : undefined
  }
  const hitsOf = ({ title, rest }: Kind) => {
    const own = new Set(rest.map(({ at }) => at))
    return title.hits.filter(({ first, axis }) => own.has(first) && axis !== ACCOMPANIED)
  }
  const values = new Set(told.flatMap(hitsOf).map(({ axis, value }) => `${axis}: ${value}`))
  /** What all of them say ("following acute myocardial infarction") is not what they differ by. */
  const phrases = (kind: Kind) =>
    hitsOf(kind)
      .map(({ axis }) => axis)
      .filter((axis) => [...values].filter((each) => each.startsWith(`${axis}: `)).length > 1)
  const links = ({ title, rest }: Kind) => LINKED[linkOf(title, rest)] ?? []
  const meant = ({ rest }: Kind) => {
    const axes = rest.map(({ word }) => words.kinds.get(word))
    // A place is told by its words alone: "blindness, both eyes" is no place.
    return axes.flatMap((axis) =>
      axis === "organism" || axes.every((each) => each === axis) ? (axis ?? []) : []
    )
  }
  const placed = ({ title, rest }: Kind) => {
    const link = linkOf(title, rest)
    const of = parent.tokens.flatMap(({ folded }) => words.conditions.get(folded) ?? [])
    return link === "of" || link === "in" ? of : []
  }
  const word = most(meant, 0.4)
  if (word === "organism") return word
  return most(phrases, 0.5) ?? most(links, 0.5) ?? word ?? most(placed, 0.5) ?? "type"
}
