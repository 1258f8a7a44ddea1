/**
 * The axes of a card as the classification prints them: every level between the header where the choice
 * starts and the code shown, with its codes named by what sets them apart. Pure.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { type AxisEntry, axesFor, compileAxisWords } from "@/engine/axes"
import type { Axis } from "@/engine/types"
import axisFile from "~codesets/rules/gap-axes.json"

export interface AxisOption {
  label: string
  code: string | undefined
  /** The code shown is this one, or stands below it. */
  selected: boolean
}

export interface ShownAxis {
  name: string
  options: AxisOption[]
}

const NOT_SAID = "not in the note"

/** The same words that the engine reads titles by: a chosen code gets its axes from the same derivation. */
const axisWords = compileAxisWords(axisFile.entries as unknown as AxisEntry[])

const NAMES: Record<string, string> = { laterality: "Side", "7th character": "7th character" }

/**
 * Axes as the engine gave them: while the code set is not open, or does not know their codes. An axis that is a
 * measure (dose, units) has nothing to choose: it says what the note says, or that it does not.
 */
export function plainAxes(axes: Axis[], shown: string): ShownAxis[] {
  return axes.map(({ axis, value, options }) => ({
    name: nameOf(axis),
    options:
      options.length > 0
        ? options.map(({ value: label, code }) => ({
            label,
            code,
            selected: value === undefined ? code === shown : label === value
          }))
        : [{ label: value ?? NOT_SAID, code: undefined, selected: value !== undefined }]
  }))
}

/** @param row of the code shown: the suggested one, or one that was chosen instead */
export function axesOf(pack: CodePack, axes: Axis[], row: Row): ShownAxis[] {
  const levels = axes.map((axis) => levelOf(pack, axis))
  const top = levels[0]
  if (top === undefined || levels.includes(undefined)) return plainAxes(axes, pack.code(row))
  const path = [...ancestors(pack, row).filter((each) => each === top || below(pack, each, top)), row]
  return path.flatMap((level, depth) => {
    const children = pack.children(level)
    if (children.length < 2) return []
    const several = isSeventh(pack, children) ? [] : axesFor(pack, axisWords).axesAt(level, row)
    if (several.length > 1) return plainAxes(several, pack.code(row))
    const given = axes[levels.indexOf(level)] ?? axes[depth]
    const name = isSeventh(pack, children) ? "7th character" : nameOf(given?.axis ?? "more exactly")
    const options = children.map((child) => ({
      label: labelOf(pack, level, child),
      code: pack.code(child),
      selected: child === row || below(pack, row, child)
    }))
    return [{ name, options }]
  })
}

/**
 * The code that choosing leads to. What was said further down before (side, 7th character) is kept where the
 * chosen branch has the same.
 *
 * @param from row of the code shown so far
 */
export function chooseRow(pack: CodePack, from: Row, chosen: Row): Row {
  const level = pack.parent(chosen)
  const old = [...ancestors(pack, from), from]
  const said = old.slice(old.indexOf(level) + 2).map((row) => labelOf(pack, pack.parent(row), row))
  let at = chosen
  for (const label of said) {
    const same = pack.children(at).find((child) => labelOf(pack, at, child) === label)
    if (same === undefined) break
    at = same
  }
  return at
}

/** Words of `title` beyond those of `parent`, in order; the whole title when nothing would be left. */
export function difference(parent: string, title: string): string {
  const known = words(parent)
  const own = title.split(/\s+/).filter((word) => {
    const at = known.indexOf(bare(word))
    if (at >= 0) known.splice(at, 1)
    return at < 0
  })
  const text = own
    .join(" ")
    .replace(/^(?:of|and|for|in|due|to)\s+/i, "")
    .replace(/^[\s,]+|[\s,]+$/g, "")
  return text === "" ? title : text
}

function labelOf(pack: CodePack, level: Row, child: Row): string {
  const code = pack.code(child)
  const character = code.at(-1) ?? ""
  if (isSeventh(pack, [child])) {
    const meaning = pack.seventh(child).find((entry) => entry.character === character)
    if (meaning) return `${character}: ${meaning.text}`
  }
  return difference(pack.title(level), pack.title(child))
}

function isSeventh(pack: CodePack, rows: Row[]): boolean {
  return rows.every((row) => pack.code(row).replace(".", "").length === 7)
}

/** The header whose children an axis offers. */
function levelOf(pack: CodePack, axis: Axis): Row | undefined {
  const [first] = axis.options
  const row = first?.code === undefined ? -1 : pack.find(first.code)
  const parent = row < 0 ? -1 : pack.parent(row)
  return parent < 0 ? undefined : parent
}

/** Outermost first. */
function ancestors(pack: CodePack, row: Row): Row[] {
  const found: Row[] = []
  for (let parent = pack.parent(row); parent >= 0; parent = pack.parent(parent)) found.unshift(parent)
  return found
}

function below(pack: CodePack, row: Row, header: Row): boolean {
  return ancestors(pack, row).includes(header)
}

function nameOf(axis: string): string {
  const name = NAMES[axis] ?? axis.replaceAll("-", " ")
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function words(text: string): string[] {
  return text.split(/\s+/).map(bare)
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
