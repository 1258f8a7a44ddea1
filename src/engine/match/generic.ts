/** Terms on the stop list: words that name no condition well enough to be assessed by themselves. */
import type { CodePack } from "@/classification/pack-api"
import type { CompiledLexicon } from "../lexicon/compile"
import type { Match } from "./concepts"
import { factsOf } from "./pack-facts"

type Generic = CompiledLexicon["generic"]

/** Longer terms are no mere words. */
const MOST_WORDS = 3
const KINDS = [undefined, "condition", "word"] as const

/** By stop list and code set, for each term one more than its place in KINDS; 0: not looked up yet. */
const known = new WeakMap<Generic, WeakMap<CodePack, Uint8Array>>()

function kindsOf(generic: Generic, pack: CodePack): Uint8Array {
  const packs = known.get(generic) ?? new WeakMap<CodePack, Uint8Array>()
  known.set(generic, packs)
  const kinds = packs.get(pack) ?? new Uint8Array(pack.terms.count)
  packs.set(pack, kinds)
  return kinds
}

/** Whether the term is on the stop list; "condition": it names one, only vaguely. */
export function genericKind({ generic }: CompiledLexicon, match: Match): (typeof KINDS)[number] {
  const { pack, term } = match
  if (match.size > MOST_WORDS) return undefined
  const kinds = kindsOf(generic, pack)
  if (kinds[term] === 0) {
    const entry = generic.get(factsOf(pack).termWords(term).sort().join(" "))
    kinds[term] = 1 + (entry ? KINDS.indexOf(entry.condition ? "condition" : "word") : 0)
  }
  return KINDS[kinds[term]! - 1]
}
