/** The visible text of one document, without the application around the note, and the way back to its nodes. */
import { chooseRegions, regionText } from "./regions"
import { TextMap } from "./text-map"
import { type WalkEnv, walk } from "./walk"

export interface Extraction {
  map: TextMap
  /** Text of the patient header(s): for identity, never for suggestions. */
  header: string
  /** Characters beyond the limit. */
  leftOut: number
  textareas: HTMLTextAreaElement[]
  inputs: HTMLInputElement[]
  frames: Element[]
  shadowRoots: ShadowRoot[]
  nodes: number
  torn: boolean
}

/** Design.md 2: up to 1 MB of text a chart. */
export const TEXT_LIMIT = 1_000_000
const HEADER_LIMIT = 4_000

/** A word or two make a note of a line; a long text in which hardly anything is clinical is none. */
const leastScore = (chars: number) => (chars < 100 ? 1 : chars < 400 ? 2 : 3)

/**
 * @param start document element, or a shadow root
 * @param limit UTF-16 units that are kept; the rest is counted in `leftOut`
 */
export function* extract(
  start: Element | ShadowRoot,
  env: WalkEnv,
  limit = TEXT_LIMIT
): Generator<void, Extraction> {
  // Twice the limit, because regions that do not belong to the note are taken out afterwards.
  const walked = yield* walk(start, env, 2 * limit)
  const { pieces } = walked.list
  const { headers, score } = yield* chooseRegions(pieces, walked.regions)
  const { map, leftOut } = yield* TextMap.join(pieces, limit)
  const header = headers
    .map((region) => regionText(pieces, region.first, region.last, HEADER_LIMIT))
    .join("\n")
  return {
    map: score >= leastScore(map.text.length) ? map : TextMap.empty,
    header: header.slice(0, HEADER_LIMIT),
    leftOut: leftOut + walked.list.leftOut,
    textareas: walked.textareas,
    inputs: walked.inputs,
    frames: walked.frames,
    shadowRoots: walked.shadowRoots,
    nodes: walked.nodes,
    torn: walked.torn
  }
}
