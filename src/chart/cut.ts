const BLANK = /\s/
/** How far back a blank is looked for; beyond it (one endless "word") the cut falls where it falls. */
const REACH = 200

/**
 * Where a text of at most `limit` UTF-16 units may end so that no word is cut in two: half a word reads like
 * another ("pat" of "patient"). Looks from `from + limit` backwards.
 */
export function wordEnd(text: string, from: number, limit: number): number {
  const end = from + limit
  if (end >= text.length || BLANK.test(text.charAt(end))) return Math.min(end, text.length)
  for (let at = end; at > from && at > end - REACH; at--) if (BLANK.test(text.charAt(at - 1))) return at
  return end
}
