/** Codes as a tree by their beginnings: E11 > E11.4 > E11.40. */
import type { ModelCode } from "../model"
import { ReaderError } from "./reader-error"

/** Longest proper beginning of a code, of at least a category, that is in `known`. */
export function nearestAncestor(code: string, known: { has(code: string): boolean }): string | undefined {
  for (let length = code.length - 1; length >= 3; length--) {
    const beginning = code.slice(0, length)
    if (known.has(beginning)) return beginning
  }
  return undefined
}

/** Every subtree must be contiguous, headers first, and only leaves billable: the pack relies on it. */
export function expectOneTree(codes: readonly ModelCode[], release: string): void {
  const known = new Map(codes.map((each) => [each.code, each]))
  const path: string[] = []
  for (const { code } of codes) {
    const parent = nearestAncestor(code, known)
    while (path.length > 0 && path[path.length - 1] !== parent) path.pop()
    if (parent === undefined ? code.length !== 3 : path.length === 0) {
      throw new ReaderError(
        release,
        undefined,
        `${code} next to its ${parent ? `header ${parent}` : "category"}`,
        "it apart"
      )
    }
    if (parent && known.get(parent)!.billable) {
      throw new ReaderError(
        release,
        undefined,
        `${parent} as a header, since ${code} hangs below it`,
        "it billable"
      )
    }
    path.push(code)
  }
}
