/** Code patterns of the lexicon: "R05" covers everything below it, "J12-J18" a range, ends included. */
import type { CodePattern } from "../lexicon-types"

export interface PatternSet {
  has(code: string): boolean
}

interface Range {
  from: string
  to: string
}

function plain(code: string): string {
  return code.replace(".", "").toUpperCase()
}

export function compilePatterns(patterns: readonly CodePattern[]): PatternSet {
  const ranges: Range[] = patterns.map((pattern) => {
    const [from = "", to = from] = pattern.split("-")
    return { from: plain(from), to: plain(to) }
  })
  return {
    has(code) {
      const bare = plain(code)
      return ranges.some(
        ({ from, to }) => bare.slice(0, from.length) >= from && bare.slice(0, to.length) <= to
      )
    }
  }
}
