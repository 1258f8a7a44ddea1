/** The phase of an injury's encounter (7th character): told by words, not by the kind of visit. */
import type { CompiledLexicon } from "../lexicon/compile"
import { goesOn, phrasesByForm } from "../lexicon/phrases"
import type { ReadDocument, Sentence } from "../text/document"
import type { EncounterPhase } from "./refine"

const BY_WORD: Record<string, EncounterPhase> = { initial: "A", subsequent: "D", sequela: "S" }

function phaseInSentence(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence
): EncounterPhase | undefined {
  const { atoms } = document
  const starting = phrasesByForm(lexicon.modifiers, atoms)
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const phrase of starting[atoms.form[at]!]!) {
      if (phrase.value.axis !== "encounter") continue
      if (!goesOn(atoms, at, phrase.tokens, sentence.last)) continue
      for (const word of phrase.value.value) {
        const phase = BY_WORD[word]
        if (phase) return phase
      }
    }
  }
  return undefined
}

/** What sentences of a role say in a document, when they say anything but an initial encounter. */
function documentPhase(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  role: "assessed" | "plan"
): EncounterPhase | undefined {
  for (const sentence of document.sentences) {
    if (sentence.role !== role) continue
    const said = phaseInSentence(lexicon, document, sentence)
    if (said && said !== "A") return said
  }
  return undefined
}

const ACUTE_KIND = /emergency|urgent|operative|trauma/i
const ACUTE_TITLE =
  /\b(?:emergency (?:department|room|medicine)|urgent care|ED (?:provider |physician )?(?:note|visit|report|course)|trauma|operative (?:report|note))\b/i
/** A title stands at the head of a note. */
const HEAD = 400

/** Words of the lexicon that tell of an injury just suffered or being treated. */
function tellsRecent(lexicon: CompiledLexicon, document: ReadDocument): boolean {
  const { atoms } = document
  const starting = phrasesByForm(lexicon.modifiers, atoms)
  return document.sentences.some((sentence) => {
    if (sentence.role === "history" || sentence.role === "family" || sentence.role === "instructions")
      return false
    for (let at = sentence.first; at < sentence.last; at++) {
      for (const { tokens, value } of starting[atoms.form[at]!]!) {
        const initial = value.axis === "encounter" && value.value.includes("initial")
        if (!initial && value.axis !== "onset") continue
        if (goesOn(atoms, at, tokens, sentence.last)) return true
      }
    }
    return false
  })
}

/** The document tells of active treatment (I.C.19.a): of an emergency, an operation, or of an injury just suffered. */
function isActiveTreatment(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  kind: string | undefined
): boolean {
  if (kind !== undefined && ACUTE_KIND.test(kind)) return true
  if (ACUTE_TITLE.test(document.text.slice(0, HEAD))) return true
  if (document.stretches.some(({ section }) => section === "ed-course" || section === "postop-diagnosis"))
    return true
  return tellsRecent(lexicon, document)
}

/** What the document as a whole tells of the phase. */
export interface PhaseSigns {
  assessed: EncounterPhase | undefined
  /** After active treatment the plan speaks of times to come: "cast removal in four weeks". */
  plan: EncounterPhase | undefined
  active: boolean
}

export function phaseSigns(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  kind: string | undefined
): PhaseSigns {
  return {
    assessed: documentPhase(lexicon, document, "assessed"),
    plan: documentPhase(lexicon, document, "plan"),
    active: isActiveTreatment(lexicon, document, kind)
  }
}

/**
 * @returns what the sentence itself says, else what the document's diagnoses do, else A when the document tells of
 *   active treatment, else what the plan says; undefined: a choice left to the coder
 */
export function phaseOf(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence,
  { assessed, plan, active }: PhaseSigns
): EncounterPhase | undefined {
  return phaseInSentence(lexicon, document, sentence) ?? assessed ?? (active ? "A" : plan)
}
