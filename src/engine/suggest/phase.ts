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

/**
 * @param whole what `documentPhase` told
 * @returns what the sentence itself says, else what the document does, else A when the provider assesses the
 *   injury here (active treatment, I.C.19.a); undefined: a choice left to the coder
 */
export function phaseOf(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence,
  whole: EncounterPhase | undefined,
  assessed: boolean
): EncounterPhase | undefined {
  return phaseInSentence(lexicon, document, sentence) ?? whole ?? (assessed ? "A" : undefined)
}
