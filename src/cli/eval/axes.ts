/**
 * `npm run eval -- axes`: what the derived axes are worth over the whole release: the share of headers whose children
 * they tell apart, and the axes of 40 categories drawn at random, to be read and judged (test-results/eval/axes.jsonl).
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { Axes, compileAxisWords } from "@/engine/axes"
import type { Lexicon } from "@/engine/lexicon-types"
import { seeded } from "../seeded"
import type { Line } from "./note-sets"
import { writeErrors } from "./sets"

const DRAWN = 40
const SEED = 20261202

/** Every child of a level is told from every other by the values of its axes. */
function isTold(axes: Axes, parent: Row): boolean {
  const level = axes.level(parent)
  const seen = new Set(level.children.map((child) => axes.told(level, child)))
  return level.axes.length > 0 && seen.size === level.children.length
}

function tableOf(pack: CodePack, axes: Axes, category: Row): object[] {
  const rows: object[] = []
  for (let row = category; row <= pack.subtreeEnd(category); row++) {
    if (pack.billable(row) || pack.children(row).length < 2) continue
    const shown = axes.axesAt(row, row)
    rows.push({
      level: `${pack.code(row)} ${pack.title(row)}`,
      axes: shown.map(({ axis, options }) => `${axis}: ${options.map(({ value }) => value).join(" | ")}`)
    })
  }
  return rows
}

export function evalAxes(packs: readonly CodePack[], lexicon: Lexicon): Line[] | undefined {
  const pack = packs.find(({ info }) => info.system === "ICD-10-CM")
  if (!pack) return undefined
  const axes = new Axes(pack, compileAxisWords(lexicon.axes ?? []))
  const headers: Row[] = []
  const categories: Row[] = []
  for (let row = 0; row < pack.size; row++) {
    if (pack.billable(row)) continue
    if (pack.children(row).length > 1) headers.push(row)
    if (pack.code(row).length === 3 && pack.children(row).length > 1) categories.push(row)
  }
  const begun = process.cpuUsage()
  for (const row of headers) axes.level(row)
  const used = process.cpuUsage(begun)
  const usable = headers.filter((row) => axes.axesAt(row, row).length > 0)
  const told = headers.filter((row) => isTold(axes, row))
  const several = headers.filter((row) => axes.level(row).axes.length > 1)
  const draw = seeded(SEED)
  const drawn = new Set<Row>()
  while (drawn.size < Math.min(DRAWN, categories.length))
    drawn.add(categories[Math.floor(draw() * categories.length)]!)
  writeErrors(
    "axes",
    [...drawn]
      .sort((a, b) => a - b)
      .map((row) => ({ category: pack.code(row), levels: tableOf(pack, axes, row) }))
  )
  const share = (rows: readonly Row[]) =>
    `${((100 * rows.length) / headers.length).toFixed(1)}  (${rows.length} of ${headers.length})`
  return [
    ["headers with usable axes", share(usable)],
    ["all children told apart", share(told)],
    ["levels of several axes", share(several)],
    ["microseconds a level", ((used.user + used.system) / headers.length).toFixed(1)],
    ["drawn categories", `${drawn.size}, to be read in test-results/eval/axes.jsonl`]
  ]
}
