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

const LARGE_A = 65
const SMALL_A = 97

export function compilePatterns(patterns: readonly CodePattern[]): PatternSet {
  const ranges: Range[] = patterns.map((pattern) => {
    const [from = "", to = from] = pattern.split("-")
    return { from: plain(from), to: plain(to) }
  })
  // The first character turns nearly all codes away: asked of every candidate for every rule.
  const letters = ranges.map(({ from, to }) => ({ from: from.charCodeAt(0), to: to.charCodeAt(0) }))
  return {
    has(code) {
      const first = code.charCodeAt(0)
      const letter = first >= SMALL_A ? first - SMALL_A + LARGE_A : first
      let bare: string | undefined
      for (let i = 0; i < ranges.length; i++) {
        if (letter < letters[i]!.from || letter > letters[i]!.to) continue
        bare ??= plain(code)
        const { from, to } = ranges[i]!
        if (bare.slice(0, from.length) >= from && bare.slice(0, to.length) <= to) return true
      }
      return false
    }
  }
}
