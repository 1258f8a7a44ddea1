/**
 * The same condition said twice, once with less: without what another statement adds, or unspecified beside its
 * kind. The one that says less gives way.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { compilePatterns } from "../lexicon/patterns"
import { factsOf } from "../match/pack-facts"
import { bare, DENIALS } from "../match/polarity"
import { type Candidate, packOf } from "./candidate"

/** "Secondary and unspecified" names a kind, not silence. */
const UNSPECIFIED = /(?<!\band )\bunspecified\b|\bNOS\b/i
/** "Carcinoid tumor of the small bowel" is no tumor of unspecified behavior besides. */
const UNKNOWN_BEHAVIOR = compilePatterns(["D49"])
const NEOPLASM = compilePatterns(["C00-D48"])
const MALIGNANT = compilePatterns(["C00-C96"])
/** A pregnancy that is itself dealt with is not incidental (I.C.15.a.1, note at Z33.1). */
const INCIDENTAL = compilePatterns(["Z33.1"])
const OBSTETRIC = compilePatterns(["O00-O9A", "Z34", "Z3A"])

/** What a stroke left behind says that there was one (note at Z86.73). */
const PAST_STROKE = compilePatterns(["Z86.73"])
const SEQUELA_OF_STROKE = compilePatterns(["I69"])

/** How somebody fell says more than that somebody fell (W19 Excludes1, I.C.20.c). */
const UNTOLD_FALL = compilePatterns(["W18.30", "W19"])
const TOLD_FALL = compilePatterns(["W00-W17", "W18.0-W18.2"])

export function termWords(candidate: Candidate): Set<string> {
  const words = new Set<string>()
  for (const { mention } of candidate.mentions) {
    const { pack, term } = mention.match
    for (const word of factsOf(pack).termWords(term)) words.add(word)
  }
  return words
}

export function isSubset(words: Iterable<string>, of: ReadonlySet<string>): boolean {
  for (const word of words) if (!of.has(word)) return false
  return true
}

/** The provider's own words deny something ("without obstruction"), so the title's denial is no mere default. */
function saysDenial(candidate: Candidate): boolean {
  return [...termWords(candidate)].some((word) => DENIALS.has(word))
}

/** `less` denies by default what `more` states, and says nothing that `more` does not. */
function deniesWhatIsSaid(less: Candidate, more: Candidate): boolean {
  if (less.code.slice(0, 3) !== more.code.slice(0, 3) || saysDenial(less)) return false
  const lessWords = factsOf(packOf(less)).signedTitle(less.row)
  const moreWords = new Set(factsOf(packOf(more)).signedTitle(more.row))
  const affirmed = lessWords.filter((word) => !word.startsWith("-"))
  return (
    isSubset(affirmed, moreWords) &&
    lessWords.some((word) => word.startsWith("-") && moreWords.has(bare(word)))
  )
}

/** The tabular wants both, in one order or the other. "Code also" only allows both (I.A.17). */
function belongTogether(pack: CodePack, a: Row, b: Row): boolean {
  const cites = (from: Row, to: Row) => factsOf(pack).wants(from).has(pack.code(to).slice(0, 3))
  return cites(a, b) || cites(b, a)
}

/** The words of the note that carry a mention, folded. */
function wordsInNote({ mention, chart }: Candidate["mentions"][number]): string[] {
  return mention.match.atoms.map((at) => chart.read.atoms.folded[at] ?? "")
}

/**
 * "Pneumonia" beside "aspiration pneumonia": unspecified, and all its words said again in a kind of it. The words of
 * the note count as well as those of the classification: synonyms take the two far apart.
 */
function isKindOf(less: Candidate, more: Candidate): boolean {
  const pack = packOf(less)
  if (less.code[0] !== more.code[0] || !UNSPECIFIED.test(factsOf(pack).title(less.row))) return false
  const byTerm = termWords(less)
  const byNote = new Set(less.mentions.flatMap(wordsInNote))
  // A code that was made of both (a combination) has the mention of each: that says nothing against either.
  const own = new Set(less.mentions.map(({ mention }) => mention))
  const says = more.mentions.some((each) => {
    if (own.has(each.mention)) return false
    const { match } = each.mention
    const said = new Set([...factsOf(match.pack).termWords(match.term), ...wordsInNote(each)])
    return [byTerm, byNote].some((words) => words.size > 0 && said.size > words.size && isSubset(words, said))
  })
  return says && !belongTogether(pack, less.row, more.row)
}

/** Every mention of the one shares words of the note with a mention of the other. */
function overlap(less: Candidate, more: Candidate): boolean {
  return less.mentions.every(({ mention }) =>
    more.mentions.some(
      (other) =>
        other.mention.sentence === mention.sentence &&
        other.mention.match.atoms.some((at) => mention.match.atoms.includes(at))
    )
  )
}

/** @returns the rule by which `more` makes `less` superfluous, if it does */
export function supersededBy(less: Candidate, more: Candidate): string | undefined {
  if (less === more || less.tree !== more.tree) return undefined
  if (deniesWhatIsSaid(less, more)) return "conv.duplicate"
  if (UNKNOWN_BEHAVIOR.has(less.code) && NEOPLASM.has(more.code) && overlap(less, more)) return "conv.nec-nos"
  if (UNTOLD_FALL.has(less.code) && TOLD_FALL.has(more.code)) return "conv.nec-nos"
  // "Tumor extension to periprostatic tissue" of a carcinoma speaks of that one.
  if (UNKNOWN_BEHAVIOR.has(less.code) && MALIGNANT.has(more.code)) return "conv.nec-nos"
  if (PAST_STROKE.has(less.code) && SEQUELA_OF_STROKE.has(more.code)) return "conv.excludes1"
  if (INCIDENTAL.has(less.code) && OBSTETRIC.has(more.code)) return "conv.excludes1"
  return isKindOf(less, more) ? "conv.nec-nos" : undefined
}
