/**
 * What stands where on the Gaps tab: graver gaps as cards, the rest behind one counted line. Pure. Nothing moves while
 * the tab is used: see `nextBoard`.
 */
import type { Gap } from "@/engine/types"
import type { RuleCount } from "../services"
import { plural } from "./wording"

export const GAP_REASONS = {
  documented: "It is documented",
  irrelevant: "Changes nothing here",
  answered: "Query is out or answered",
  unclear: "Cannot be determined",
  wrong: "Not this condition"
} as const
export type GapReason = keyof typeof GAP_REASONS

/** Why a gap is a line and no card. */
export type FoldedBy = "low" | "precision" | "dismissed"

export interface GapEntry {
  gap: Gap
  foldedBy?: FoldedBy
}

export interface GapBoard {
  high: GapEntry[]
  medium: GapEntry[]
  folded: GapEntry[]
  /** Dismissed before the tab was left: one counted line. */
  away: GapEntry[]
}

export const NO_BOARD: GapBoard = { high: [], medium: [], folded: [], away: [] }

/** What the coder has done with the gaps of one chart. */
export interface GapDecisions {
  dismissed: ReadonlyMap<string, GapReason>
  /** Dismissed gaps that are out of the way since the tab was left. */
  away: ReadonlySet<string>
}

/** Decisions before a rule is judged by them. */
const ENOUGH = 8
/** Below this share of accepted ones a rule folds. */
const TOO_FEW = 0.25
const TWICE = 2

/** What is counted: the rule, or the kind of axis where the classification itself asks. */
export function ruleOf({ rule, id }: Pick<Gap, "rule" | "id">): string {
  return rule ?? id
}

/** This coder found the rule right too seldom. */
export function isNoisy(count: RuleCount | undefined): boolean {
  if (!count) return false
  const decided = count.accepted + count.dismissed
  return decided >= ENOUGH && count.accepted / decided < TOO_FEW
}

/** Keeps the engine's order inside each group. Safety gaps are always cards. */
export function boardOf(
  gaps: readonly Gap[],
  { dismissed, away }: GapDecisions,
  counts: ReadonlyMap<string, RuleCount>
): GapBoard {
  const perRule = new Map<string, number>()
  for (const gap of gaps) {
    const rule = ruleOf(gap)
    if (dismissed.has(gap.key)) perRule.set(rule, (perRule.get(rule) ?? 0) + 1)
  }
  const board: GapBoard = { high: [], medium: [], folded: [], away: [] }
  for (const gap of gaps) {
    if (away.has(gap.key) && dismissed.has(gap.key)) {
      board.away.push({ gap })
      continue
    }
    const foldedBy = gap.safety ? undefined : foldOf(gap, dismissed, perRule, counts)
    if (foldedBy) board.folded.push({ gap, foldedBy })
    else board[gap.severity === "high" || gap.safety ? "high" : "medium"].push({ gap })
  }
  return board
}

function foldOf(
  gap: Gap,
  dismissed: ReadonlyMap<string, GapReason>,
  perRule: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, RuleCount>
): FoldedBy | undefined {
  if (gap.folded || gap.severity === "low") return "low"
  // What was dismissed itself stays in its place until the tab is left.
  if ((perRule.get(ruleOf(gap)) ?? 0) >= TWICE && !dismissed.has(gap.key)) return "dismissed"
  return isNoisy(counts.get(ruleOf(gap))) ? "precision" : undefined
}

/** For the tab: cards that nothing was decided about. What is folded counts on its own line. */
export function openGaps(
  gaps: readonly Gap[],
  decisions: GapDecisions,
  counts: ReadonlyMap<string, RuleCount>
): number {
  const { high, medium } = boardOf(gaps, decisions, counts)
  return [...high, ...medium].filter(({ gap }) => !decisions.dismissed.has(gap.key)).length
}

export const entriesOf = (board: GapBoard): GapEntry[] => [
  ...board.high,
  ...board.medium,
  ...board.folded,
  ...board.away
]

/** "5 more: 3 low, 2 of kinds that you mostly dismiss" */
export function foldedLine(folded: readonly GapEntry[]): string {
  const of = (by: FoldedBy) => folded.filter(({ foldedBy }) => foldedBy === by).length
  const parts = [
    [of("low"), "of low weight"],
    [of("dismissed"), "of a rule dismissed twice here"],
    [of("precision"), "of rules you mostly dismiss"]
  ] as const
  const told = parts.filter(([count]) => count > 0)
  const words = told.length === 1 ? told[0]![1] : told.map(([count, what]) => `${count} ${what}`).join(", ")
  return `${plural(folded.length, "more detail")}, ${words}`
}

export interface ShownBoard {
  board: GapBoard
  chart: number | undefined
  waiting: number
}

const places = (board: GapBoard) =>
  new Map(
    (["high", "medium", "folded", "away"] as const).flatMap((group) =>
      board[group].map(({ gap }, at) => [gap.key, `${group} ${at}`] as const)
    )
  )

/** What to show next: while the list is used, what would move something waits; another chart never does. */
export function nextBoard(
  shown: ShownBoard,
  board: GapBoard,
  chart: number | undefined,
  used: boolean
): ShownBoard {
  if (shown.board === board && shown.chart === chart && shown.waiting === 0) return shown
  const before = places(shown.board)
  const after = places(board)
  const moved =
    [...after].filter(([key, place]) => before.get(key) !== place).length +
    [...before.keys()].filter((key) => !after.has(key)).length
  if (!used || chart !== shown.chart || before.size === 0 || moved === 0) return { board, chart, waiting: 0 }
  return shown.waiting === moved ? shown : { ...shown, waiting: moved }
}
