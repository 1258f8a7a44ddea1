/**
 * Etiology and manifestation (I.A.13): "COVID-19 pneumonia" is one wording and two codes. Where the note of a code
 * names one code to be coded first, and the provider's words name that condition, it is suggested too.
 */
import { contentWords } from "@/classification/words"
import { factsOf } from "../match/pack-facts"
import { type Candidate, packOf } from "./candidate"

const CITED = /\(([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)\)\s*$/

/** What the provider said in the mentions of a candidate: words of the note and of the wordings they lead to. */
function wordsOf(candidate: Candidate): Set<string> {
  const words = new Set<string>()
  for (const { mention } of candidate.mentions) {
    for (const word of factsOf(mention.match.pack).termWords(mention.match.term)) words.add(word)
    for (const word of mention.said) words.add(word)
  }
  return words
}

/** Candidates for the underlying conditions that the wordings of manifestations name and no other mention does. */
export function etiologiesOf(candidates: readonly Candidate[]): Candidate[] {
  const found: Candidate[] = []
  for (const candidate of candidates) {
    if (candidate.tier !== "code") continue
    const pack = packOf(candidate)
    if (pack.info.system !== "ICD-10-CM" || !/^[A-T]/.test(candidate.code)) continue
    let words: Set<string> | undefined
    for (const { kind, text } of pack.notes(candidate.row, true)) {
      const code = kind === "codeFirst" ? CITED.exec(text)?.[1] : undefined
      if (code === undefined) continue
      const row = pack.find(code)
      if (row < 0 || !pack.billable(row)) continue
      const named = contentWords(text.replace(CITED, " "))
      words ??= wordsOf(candidate)
      if (named.length === 0 || !named.every((word) => words?.has(word))) continue
      if ([...candidates, ...found].some((each) => each.code.slice(0, 3) === code.slice(0, 3))) continue
      found.push({
        ...candidate,
        from: row,
        row,
        code,
        evidence: candidate.evidence.map((each) => ({
          ...each,
          via: `${each.via}; code first at ${candidate.code}`
        })),
        mentions: [...candidate.mentions],
        place: candidate.place - 0.5
      })
    }
  }
  return found
}
