/** List marks in front of lines: bullets, numbers, letters, "Problem #2:". */

export type Marker = "" | "bullet" | "number"

export interface Mark {
  marker: Marker
  /** Columns in front of the mark or text. */
  indent: number
  /** Characters in front of the text: blanks and mark. */
  length: number
  /** The number of a numbered line, 0 behind a bare "#", -1 for letters and otherwise. */
  number: number
}

const BLANKS = /^[ \t\u00a0]*/
const BULLET = /^(?:[#>]*[ \t]*)(?:[*•·▪◦●○‣–—−→➢✓❖-]+[ \t\u00a0]+|[•▪◦●‣➢])/
/** "1.", "1)", "(1)", "#1", "# 1.", "a.", "(b)", "IV.", "#"; decimals ("2.5 cm") are no marks. */
const NUMBER =
  /^(?:[#>]*[ \t]*)(?:\(?#?(\d{1,2})(?:[.)](?!\d)|[ \t]*-[ \t]+(?=[A-Z]))|#(\d{1,2})(?=[ \t:.)-])[:.)-]?|#+[ \t]*|\(?[A-Za-z][.)][ \t]+|\(?[IVX]{2,4}[.)][ \t]+)[ \t]*/
/** "1 HYPERTENSION": a bare number in front of a word, as far as it goes on counting; "2 L of oxygen" is text. */
const BARE_NUMBER = /^(\d{1,2})[ \t]+(?=[A-Z][A-Za-z]{3,})/
const WORDED = /^(?:problem|issue|item)[ \t]*(?:number[ \t]*)?#?[ \t]*(\d{1,2})[ \t]*[:.)-][ \t]*/i

/**
 * @param line text of the line, its first 80 characters are enough
 * @param counted number of the numbered line before it, -1 when there is none: a bare number goes on from there
 */
export function readMark(line: string, counted = -1): Mark {
  const indent = BLANKS.exec(line)?.[0].length ?? 0
  const rest = line.slice(indent, indent + 80)
  const mark = (marker: Marker, length: number, number = -1): Mark => ({
    marker,
    indent,
    length: indent + length,
    number
  })
  if (/^\([ xX]\)/.test(rest)) return mark("", 0)
  const worded = WORDED.exec(rest)
  if (worded) return mark("number", worded[0].length, Number(worded[1]))
  const bullet = BULLET.exec(rest)
  if (bullet) return mark("bullet", bullet[0].length)
  const number = NUMBER.exec(rest)
  // "I. Smith" and "A. fib" are read as lettered all the same: what stands behind is kept whole.
  if (number && number[0] !== "") {
    const digits = number[1] ?? number[2]
    return mark(
      "number",
      number[0].length,
      digits !== undefined ? Number(digits) : number[0].startsWith("#") ? 0 : -1
    )
  }
  const bare = BARE_NUMBER.exec(rest)
  if (bare) {
    const value = Number(bare[1])
    if (value === 1 || (counted >= 0 && value === counted + 1)) return mark("number", bare[0].length, value)
  }
  return mark("", 0)
}

/** A tick box in front of an entry; group 1 holds what stands in it. */
export const BOX = /\[([ xX✓✔*]?)\](?!\()|\(([ xX])\)|[☐☑☒□■]/g

/** Whether a box is ticked. A cross in a box is a tick: that is how forms are filled. */
export function isTicked(box: string): boolean {
  return !/^(?:\[\s?\]|\( \)|[☐□])$/.test(box)
}
