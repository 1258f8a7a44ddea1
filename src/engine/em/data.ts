/**
 * Data: each test once, whether it was ordered or its result was reviewed (rules.md E4.3); outside notes once a source;
 * an independent historian, an interpretation, a discussion with another clinician.
 */
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import { type Found, quoteOf, wordsOf } from "./phrases"
import type { EmItem, EmLevel, EmTest } from "./types"

/** Words that make of a test's name an order or a review. A result that only stands in the chart is neither. */
const DONE: ReadonlySet<string> = new Set(
  "order ordered ordering check checked obtain obtained send sent repeat recheck get schedule request requested need needs review reviewed reviewing show shows showed showing reveal reveals revealed demonstrates demonstrated".split(
    " "
  )
)
const ROLES: ReadonlySet<string> = new Set(["assessed", "plan", "orders", "findings", "narrative"])

interface Compiled {
  test: EmTest
  names: string[][]
}

export class Tests {
  private readonly compiled: Compiled[]

  constructor(tests: readonly EmTest[]) {
    this.compiled = tests
      .map((test) => ({ test, names: test.words.map(wordsOf) }))
      // "Urine culture" before "culture", "chest x-ray" before "x-ray".
      .sort((a, b) => longest(b.names) - longest(a.names))
  }

  /** @param interpreted sentences whose test is interpreted: that counts by itself */
  items(charts: readonly ReadChart[], interpreted: ReadonlySet<Sentence>, several: boolean): EmItem[] {
    const items = new Map<string, EmItem>()
    for (const chart of charts)
      for (const sentence of chart.read.sentences) {
        if (!ROLES.has(sentence.role) || interpreted.has(sentence)) continue
        const { atoms } = chart.read
        const done =
          sentence.role === "orders" || range(sentence).some((at) => DONE.has(atoms.lower[at] ?? ""))
        if (!done) continue
        const taken = new Set<number>()
        for (const { test, names } of this.compiled) {
          const at = placeOf(atoms.folded, sentence, names, taken)
          if (!at) continue
          for (let i = at[0]; i < at[1]; i++) taken.add(i)
          const quote = quoteOf(chart, sentence, at[0], at[1], several)
          const known = items.get(test.id)
          if (known) known.evidence.push(quote)
          else
            items.set(test.id, {
              rule: test.id,
              text: `${test.name}: ordered or reviewed, counted once`,
              level: "straightforward",
              evidence: [quote]
            })
        }
      }
    return [...items.values()]
  }
}

const longest = (names: readonly string[][]) => Math.max(...names.map((name) => name.length))
const range = ({ first, last }: Sentence) => Array.from({ length: last - first }, (_, i) => first + i)

function placeOf(
  folded: readonly string[],
  { first, last }: Sentence,
  names: readonly string[][],
  taken: ReadonlySet<number>
): [number, number] | undefined {
  for (const name of names)
    for (let at = first; at < last; at++) {
      const end = taken.has(at) ? undefined : endOf(folded, name, at, last)
      if (end !== undefined) return [at, end]
    }
  return undefined
}

/** "X-ray" and "x ray" are one: a hyphen stands between words, not in them. */
function endOf(
  folded: readonly string[],
  name: readonly string[],
  begin: number,
  last: number
): number | undefined {
  let at = begin
  for (const word of name) {
    if (at > begin && folded[at] === "-") at++
    if (at >= last || folded[at] !== word) return undefined
    at++
  }
  return at
}

/** Phrases of the element as items: outside notes once a source, of the others one item with all its quotes. */
export function dataItems(found: readonly Found[], several: boolean): EmItem[] {
  const items = new Map<string, EmItem>()
  for (const each of found) {
    const { phrase, chart, sentence, first, last } = each
    if (phrase.element !== "data") continue
    const quote = quoteOf(chart, sentence, first, last, several)
    const key = phrase.category === "external-note" ? `external ${sourceOf(each)}` : phrase.category
    const known = items.get(key)
    if (known) known.evidence.push(quote)
    else
      items.set(key, {
        rule: phrase.id,
        text: phrase.text,
        level: STANDS_ALONE.has(phrase.category)
          ? "moderate"
          : phrase.category === "historian"
            ? "low"
            : "straightforward",
        evidence: [quote]
      })
  }
  return [...items.values()]
}

const STANDS_ALONE: ReadonlySet<string> = new Set(["interpretation", "discussion"])

/** What follows "from" or "of" names the source: two visits to one clinic are one source. */
function sourceOf({ chart, sentence, last }: Found): string {
  const { lower } = chart.read.atoms
  for (let at = last; at < sentence.last && at < last + 3; at++)
    if (lower[at] === "from" || lower[at] === "of")
      return lower.slice(at + 1, Math.min(at + 3, sentence.last)).join(" ")
  return ""
}

/**
 * Two items are low, an independent historian alone too; three, an interpretation or a discussion moderate; two of
 * these three kinds high.
 */
export function dataLevel(items: readonly EmItem[]): EmLevel | undefined {
  const alone = new Set(
    items.filter(({ level }) => level === "moderate").map(({ rule }) => rule.split("-")[0])
  )
  const counted = items.filter(({ level }) => level !== "moderate").length
  const historian = items.some(({ level }) => level === "low")
  const kinds = alone.size + (counted >= 3 ? 1 : 0)
  if (kinds >= 2) return "high"
  if (kinds === 1) return "moderate"
  if (counted >= 2 || historian) return "low"
  return items.length > 0 ? "straightforward" : undefined
}
