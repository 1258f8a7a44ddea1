/** Takes the words that say a value of an axis out of a note, wherever they stand. */
import type { Lexicon } from "@/engine/lexicon-types"
import { atomize } from "@/engine/text/atoms"

const folded = (text: string) => atomize(text).folded

/** What says how an injury's encounter is told besides the words of the 7th character. */
const PHASE: ReadonlySet<string> = new Set(["encounter", "onset", "healing"])

/** The wordings that the engine reads as a value: the lexicon's, and the words of the value themselves. */
export class ValueWords {
  private readonly wordings: { axis: string; value: string[]; said: string[] }[]

  constructor({ modifiers, synonyms, abbreviations }: Lexicon) {
    this.wordings = [
      ...modifiers.flatMap(({ axis, value, words }) =>
        words.map((each) => ({ axis, value: folded(value), said: folded(each) }))
      ),
      ...synonyms.map(({ term, words }) => ({ axis: "", value: folded(words), said: folded(term) })),
      ...abbreviations.flatMap(({ abbr, also = [], expansions }) =>
        [abbr, ...also].flatMap((each) =>
          expansions.map(({ words }) => ({ axis: "", value: folded(words), said: folded(each) }))
        )
      )
    ]
  }

  /**
   * Phrases that say these words of a value and nothing of the condition, longest first.
   * @param condition folded words that must stay: a phrase whose meaning holds one of them names the condition
   */
  phrases(axis: string, words: readonly string[], condition: ReadonlySet<string>): string[][] {
    const own = new Set(words.filter((word) => !condition.has(word)))
    const found = [...own].map((word) => [word])
    for (const { axis: of, value, said } of this.wordings) {
      if (said.length === 0) continue
      const isPhase = axis === "7th character" && PHASE.has(of)
      if (isPhase || (value.some((word) => own.has(word)) && !value.some((word) => condition.has(word))))
        found.push(said)
    }
    return found.sort((a, b) => b.length - a.length)
  }
}

/** @returns the text without these phrases; undefined when none stands in it */
export function without(text: string, phrases: readonly string[][]): string | undefined {
  const atoms = atomize(text)
  const starting = new Map<string, string[][]>()
  for (const phrase of phrases) starting.set(phrase[0]!, [...(starting.get(phrase[0]!) ?? []), phrase])
  let kept = ""
  let from = 0
  for (let at = 0; at < atoms.count; at++) {
    const phrase = starting
      .get(atoms.folded[at] ?? "")
      ?.find((each) => each.every((word, i) => atoms.folded[at + i] === word))
    if (!phrase) continue
    kept += text.slice(from, atoms.start[at])
    from = atoms.end[at + phrase.length - 1] ?? from
    at += phrase.length - 1
  }
  return from === 0 ? undefined : kept + text.slice(from)
}
