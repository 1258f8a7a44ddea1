/**
 * A text that changes, and where a span of an older version stands now. Two versions are told apart by one
 * edit: what is equal at the start and at the end stays, what is between was replaced. Only the numbers of
 * an edit are kept, never old text.
 */
export interface Edit {
  /** Version that this edit made. */
  version: number
  start: number
  removed: number
  added: number
}

/** Edits that are remembered; spans older than that are looked for by their quote alone. */
const MEMORY = 32
/** How far from its old place a quote is looked for. */
const REACH = 2_000

/** The one edit that turns `before` into `after`. */
export function singleEdit(before: string, after: string): Omit<Edit, "version"> {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let tail = 0
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  return { start, removed: before.length - start - tail, added: after.length - start - tail }
}

export class VersionedText {
  text = ""
  version = 0
  private edits: Edit[] = []

  /** @returns true when the text is another one; the version has risen then */
  update(text: string): boolean {
    if (this.version > 0 && text === this.text) return false
    this.version++
    if (this.version > 1) this.edits.push({ ...singleEdit(this.text, text), version: this.version })
    if (this.edits.length > MEMORY) this.edits.shift()
    this.text = text
    return true
  }

  /**
   * Offset in the current text where `quote`, once at `start` of `version`, stands now. Undefined when that
   * cannot be told for sure enough: a mark in the wrong place is worse than none.
   */
  locate(version: number, start: number, quote: string): number | undefined {
    if (quote === "") return undefined
    let at = start
    let untouched = true
    for (const edit of this.edits) {
      if (edit.version <= version) continue
      if (at >= edit.start + edit.removed) at += edit.added - edit.removed
      else if (at + quote.length > edit.start) untouched = false
    }
    if (untouched && this.text.startsWith(quote, at)) return at
    return this.nearest(quote, at)
  }

  private nearest(quote: string, around: number): number | undefined {
    const after = this.text.indexOf(quote, around)
    const before = this.text.lastIndexOf(quote, around)
    const toAfter = after < 0 ? Number.POSITIVE_INFINITY : after - around
    const toBefore = before < 0 ? Number.POSITIVE_INFINITY : around - before
    const best = Math.min(toAfter, toBefore)
    // Two equal words at nearly the same distance: which one was meant cannot be told.
    const clear = Math.max(toAfter, toBefore) > 2 * best + quote.length
    if (best > REACH || !clear) return undefined
    return toAfter < toBefore ? after : before
  }
}
