/** Answers that stand in a cell or box of their own: "Gout | 2015 | Resolved", "Diabetes: [ ] yes [x] no". */
import type { Atoms } from "./atoms"
import type { Sentence } from "./document"

/** In atoms: an answer is one word or two. */
const LONGEST_ANSWER = 3
const YES_NO: ReadonlySet<string> = new Set("yes no y n none denies neg negative pos positive".split(" "))

/** A box whose entry only says yes or no answers what stands before it. */
function onlyAnswers(atoms: Atoms, sentence: Sentence): boolean {
  return (
    sentence.box !== undefined &&
    YES_NO.has(atoms.lower[sentence.first] ?? "") &&
    sentence.last - sentence.first <= 2
  )
}

/**
 * Gives the first cell of each row the short ones behind it as answers; an unticked "yes" or "no" answers nothing.
 * @param rows for each sentence the number of its row
 */
export function markAnswers(atoms: Atoms, sentences: readonly Sentence[], rows: readonly number[]): void {
  let head = 0
  for (let i = 1; i < sentences.length; i++) {
    const sentence = sentences[i]!
    const question = sentences[head]!
    if (rows[i] !== rows[head]) {
      head = i
      continue
    }
    const answers = onlyAnswers(atoms, sentence)
    if (sentence.box && !answers) {
      head = i
      continue
    }
    if (answers && sentence.box === "open") continue
    if (sentence.last - sentence.first > LONGEST_ANSWER) continue
    question.answers ??= []
    question.answers.push({ first: sentence.first, last: sentence.last })
  }
}
