/** A document of the chart, asked for many wordings: where they stand and what is said of them. */
import { type Reason, reasonsFor } from "../assertion/decide"
import { findTriggers, type TriggerHit, type TriggerTable } from "../assertion/triggers"
import { isPlaceholder, placeholdersOf } from "../lexicon/phrases"
import type { ReadChart } from "../suggest/candidate"
import { atomize } from "../text/atoms"
import type { Sentence } from "../text/document"
import type { Wording } from "./rules-types"

/** Phrases that must all stand in one sentence, as folded words; most wordings are one phrase. */
export type CompiledWording = readonly (readonly string[])[]

/** Folded words of a phrase; punctuation says nothing, but for the plus of "er+". */
export function phraseTokens(phrase: string): string[] {
  return phrase.split(/(<[a-z]+>)/).flatMap((part) => {
    if (isPlaceholder(part)) return [part]
    const atoms = atomize(part)
    return atoms.folded.filter((word, at) => atoms.isWord[at] === 1 || word === "+")
  })
}

export function compileWording(wording: Wording): CompiledWording {
  return (typeof wording === "string" ? [wording] : wording).map(phraseTokens)
}

/** Where a wording stands. Atom positions, `last` exclusive. */
export interface Place {
  text: ChartText
  sentenceAt: number
  first: number
  last: number
}

/** Marks inside a phrase: "insulin-dependent", "h. pylori". */
const PASSED_OVER: ReadonlySet<string> = new Set(["-", "–", "/", "."])

export class ChartText {
  private readonly positions = new Map<string, number[]>()
  private readonly hits = new Map<Sentence, TriggerHit[]>()

  constructor(
    readonly chart: ReadChart,
    private readonly triggers: TriggerTable
  ) {
    const { atoms, sentenceOf, sentences } = chart.read
    const add = (word: string, at: number) => {
      const known = this.positions.get(word)
      if (known) known.push(at)
      else this.positions.set(word, [at])
    }
    for (let at = 0; at < atoms.count; at++) {
      const sentence = sentences[sentenceOf[at] ?? -1]
      if (!sentence || sentence.role === "administrative") continue
      add(atoms.folded[at] ?? "", at)
      for (const placeholder of placeholdersOf(atoms.lower[at] ?? "")) add(placeholder, at)
    }
  }

  /** Every word that the document says, folded. */
  words(): IterableIterator<string> {
    return this.positions.keys()
  }

  sentence(at: number): Sentence {
    return this.chart.read.sentences[at]!
  }

  /** What modifies the words at a place, nearest first; empty when affirmed, current and the patient's own. */
  reasons({ sentenceAt, first, last }: Place): Reason[] {
    const sentence = this.sentence(sentenceAt)
    let hits = this.hits.get(sentence)
    if (!hits) {
      hits = findTriggers(this.triggers, this.chart.read.atoms, sentence)
      this.hits.set(sentence, hits)
    }
    return reasonsFor(this.chart.read, sentence, hits, first, last)
  }

  /** Places of a wording, in order; of one that asks for several phrases the place of its first. */
  find(wording: CompiledWording): Place[] {
    const [head, ...rest] = wording
    const places = this.phrase(head ?? [])
    if (rest.length === 0 || places.length === 0) return places
    const others = rest.map((phrase) => new Set(this.phrase(phrase).map(({ sentenceAt }) => sentenceAt)))
    return places.filter(({ sentenceAt }) => others.every((sentences) => sentences.has(sentenceAt)))
  }

  private phrase(tokens: readonly string[]): Place[] {
    const places: Place[] = []
    for (const first of this.positions.get(tokens[0] ?? "") ?? []) {
      const sentenceAt = this.chart.read.sentenceOf[first] ?? -1
      const last = this.end(first, tokens, this.sentence(sentenceAt).last)
      if (last > 0) places.push({ text: this, sentenceAt, first, last })
    }
    return places
  }

  /** End of the phrase that begins at `first`, or -1. */
  private end(first: number, tokens: readonly string[], to: number): number {
    const { atoms } = this.chart.read
    let at = first + 1
    for (let i = 1; i < tokens.length; i++) {
      while (at < to && PASSED_OVER.has(atoms.lower[at] ?? "")) at++
      if (at >= to) return -1
      const token = tokens[i]!
      if (
        atoms.folded[at] !== token &&
        !(isPlaceholder(token) && placeholdersOf(atoms.lower[at] ?? "").includes(token))
      )
        return -1
      at++
    }
    return at
  }
}
