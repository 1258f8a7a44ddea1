/** Where phrases stand in a text: whole words in a row, any case, or as spelled. */
import { atomize } from "../text/atoms"

export interface Found {
  start: number
  end: number
}

/** Words of the text in order, with what lies between them left out of the comparison but for sentence ends. */
export class PhraseFinder {
  private readonly atoms: ReturnType<typeof atomize>

  constructor(private readonly text: string) {
    this.atoms = atomize(text)
  }

  /** @param phrases lower case; punctuation in them must be there too */
  any(phrases: readonly string[]): Found[] {
    return phrases.flatMap((phrase) => this.places(atomize(phrase).lower, this.atoms.lower))
  }

  /** As spelled. */
  exact(phrases: readonly string[]): Found[] {
    const words = Array.from({ length: this.atoms.count }, (_, at) =>
      this.text.slice(this.atoms.start[at], this.atoms.end[at])
    )
    return phrases.flatMap((phrase) => {
      const atoms = atomize(phrase)
      const wanted = Array.from({ length: atoms.count }, (_, at) =>
        phrase.slice(atoms.start[at], atoms.end[at])
      )
      return this.places(wanted, words)
    })
  }

  private places(wanted: readonly string[], words: readonly string[]): Found[] {
    const found: Found[] = []
    if (wanted.length === 0) return found
    for (let at = 0; at + wanted.length <= words.length; at++) {
      if (!wanted.every((word, n) => words[at + n] === word)) continue
      found.push({ start: this.atoms.start[at]!, end: this.atoms.end[at + wanted.length - 1]! })
    }
    return found
  }
}

/** Longest first where several begin inside one another. */
export function withoutOverlaps(found: readonly Found[]): Found[] {
  const ordered = [...found].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Found[] = []
  for (const each of ordered) {
    const last = kept.at(-1)
    if (last === undefined || each.start >= last.end) kept.push(each)
  }
  return kept
}

/** It lies inside one of the spans. */
export function isInside(each: Found, spans: readonly Found[]): boolean {
  return spans.some((around) => each.start >= around.start && each.end <= around.end)
}
