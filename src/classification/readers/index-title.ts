/**
 * The title of an index line: words, and nonessential modifiers in parentheses.
 * "Abandonment (causing exposure to weather conditions) NEC" -> "Abandonment NEC" and the words in parentheses.
 */

export interface IndexTitle {
  /** Without nonessential modifiers: "Diabetes, diabetic". */
  title: string
  /** Inner text of each pair of parentheses: "mellitus", "acute idiopathic". */
  nonessential: string[]
  /** An instruction that stands in parentheses: "(see Pneumonia, in (due to))". */
  see?: string
}

/** Plural endings and the like: they belong to the word before and say nothing of their own. */
const ENDING = /^(?:s|es|ies|ly|ally|ed|ing|d)$/

const ENDING_IN_PARENTHESES = /(?<=[A-Za-z])\((?:s|es|ies|ly)\)/g

function tidy(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/ ([,;:])/g, "$1")
    .replace(/,{2,}/g, ",")
    .trim()
}

/**
 * Parentheses may nest ("(electrode(s))") and stand between words. When letters follow a closing one at once
 * they belong to the same word: "Amnes(t)ic" is "Amnestic". An unclosed parenthesis is read to the end.
 */
export function readIndexTitle(text: string): IndexTitle {
  const result: IndexTitle = { title: "", nonessential: [] }
  let at = 0
  let title = ""
  while (at < text.length) {
    if (text[at] !== "(") {
      title += text[at++]
      continue
    }
    let depth = 0
    let end = at
    for (; end < text.length; end++) {
      if (text[end] === "(") depth++
      else if (text[end] === ")" && --depth === 0) break
    }
    const inner = tidy(text.slice(at + 1, end).replace(ENDING_IN_PARENTHESES, ""))
    const glued = /^[a-z]/.test(text.slice(end + 1)) && /[A-Za-z]$/.test(title) && /^[a-z]{1,3}$/.test(inner)
    if (glued) title += inner
    else {
      const see = /^see (?!also)(.+)$/i.exec(inner)
      if (see) result.see = tidy(see[1]!)
      else if (inner !== "" && !ENDING.test(inner)) result.nonessential.push(inner.replace(/^-|-$/g, ""))
      title += " "
    }
    at = end + 1
  }
  result.title = tidy(title)
  return result
}

/**
 * A code that stands behind the words of a title instead of beside it: "during procedureT88.53", "specified NEC
 * Y93.L9". Not what the words themselves refer to: "classifiable to B85.0-B85.2".
 */
export function codeInTitle(title: string): { title: string; code: string } | undefined {
  const found = /^(.*[a-z]|.*\S\s+)([A-Z]\d[0-9A-Z])\.([0-9A-Z]{1,4})$/.exec(title)
  if (!found) return undefined
  const words = found[1]!.trim()
  // What a preposition or a dash leads to is what the words speak of.
  if (/(?:\b(?:to|in|with|and|or|see|codes?|categor(?:y|ies))|[-\u2013])$/i.test(words)) return undefined
  return { title: words, code: found[2]! + found[3]! }
}
