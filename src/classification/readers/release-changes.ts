/** What a release changed, compared with the one before, and how a wording finds its new code. */
import type { ModelCode } from "../model"
import { TitleMatcher } from "./title-match"

export interface ReleaseChanges {
  codes: ReadonlyMap<string, ModelCode>
  /** Codes that the newer release divided (billable before, header now) or deleted. */
  stale: ReadonlySet<string>
  /** Titles of the codes that are new. */
  added: TitleMatcher
}

export function compareReleases(
  older: ReadonlyMap<string, ModelCode>,
  codes: readonly ModelCode[]
): ReleaseChanges {
  const newer = new Map(codes.map((code) => [code.code, code]))
  const stale = new Set<string>()
  for (const [code, before] of older) {
    const now = newer.get(code)
    if (!now || (before.billable && !now.billable)) stale.add(code)
  }
  return { codes: newer, stale, added: new TitleMatcher(codes.filter((code) => !older.has(code.code))) }
}

/**
 * The one code a wording leads to, of several titles that say the same. A code "X, unspecified" is what the
 * index means by X, so it goes before its header; "Unspecified X, right ..." leaves a side open, so there the
 * header stands and more characters are needed.
 */
export function theOne(
  matched: readonly string[],
  codes: ReadonlyMap<string, ModelCode>
): string | undefined {
  const endings = matched.filter((code) => /, unspecified$/i.test(codes.get(code)?.title ?? ""))
  if (endings.length === 1) return endings[0]
  const tops = matched.filter((code) => !matched.some((other) => other !== code && code.startsWith(other)))
  return tops.length === 1 ? tops[0] : undefined
}
