/** The phase of an injury's encounter (7th character): told by words, not by the kind of visit. */
import type { CompiledLexicon } from "../lexicon/compile"
import type { ReadDocument, Sentence } from "../text/document"
import type { EncounterPhase } from "./refine"

const BY_WORD: Record<string, EncounterPhase> = { initial: "A", subsequent: "D", sequela: "S" }

function phaseInSentence(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence
): EncounterPhase | undefined {
  const { atoms } = document
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const phrase of lexicon.modifiers.startingWith(atoms.folded[at] ?? "")) {
      if (phrase.value.axis !== "encounter") continue
      if (at + phrase.tokens.length > sentence.last) continue
      if (!phrase.tokens.every((token, i) => atoms.folded[at + i] === token)) continue
      for (const word of phrase.value.value) {
        const phase = BY_WORD[word]
        if (phase) return phase
      }
    }
  }
  return undefined
}

/** What the assessed sentences of a document say, when they say anything but an initial encounter. */
export function documentPhase(lexicon: CompiledLexicon, document: ReadDocument): EncounterPhase | undefined {
  for (const sentence of document.sentences) {
    if (sentence.role !== "assessed" && sentence.role !== "plan") continue
    const said = phaseInSentence(lexicon, document, sentence)
    if (said && said !== "A") return said
  }
  return undefined
}

const ACUTE_KIND = /emergency|urgent|operative|trauma/i
const ACUTE_TITLE =
  /\b(?:emergency (?:department|room|medicine)|urgent care|trauma|operative (?:report|note))\b/i
/** A title stands at the head of a note. */
const HEAD = 400

/** Words of the lexicon that tell of an injury just suffered or being treated. */
function tellsRecent(lexicon: CompiledLexicon, document: ReadDocument): boolean {
  const { atoms } = document
  return document.sentences.some((sentence) => {
    if (sentence.role === "history" || sentence.role === "family" || sentence.role === "instructions")
      return false
    for (let at = sentence.first; at < sentence.last; at++) {
      for (const { tokens, value } of lexicon.modifiers.startingWith(atoms.folded[at] ?? "")) {
        const initial = value.axis === "encounter" && value.value.includes("initial")
        if (!initial && value.axis !== "onset") continue
        if (at + tokens.length > sentence.last) continue
        if (tokens.every((token, i) => atoms.folded[at + i] === token)) return true
      }
    }
    return false
  })
}

/** The document tells of active treatment (I.C.19.a): of an emergency, an operation, or of an injury just suffered. */
export function isActiveTreatment(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  kind: string | undefined
): boolean {
  if (kind !== undefined && ACUTE_KIND.test(kind)) return true
  if (ACUTE_TITLE.test(document.text.slice(0, HEAD))) return true
  if (document.stretches.some(({ section }) => section === "ed-course")) return true
  return tellsRecent(lexicon, document)
}

/**
 * @param whole what `documentPhase` told
 * @param active what `isActiveTreatment` told
 * @returns what the sentence itself says, else what the document does, else A when the document tells of active
 *   treatment; undefined: a choice left to the coder
 */
export function phaseOf(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence,
  whole: EncounterPhase | undefined,
  active: boolean
): EncounterPhase | undefined {
  return phaseInSentence(lexicon, document, sentence) ?? whole ?? (active ? "A" : undefined)
}
