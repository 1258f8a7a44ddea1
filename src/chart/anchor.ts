/** From a span of the text to places in the page, and only when the page still says the same there. */
import type { NodeSpan, TextMap } from "./text-map"

const bare = (text: string) => text.replace(/\s+/g, "")

/**
 * One range for each text node under the span: a range never runs across another shadow tree, a hidden
 * part or a region that was left out.
 * @returns null when a node is gone or now says something else
 */
export function rangesOf(map: TextMap, start: number, end: number): Range[] | null {
  const spans = map.nodesAt(start, end)
  if (spans.length === 0) return null
  // Read before any range is made: live ranges cost the page something.
  const shown = spans.map(({ node, from, to }) => node.data.slice(from, to)).join("")
  if (bare(shown) !== bare(map.text.slice(start, end))) return null
  if (!spans.every(({ node }) => node.isConnected)) return null
  return spans.map(rangeOf)
}

function rangeOf({ node, from, to }: NodeSpan): Range {
  const range = new Range()
  range.setStart(node, from)
  range.setEnd(node, to)
  return range
}
