/** Whether a chart holds any word that tells of a code: the last question before "no mention seen". */
import type { CodePack, Row } from "@/classification/pack-api"
import { foldTokens, tokenize } from "@/classification/words"
import { titleWords } from "../checks/titles"
import type { ChartDocument } from "../types"

export interface WordsSeen {
  anyOf(pack: CodePack, row: Row): boolean
}

/** A word of the classification that stands in more terms than this says too little: "disease", "pain", "right". */
const MOST_TERMS = 1_500

/** Reads the chart when it is first asked. */
export function wordsSeen(documents: readonly ChartDocument[]): WordsSeen {
  let words: Set<string> | undefined
  return {
    anyOf(pack, row) {
      words ??= new Set(documents.flatMap(({ text }) => foldTokens(text, tokenize(text))))
      for (const word of titleWords(pack, row).all) {
        const id = pack.vocabulary.id(word)
        if (words.has(word) && (id < 0 || pack.vocabulary.frequency(id) <= MOST_TERMS)) return true
      }
      return false
    }
  }
}
