import type { ModelCode, ModelSection } from "../model"

/**
 * Borrowed ranges, stretched over categories that are new. One that stands between two blocks goes with the
 * neighbour it shares two characters with (J4B behind J40-J4A), else with the block before it.
 */
export function stretchSections(
  sections: readonly ModelSection[],
  older: readonly ModelCode[],
  codes: readonly ModelCode[]
): ModelSection[] {
  const known = new Set(older.filter((code) => code.code.length === 3).map((code) => code.code))
  const categories = codes.filter((code) => code.code.length === 3).map((code) => code.code)
  const result = sections.map((section) => ({ ...section }))
  for (const [at, category] of categories.entries()) {
    if (known.has(category)) continue
    const before = categories[at - 1]
    const behind = categories.slice(at + 1).find((each) => known.has(each))
    const joinsBehind =
      behind?.slice(0, 2) === category.slice(0, 2) && before?.slice(0, 2) !== category.slice(0, 2)
    for (const section of result) {
      // A block of one category names that category (QA0): a neighbour is not part of it.
      if (section.kind === "block" && section.first === section.last) continue
      if (joinsBehind && section.first === behind) section.first = category
      else if (!joinsBehind && section.last === before) section.last = category
    }
  }
  return result.filter((section) => categories.includes(section.first) && categories.includes(section.last))
}
