/**
 * What a new release did to single codes: the ones a coder keeps. The difference of whole releases is
 * another matter; here nothing is walked but the codes asked for.
 */
import type { CodeRef } from "./model"
import type { CodePack } from "./pack-api"

export interface CodeChange extends CodeRef {
  /** As it was called before. */
  title: string
  /**
   * "retired": gone; "header": still there but no longer billable, more characters are needed; "retitled":
   * means something said differently now; "billable": a header that became a code.
   */
  change: "retired" | "header" | "retitled" | "billable"
  /** "retitled": the new title. */
  now?: string
  /** What to look at instead, dotted: successors of a retired code where a file or the titles tell, children of a header. */
  instead: CodeRef[]
}

/**
 * @param now the newer release
 * @param before the release before; without it only what `now` itself tells of earlier ones is known
 * @returns undefined when the code is as it was, or was never one that is known
 */
export function changeOf(ref: CodeRef, now: CodePack, before?: CodePack): CodeChange | undefined {
  const { system } = ref
  const of = (codes: readonly string[]): CodeRef[] => codes.map((code) => ({ system, code }))
  const old = before?.find(ref.code) ?? -1
  const row = now.find(ref.code)
  if (row < 0) {
    const told = now.retired(ref.code)
    const title = before && old >= 0 ? before.title(old) : told?.title
    if (title === undefined) return undefined
    return { ...ref, title, change: "retired", instead: of(told?.successors ?? []) }
  }
  const title = now.title(row)
  if (!before || old < 0) {
    // Only a file that says so makes a header of it: categories were never billable.
    if (now.billable(row) || now.history(row).headerSince !== now.info.effective.from) return undefined
    return { ...ref, title, change: "header", instead: of(now.children(row).map((child) => now.code(child))) }
  }
  const was = before.title(old)
  if (before.billable(old) && !now.billable(row)) {
    const children = now.children(row).map((child) => now.code(child))
    return { ...ref, title: was, change: "header", instead: of(children) }
  }
  if (!before.billable(old) && now.billable(row))
    return { ...ref, title: was, change: "billable", instead: [] }
  return sameWords(was, title)
    ? undefined
    : { ...ref, title: was, change: "retitled", now: title, instead: [] }
}

/** Case, blanks and punctuation say nothing new. */
function sameWords(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
  return words(a) === words(b)
}
