import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Gap } from "@/engine/types"
import { pieces } from "@/ui/screens/query-marked-text"
import { lookedInLine } from "@/ui/session/gap-words"
import {
  boardOf,
  entriesOf,
  foldedLine,
  isNoisy,
  nextBoard,
  openGaps,
  type ShownBoard
} from "@/ui/session/gaps-board"
import { clinicGaps, gapOf } from "./fake-gaps"

const gaps = clinicGaps("d1:main")
const NONE = { dismissed: new Map(), away: new Set<string>() }
const keys = (entries: { gap: Gap }[]) => entries.map(({ gap }) => gap.key)

describe("where gaps stand", () => {
  it("graver ones are cards, low ones one counted line", () => {
    const board = boardOf(gaps, NONE, new Map())
    expect(board.high).toHaveLength(1)
    expect(board.medium).toHaveLength(2)
    expect(board.folded.map(({ foldedBy }) => foldedBy)).toEqual(["low", "low", "low"])
    expect(openGaps(gaps, NONE, new Map())).toBe(3)
    const dismissed = new Map([[gaps[1]!.key, "wrong"]] as const)
    expect(openGaps(gaps, { ...NONE, dismissed }, new Map())).toBe(2)
    expect(foldedLine(board.folded)).toBe("3 more details, of low weight")
  })

  it("two dismissals fold the rest of a rule, never a safety gap, never what was dismissed itself", () => {
    const same = ["Hypertension", "diabetes", "pneumonia"].map((quote) =>
      gapOf("d", quote, { id: "gap.r.type", rule: "r", key: quote })
    )
    const safe = gapOf("d", "chest film", { id: "gap.r.type", rule: "r", key: "safe", safety: true })
    const dismissed = new Map([
      ["Hypertension", "wrong"],
      ["diabetes", "wrong"]
    ] as const)
    const board = boardOf([...same, safe], { ...NONE, dismissed }, new Map())
    expect(keys(board.medium)).toEqual(["Hypertension", "diabetes"])
    expect(board.folded).toMatchObject([{ gap: { key: "pneumonia" }, foldedBy: "dismissed" }])
    expect(keys(board.high)).toEqual(["safe"])
    const left = boardOf([...same, safe], { dismissed, away: new Set(dismissed.keys()) }, new Map())
    expect(keys(left.away)).toEqual(["Hypertension", "diabetes"])
  })

  it("a rule that this coder mostly dismisses folds, with enough decisions, unless it is about safety", () => {
    expect(isNoisy({ rule: "r", accepted: 0, dismissed: 7 })).toBe(false)
    expect(isNoisy({ rule: "r", accepted: 1, dismissed: 7 })).toBe(true)
    expect(isNoisy({ rule: "r", accepted: 2, dismissed: 6 })).toBe(false)
    const counts = new Map(
      ["fracture", "pneumonia"].map((rule) => [rule, { rule, accepted: 0, dismissed: 20 }])
    )
    const board = boardOf(gaps, NONE, counts)
    expect(board.high).toHaveLength(1)
    expect(board.folded.filter(({ foldedBy }) => foldedBy === "precision")).toHaveLength(1)
  })

  it("shows every gap once, in the engine's order inside its group", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            key: fc.string({ minLength: 1 }),
            rule: fc.constantFrom("a", "b", undefined),
            severity: fc.constantFrom("high", "medium", "low" as const),
            folded: fc.boolean(),
            safety: fc.constantFrom(true, undefined)
          }),
          { selector: ({ key }) => key, maxLength: 12 }
        ),
        fc.array(fc.nat(11)),
        fc.boolean(),
        (records, picks, gone) => {
          const all = records.map(({ rule, safety, ...rest }) => ({
            ...gaps[1]!,
            ...(rest as Partial<Gap>),
            ...(rule === undefined ? {} : { rule }),
            ...(safety ? { safety } : {})
          })) as Gap[]
          const dismissed = new Map(picks.flatMap((at) => (all[at] ? [[all[at].key, "wrong"] as const] : [])))
          const board = boardOf(all, { dismissed, away: new Set(gone ? dismissed.keys() : []) }, new Map())
          expect(keys(entriesOf(board)).sort()).toEqual(all.map(({ key }) => key).sort())
          for (const group of Object.values(board) as { gap: Gap }[][]) {
            const places = group.map(({ gap }) => all.indexOf(gap))
            expect(places).toEqual([...places].sort((a, b) => a - b))
          }
          expect(board.folded.some(({ gap }) => gap.safety)).toBe(false)
        }
      )
    )
  })
})

describe("nothing moves while the tab is used", () => {
  const board = boardOf(gaps, NONE, new Map())
  const shown: ShownBoard = { board, chart: 1, waiting: 0 }
  const fewer = boardOf(gaps.slice(1), NONE, new Map())

  it("changes wait and are counted; another chart never waits, nor what moves nothing", () => {
    const held = nextBoard(shown, fewer, 1, true)
    expect(held.board).toBe(board)
    expect(held.waiting).toBe(1)
    expect(nextBoard(held, fewer, 1, true)).toBe(held)
    expect(nextBoard(held, fewer, 1, false)).toEqual({ board: fewer, chart: 1, waiting: 0 })
    expect(nextBoard(shown, fewer, 2, true).board).toBe(fewer)
    const same = boardOf(structuredClone(gaps), NONE, new Map())
    expect(nextBoard(shown, same, 1, true)).toEqual({ board: same, chart: 1, waiting: 0 })
  })
})

describe("words", () => {
  it("says where it looked", () => {
    expect(lookedInLine(gaps[0]!)).toBe("Looked in: Assessment and plan, HPI, Exam")
    expect(lookedInLine({ ...gaps[0]!, lookedIn: [""] })).toBe("Looked in the whole text")
  })

  it("cuts a text where findings begin and end, and loses none of it", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.array(
          fc.tuple(
            fc.nat(40),
            fc.nat(40),
            fc.constantFrom("F", "W" as const),
            fc.constantFrom("title", "text" as const)
          )
        ),
        (text, spans) => {
          const findings = spans.map(([start, end, level, where]) => ({
            id: "q.x",
            level,
            in: where,
            start,
            end,
            text: "why"
          }))
          const cut = pieces(text, findings as never)
          expect(cut.map(({ words }) => words).join("")).toBe(text)
          for (const { from, words, level } of cut) {
            const on = findings.filter(
              (each) =>
                each.in === "text" &&
                each.end <= text.length &&
                each.start <= from &&
                each.end >= from + words.length &&
                each.end > each.start
            )
            expect(level).toBe(on.some((each) => each.level === "F") ? "F" : on[0]?.level)
          }
        }
      )
    )
  })
})
