/**
 * Axes of the classification: what the children of every header differ by, and which of it a code says. Derived from
 * the titles of the release when it is asked for, so that it costs nothing at opening and nothing in the pack.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { isFunctionWord } from "@/classification/words"
import { bare, signedWords } from "../match/polarity"
import type { Axis } from "../types"
import { type Level, type LevelChild, readLevel } from "./level"
import { answersTo, isOpen, type LevelOption, optionsOf, valueIn } from "./options"
import { type AxisWords, titleTokens } from "./words"

export type { Level, LevelChild } from "./level"
export type { LevelOption } from "./options"
export { type AxisEntry, type AxisWords, compileAxisWords } from "./words"

/** Levels kept: a day's charts ask for fewer. */
const LEVELS_KEPT = 2000
const MOST_OPTIONS = 40
/** The option that says nothing: what the code means as long as no other is taken. */
const UNSPECIFIED = "unspecified"

/** An axis that a code leaves open, and what would close it. */
export interface OpenAxis {
  axis: string
  /** The header whose children the axis tells apart. */
  level: Row
  /** Values the classification offers, "other" left out, with the child each leads to. */
  options: LevelOption[]
  /** The code itself says "unspecified"; false: it is a header, and no choice was made. */
  unspecified: boolean
}

const known = new WeakMap<CodePack, Axes>()

/** The axes of a pack, made once and kept as long as the pack. */
export function axesFor(pack: CodePack, words: AxisWords): Axes {
  let axes = known.get(pack)
  if (axes?.words !== words) {
    axes = new Axes(pack, words)
    known.set(pack, axes)
  }
  return axes
}

function drop(found: OpenAxis[], axis: string): void {
  const at = found.findIndex((each) => each.axis === axis)
  if (at >= 0) found.splice(at, 1)
}

/** The axes of one code set. Levels are kept: facts of the classification alone. */
export class Axes {
  private readonly levels = new Map<Row, Level>()

  constructor(
    readonly pack: CodePack,
    readonly words: AxisWords
  ) {}

  level(parent: Row): Level {
    let level = this.levels.get(parent)
    if (!level) {
      if (this.levels.size >= LEVELS_KEPT) this.levels.clear()
      level = readLevel(this.pack, this.words, parent)
      this.levels.set(parent, level)
    }
    return level
  }

  /** What a child says of all axes of its level, as one string. */
  told(level: Level, child: LevelChild): string {
    return level.axes
      .map((axis) => valueIn(level, child, axis) ?? (child.unspecified ? UNSPECIFIED : ""))
      .join(" | ")
  }

  /** Headers above a row, the outermost first, from `top` on. */
  private above(row: Row, top?: Row): Row[] {
    const found: Row[] = []
    for (let at = this.pack.parent(row); at >= 0; at = this.pack.parent(at)) {
      found.unshift(at)
      if (at === top) break
    }
    return found
  }

  private taken(level: Level, row: Row): LevelChild | undefined {
    return level.children.find((child) => row >= child.row && row <= this.pack.subtreeEnd(child.row))
  }

  /**
   * What a card offers: the levels from where the wording led to the code, its own children when it is a header, the
   * sisters of an unspecified code. A level that two axes share gives two.
   */
  shown(from: Row, row: Row): Axis[] {
    const { pack } = this
    const levels = from !== row && from < row && row <= pack.subtreeEnd(from) ? this.above(row, from) : []
    if (levels.length === 0 && pack.billable(row) && this.isUnspecified(row)) {
      const parent = pack.parent(row)
      if (parent >= 0) levels.push(parent)
    }
    if (!pack.billable(row)) levels.push(row)
    return levels.flatMap((each) => this.axesAt(each, row))
  }

  /** The axes of one level as the code says them. */
  axesAt(parent: Row, row: Row): Axis[] {
    const level = this.level(parent)
    if (level.children.length < 2) return []
    const taken = this.taken(level, row)
    return level.axes.flatMap((axis): Axis[] => {
      const open = taken && isOpen(this.words, level, taken, axis)
      const value = taken && !open ? valueIn(level, taken, axis) : undefined
      const options = optionsOf(level, taken, axis).slice(0, MOST_OPTIONS)
      const { silent } = level
      const vague = open
        ? taken
        : !taken && silent && isOpen(this.words, level, silent, axis)
          ? silent
          : undefined
      // One value and children that say none of the axis: "abruption with coagulation defect" or another.
      const rest =
        options.length === 1 && !vague
          ? level.children.find((each) => each !== taken && valueIn(level, each, axis) === undefined)
          : undefined
      if (options.length + Number((vague ?? rest) !== undefined) < 2) return []
      const shown = [
        ...options,
        ...(rest ? [{ value: rest.unspecified ? UNSPECIFIED : "other", row: rest.row }] : []),
        ...(vague ? [{ value: UNSPECIFIED, row: vague.row }] : [])
      ]
      return [
        {
          axis,
          ...(value === undefined ? {} : { value }),
          options: shown.map((each) => ({ value: each.value, code: this.pack.code(each.row) }))
        }
      ]
    })
  }

  /**
   * "Unspecified atrial fibrillation and atrial flutter" further down is one of them: of the kinds a header names, only
   * those that the code names as well.
   */
  private narrowed(child: LevelChild, row: Row): LevelChild {
    if (child.row === row || !child.unspecified || child.kind.size < 2) return child
    const said = new Set(signedWords(this.pack.title(row)))
    const rest = child.rest.filter(({ word }) => said.has(word))
    return rest.length === 0 ? child : { ...child, rest, kind: new Set(rest.map(({ word }) => word)) }
  }

  /** "Unilateral" stands for the sides below it: a note says right or left. */
  private withSides(axis: string, options: LevelOption[]): LevelOption[] {
    if (axis !== "laterality") return options
    return options.flatMap((option) => {
      if (option.value !== "unilateral" || this.pack.billable(option.row)) return [option]
      const below = this.level(option.row)
      const sides = optionsOf(below, undefined, axis)
      return sides.length > 0 ? sides : [option]
    })
  }

  private isUnspecified(row: Row): boolean {
    return /\bunspecified\b|\bNOS\b/i.test(this.pack.title(row))
  }

  /**
   * Axes that a code answers and a sister of it leaves open: those it would not have, had the note not said so.
   * `words` are the folded words of the value.
   */
  answered(row: Row): { axis: string; value: string; words: string[] }[] {
    return this.above(row).flatMap((parent) => {
      const level = this.level(parent)
      const taken = this.taken(level, row)
      if (!taken) return []
      return level.axes.flatMap((axis) => {
        const value = valueIn(level, taken, axis)
        if (value === undefined || isOpen(this.words, level, taken, axis)) return []
        const silence = level.children.some(
          (each) =>
            isOpen(this.words, level, each, axis) &&
            answersTo(level, each, axis).some((option) => option.value === value)
        )
        if (!silence && !(level.seventh && this.words.entries.get(axis)?.severity)) return []
        const words = axis === level.kinds ? [...taken.kind].map(bare) : titleTokens(value)
        return [{ axis, value, words: words.filter((word) => !isFunctionWord(word)) }]
      })
    })
  }

  /** Axes that a code leaves open, those of its kind before those of its details. */
  open(row: Row): OpenAxis[] {
    const { pack } = this
    const found: OpenAxis[] = []
    const path = this.above(row)
    for (const parent of path) {
      const level = this.level(parent)
      const taken = this.taken(level, row)
      if (!taken || level.children.length < 2) continue
      const child = this.narrowed(taken, row)
      // "Other and unspecified asthma": further down it is one or the other.
      if (child.other && !this.isUnspecified(row) && pack.billable(row)) continue
      for (const axis of level.axes) {
        // Further down it may be said all the same: "acute thrombosis of unspecified vein".
        if (valueIn(level, child, axis) !== undefined) drop(found, axis)
        if (!isOpen(this.words, level, child, axis)) continue
        const options = this.withSides(axis, answersTo(level, child, axis))
        found.push({ axis, level: parent, options, unspecified: true })
      }
    }
    if (!pack.billable(row)) found.push(...this.below(row))
    // An axis that two levels ask for is asked for once, where it is asked in most detail.
    return found.filter(({ axis }, i) => !found.slice(i + 1).some((later) => later.axis === axis))
  }

  /** Axes of a header's children, and of what silence would lead to below them. */
  private below(row: Row): OpenAxis[] {
    const found: OpenAxis[] = []
    for (let at = row, depth = 0; depth < 5 && !this.pack.billable(at); depth++) {
      const level = this.level(at)
      for (const axis of level.axes) {
        const options = optionsOf(level, undefined, axis).filter((each) => !each.other)
        if (options.length > 1 && !found.some((each) => each.axis === axis))
          found.push({ axis, level: at, options, unspecified: false })
      }
      const next = level.silent ?? (level.children.length === 1 ? level.children[0] : undefined)
      if (!next) break
      at = next.row
    }
    return found
  }
}
