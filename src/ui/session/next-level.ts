/** What still has to be said below a header: its children, named by what sets them apart. Pure. */
import type { CodePack, Row } from "@/classification/pack-api"
import type { Axis } from "@/engine/types"

/** Undefined when the code is billable or has nothing below it. */
export function nextLevel(pack: CodePack, row: Row): Axis | undefined {
  const children = pack.billable(row) ? [] : pack.children(row)
  if (children.length === 0) return undefined
  const title = pack.title(row)
  const seventh = children.every((child) => pack.code(child).replace(".", "").length === 7)
  return {
    axis: seventh ? "7th character" : "more exactly",
    options: children.map((child) => {
      const code = pack.code(child)
      const meaning = seventh
        ? pack.seventh(child).find((entry) => entry.character === code.at(-1))
        : undefined
      const value = meaning ? `${meaning.character}: ${meaning.text}` : difference(title, pack.title(child))
      return { value, code }
    })
  }
}

/** Words of `title` that `parent` does not have, in order; the whole title when nothing would be left. */
export function difference(parent: string, title: string): string {
  const known = new Set(words(parent))
  const own = title.split(/\s+/).filter((word) => !known.has(bare(word)))
  const text = own
    .join(" ")
    .replace(/^(?:of|with|and|for|in|due|to)\s+/i, "")
    .replace(/^[\s,]+|[\s,]+$/g, "")
  return text === "" ? title : text
}

function words(text: string): string[] {
  return text.split(/\s+/).map(bare)
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
