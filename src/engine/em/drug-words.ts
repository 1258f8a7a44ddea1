/** Words that name a drug: those of the Table of Drugs, and the brands of the lexicon. */
import type { CodePack } from "@/classification/pack-api"
import { foldWord } from "@/classification/words"

/** Shorter names are abbreviations that say other things too. */
const SHORTEST = 6
/** Substances of the table that a note names for other reasons than to treat. */
const NO_DRUGS: ReadonlySet<string> = new Set(
  "alcohol ethanol tobacco nicotine water oxygen coffee caffeine cannabis cocaine heroin venom smoke vitamin antibiotic antihypertensive diuretic steroid analgesic hormone agent therapy treatment medication medicine supplement drug oral topical vaccine glucose protein sodium potassium calcium".split(
    " "
  )
)
const DOSE = /^(?:mg|mcg|units?|ml|g|meq|puffs?|tablets?|capsules?|tabs?)$/
const GLUED_DOSE = /^\d+(?:\.\d+)?(?:mg|mcg|g|ml|units)$/

const known = new WeakMap<CodePack, ReadonlySet<string>>()

/** Folded names; read from the index once a pack. */
export function drugWords(pack: CodePack | undefined): ReadonlySet<string> {
  if (!pack?.indexBook) return new Set()
  let words = known.get(pack)
  if (!words) {
    const count = pack.indexBook.sources().find(({ source }) => source === "drug")?.mainTerms ?? 0
    const lines = pack.indexBook.mainTerms("drug", 0, count)
    words = new Set(
      lines
        .map(({ title }) => foldWord(title.split(/[\s,(-]/)[0] ?? ""))
        .filter((word) => word.length >= SHORTEST && !NO_DRUGS.has(word))
    )
    known.set(pack, words)
  }
  return words
}

/** A unit of dose behind a number ("40 mg", "500mg"). */
export function isDose(word: string, before: string | undefined): boolean {
  return GLUED_DOSE.test(word) || (DOSE.test(word) && before !== undefined && /^\d/.test(before))
}
