/**
 * Two affirmed diagnoses that an Excludes1 note keeps apart (I.A.12.a): the better supported one stays, the other is
 * only to be considered, with the note. Neither vanishes: the coder decides whether the two are related.
 */
import type { Row } from "@/classification/pack-api"
import { ExcludesReader, type Exclusion } from "../checks/excludes"
import { factsOf } from "../match/pack-facts"
import type { Suggestion } from "../types"
import { type Candidate, packOf } from "./candidate"
import type { Tree } from "./refine"
import { isSubset, termWords } from "./supersede"

type Note = Pick<Exclusion, "at" | "text">

/** An Excludes1 note of `less` says that with the condition of `more` it is part of that ("with heart failure"). */
function partOf(less: Candidate, more: Candidate): Note | undefined {
  const category = more.code.slice(0, 3)
  const naming = factsOf(packOf(less))
    .excludes(less.row)
    .filter(({ at, categories }) => categories.has(category) && at.slice(0, 3) === less.code.slice(0, 3))
  if (naming.length === 0) return undefined
  const own = termWords(less)
  const both = new Set([...own, ...termWords(more)])
  return naming.find(
    ({ words }) => words.some((word) => own.has(word)) && !isSubset(words, own) && isSubset(words, both)
  )
}

function cautionOf(note: Note, stays: Candidate): NonNullable<Suggestion["caution"]> {
  return {
    rule: "conv.excludes1",
    text: `Excludes1 at ${note.at}: ${note.text}. Not together with ${stays.code} unless the two are unrelated (I.A.12.a).`
  }
}

/** Keeps what was read of the notes of a pack: every chart asks for the same ones. */
export class Exclusions {
  private readonly readers = new Map<Tree, ExcludesReader>()

  private between(tree: Tree, a: Row, b: Row): Exclusion | undefined {
    let reader = this.readers.get(tree)
    if (!reader) {
      reader = new ExcludesReader(tree.pack)
      this.readers.set(tree, reader)
    }
    return reader.between(a, b)
  }

  /** The candidates that give way, with the reason; those of tier code alone are looked at. */
  among(candidates: readonly Candidate[]): Map<Candidate, NonNullable<Suggestion["caution"]>> {
    const gone = new Map<Candidate, NonNullable<Suggestion["caution"]>>()
    const coded = candidates
      .filter((each) => each.tier === "code")
      .sort((a, b) => b.score - a.score || a.place - b.place || a.row - b.row)
    coded.forEach((less, i) => {
      // Better supported, and itself standing.
      for (const more of coded.slice(0, i)) {
        if (gone.has(more) || gone.has(less) || more.tree !== less.tree) continue
        const note = partOf(less, more)
        const turned = note ? undefined : partOf(more, less)
        if (note) gone.set(less, cautionOf(note, more))
        else if (turned) gone.set(more, cautionOf(turned, less))
        else {
          const exclusion = this.between(less.tree, less.row, more.row)
          if (exclusion?.verdict === "fail") gone.set(less, cautionOf(exclusion, more))
        }
      }
    })
    return gone
  }
}
