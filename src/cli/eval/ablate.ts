/** `npm run eval -- --ablate [set ...]`: what each component contributes: the figures without it. */
import { COMPONENTS, type Component } from "@/engine/components"
import { createEngine } from "@/engine/index"
import type { Lexicon } from "@/engine/lexicon-types"
import type { PackShelf } from "../load-packs"
import { codedScores, EVAL_DATE, type Line } from "./note-sets"

/** Sets with codes of whole notes, and whether every mention counts there. */
export const ABLATED: Record<string, boolean> = { acibench: false, codiesp: true }

const percent = (value: number): string => (value * 100).toFixed(1)
const change = (value: number): string => `${value < 0 ? "" : "+"}${percent(value)}`

/** @returns lines to print; undefined when the set is not on this machine */
export function ablate(shelf: PackShelf, set: string): Line[] | undefined {
  const scores = (without: readonly Component[]) => {
    const { packs } = shelf.pick(EVAL_DATE)
    const engine = createEngine({ packs, lexicon: shelf.lexicon() as Lexicon, without })
    return codedScores(engine, set, ABLATED[set] ?? false)
  }
  const whole = scores([])
  if (!whole) return undefined
  const lines: Line[] = [
    ["whole engine, F1 full, 3 characters", `${percent(whole.full)}  ${percent(whole.category)}`]
  ]
  for (const component of COMPONENTS) {
    const without = scores([component])
    if (!without) continue
    lines.push([
      `without ${component}`,
      `${percent(without.full)} (${change(without.full - whole.full)})  ${percent(without.category)} (${change(without.category - whole.category)})`
    ])
  }
  return lines
}
