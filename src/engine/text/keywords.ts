/**
 * Lists of keywords that archives and dictation services put behind a note, without a heading: they are about the
 * document, not about the patient, and prove nothing.
 */

/** Fewer short items than this are a sentence of the note that happens to end it. */
const FEWEST = 5
const LONGEST_ITEM_WORDS = 5
const LONGEST = 1200

/**
 * Where such a list begins, or the length of the text when there is none: it runs to the end of the text, all of it
 * is in small letters and between commas, and it shows that nobody wrote it as a sentence: it hangs on the full
 * stop before it without a blank, or ends with a comma.
 */
export function keywordsFrom(text: string): number {
  const end = text.trimEnd().length
  const from = Math.max(0, end - LONGEST)
  // Back to the last capital: no keyword has one.
  let start = end
  while (start > from && !/[A-Z\n]/.test(text[start - 1] ?? "")) start--
  // A note all in small letters is somebody's shorthand.
  if (start === 0) return text.length
  const tail = text.slice(start, end)
  // Behind the last full stop of a sentence; "dr. no" and decimals are no end.
  let cut = 0
  for (const stop of tail.matchAll(/[.!?][)"']?(?=[\sa-z]|,\s)/g)) cut = stop.index + stop[0].length
  // Without a full stop the list must be the whole last line.
  if (cut === 0 && text[start - 1] !== "\n") return text.length
  const glued = cut > 0 && /[a-z]/.test(tail[cut] ?? "")
  const list = tail.slice(cut).replace(/^[\s,]+/, "")
  if (!glued && !list.endsWith(",")) return text.length
  const items = list.split(",").map((item) => item.trim())
  if (items[items.length - 1] === "") items.pop()
  const short = items.every(
    (item) => item !== "" && !/[:;?]/.test(item) && item.split(/\s+/).length <= LONGEST_ITEM_WORDS
  )
  if (items.length < FEWEST || !short) return text.length
  return end - list.length
}
