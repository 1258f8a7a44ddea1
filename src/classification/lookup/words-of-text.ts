/** Content words of texts that come up again and again: 7th characters, nonessential modifiers. */
import { contentWords } from "../words"

const MEMO_LIMIT = 1000
const memo = new Map<string, readonly string[]>()

/** As `contentWords`, remembered. Only for texts of a pack, never for what a user typed. */
export function wordsIn(text: string): readonly string[] {
  let words = memo.get(text)
  if (words === undefined) {
    words = contentWords(text)
    if (memo.size >= MEMO_LIMIT) memo.clear()
    memo.set(text, words)
  }
  return words
}
