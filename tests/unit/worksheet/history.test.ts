import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { apply, plainPointers, toggledPointer } from "@/worksheet/actions"
import { act, type History, NEW_HISTORY, redo, STEPS_KEPT, undo } from "@/worksheet/history"
import {
  allLines,
  EMPTY_SHEET,
  lettersOf,
  MOST_LETTERS,
  MOST_POINTERS,
  type ProcedureLine,
  type Sheet
} from "@/worksheet/sheet"
import { parseHistory } from "@/worksheet/stored"
import { diagnosis, procedure, type Wish, wish } from "./random-actions"

function run(history: History, wishes: readonly Wish[]): History {
  let now = history
  for (const each of wishes) {
    const next = act(now, "step", [each(now.sheet)])
    if (next.ok) now = next.history
  }
  return now
}

function undoAll(history: History): History {
  let now = history
  while (now.done.length > 0) {
    const back = undo(now)
    if (!back.ok) throw new Error(back.why)
    now = back.history
  }
  return now
}

/** What must hold of every sheet, whatever was done to it. */
function sound(sheet: Sheet): void {
  const ids = allLines(sheet).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(sheet.diagnoses.map(({ code }) => code)).size).toBe(sheet.diagnoses.length)
  for (const line of sheet.procedures) {
    expect(line.pointers.length).toBeLessThanOrEqual(MOST_POINTERS)
    expect(new Set(line.pointers).size).toBe(line.pointers.length)
    for (const id of line.pointers) expect(sheet.diagnoses.some((each) => each.id === id)).toBe(true)
    const letters = lettersOf(sheet, line)
    expect(letters.every((letter) => letter >= "A" && letter <= "L")).toBe(true)
    for (const letter of letters)
      expect(sheet.diagnoses.slice(0, MOST_LETTERS)[letter.charCodeAt(0) - 65]).toBeDefined()
    expect(line.units === undefined || line.units >= 1).toBe(true)
  }
}

const wishes = fc.array(wish, { maxLength: 40 })

describe("a worksheet and its way back", () => {
  it("is sound after any actions, and undoing all of them gives back the sheet before", () => {
    fc.assert(
      fc.property(wishes, wishes, (first, then) => {
        const start = run(NEW_HISTORY, first)
        sound(start.sheet)
        const from: History = { sheet: start.sheet, done: [], undone: [] }
        const end = run(from, then)
        sound(end.sheet)
        const back = undoAll(end)
        expect(back.sheet).toEqual(start.sheet)
        let again = back
        while (again.undone.length > 0) {
          const next = redo(again)
          if (!next.ok) throw new Error(next.why)
          again = next.history
        }
        expect(again.sheet).toEqual(end.sheet)
      })
    )
  })

  it("comes back whole from the store, and can still be undone", () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const end = run(NEW_HISTORY, all)
        const stored = parseHistory(structuredClone(end))
        expect(stored).toEqual(end)
        expect(undoAll(stored!).sheet).toEqual(EMPTY_SHEET)
      })
    )
  })

  it("an action that cannot be done changes nothing and says why", () => {
    fc.assert(
      fc.property(wishes, wish, (all, one) => {
        const { sheet } = run(NEW_HISTORY, all)
        const before = structuredClone(sheet)
        const applied = apply(sheet, one(sheet))
        expect(sheet).toEqual(before)
        if (!applied.ok) expect(applied.why).toMatch(/\.$/)
      })
    )
  })

  it("keeps so many steps and no more; a new step ends what could be done again", () => {
    let history = run(NEW_HISTORY, [() => ({ do: "accept", line: diagnosis("E11.9") })])
    for (let n = 0; n < STEPS_KEPT + 5; n++)
      history = run(history, [
        () => ({ do: "change", id: "E11.9", change: { poa: n % 2 ? ("Y" as const) : ("N" as const) } })
      ])
    expect(history.done).toHaveLength(STEPS_KEPT)
    const back = undo(history)
    if (!back.ok) throw new Error(back.why)
    const branched = run(back.history, [() => ({ do: "accept", line: diagnosis("I10") })])
    expect(branched.undone).toEqual([])
    expect(redo(branched)).toMatchObject({ ok: false })
    expect(undo(NEW_HISTORY)).toMatchObject({ ok: false })
  })
})

describe("pointers", () => {
  const sheetOf = (...codes: string[]): Sheet => ({
    ...EMPTY_SHEET,
    diagnoses: codes.map((code) => diagnosis(code)),
    procedures: [procedure("99213", "p", { pointers: [codes[1]!, codes[0]!] })]
  })
  const only = ({ procedures }: Sheet) => procedures[0] as ProcedureLine
  const done = (sheet: Sheet, action: Parameters<typeof apply>[1]) => {
    const applied = apply(sheet, action)
    if (!applied.ok) throw new Error(applied.why)
    return applied
  }

  it("follow a diagnosis that moves", () => {
    const sheet = sheetOf("E11.9", "I10", "J44.9")
    expect(lettersOf(sheet, only(sheet))).toEqual(["B", "A"])
    const { sheet: moved } = done(sheet, { do: "move", id: "I10", to: 2 })
    expect(moved.diagnoses.map(({ code }) => code)).toEqual(["E11.9", "J44.9", "I10"])
    expect(lettersOf(moved, only(moved))).toEqual(["C", "A"])
  })

  it("go with a diagnosis that is removed, and come back in their place", () => {
    const sheet = sheetOf("E11.9", "I10")
    const { sheet: without, back } = done(sheet, { do: "remove", id: "I10" })
    expect(only(without).pointers).toEqual(["E11.9"])
    let again = without
    for (const action of back) again = done(again, action).sheet
    expect(again).toEqual(sheet)
  })

  it("stay with a diagnosis that is replaced by a refined code", () => {
    const sheet = sheetOf("E11.9", "I10")
    const by = { system: "ICD-10-CM" as const, code: "E11.42", title: "T", billable: true }
    const { sheet: refined } = done(sheet, { do: "replace", id: "E11.9", by })
    expect(refined.diagnoses[0]).toMatchObject({ id: "E11.9", code: "E11.42" })
    expect(lettersOf(refined, only(refined))).toEqual(["B", "A"])
  })

  it("have no letter beyond the twelfth, and are never more than four", () => {
    const codes = Array.from({ length: 14 }, (_, at) => `E${10 + at}.9`)
    const sheet = sheetOf(...codes)
    const { sheet: far } = done(sheet, { do: "move", id: codes[0]!, to: 13 })
    expect(lettersOf(far, only(far))).toEqual(["A"])
    const five = codes.slice(0, 5)
    expect(apply(sheet, { do: "change", id: "p", change: { pointers: five } })).toMatchObject({
      ok: false,
      why: expect.stringContaining("4 pointers")
    })
  })

  it("are given by themselves only when there is one diagnosis", () => {
    expect(plainPointers(sheetOf("E11.9", "I10"))).toEqual([])
    expect(plainPointers({ ...EMPTY_SHEET, diagnoses: [diagnosis("E11.9")] })).toEqual(["E11.9"])
    const line = procedure("99213", "p", { pointers: ["a"] })
    expect(toggledPointer(line, "b")).toEqual(["a", "b"])
    expect(toggledPointer(line, "a")).toEqual([])
  })
})

describe("what is refused", () => {
  it("the same diagnosis twice, whatever its dots; the same procedure may stand again", () => {
    const sheet: Sheet = { ...EMPTY_SHEET, diagnoses: [diagnosis("E11.9")], procedures: [procedure("J1885")] }
    expect(apply(sheet, { do: "accept", line: diagnosis("e119", "other") })).toMatchObject({ ok: false })
    expect(apply(sheet, { do: "accept", line: procedure("J1885", "again") })).toMatchObject({ ok: true })
  })

  it("POA on a procedure, units on a diagnosis, words where an amount belongs", () => {
    const sheet: Sheet = { ...EMPTY_SHEET, diagnoses: [diagnosis("E11.9")], procedures: [procedure("J1885")] }
    expect(apply(sheet, { do: "change", id: "J1885", change: { poa: "Y" } })).toMatchObject({ ok: false })
    expect(apply(sheet, { do: "change", id: "E11.9", change: { units: 2 } })).toMatchObject({ ok: false })
    const drug = { given: "60 mg for Mr Smith" }
    expect(apply(sheet, { do: "change", id: "J1885", change: { drug } })).toMatchObject({ ok: false })
  })

  it("POA is never there before the coder says it", () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const said = all.filter((each) => each(EMPTY_SHEET).do !== "change")
        const { sheet } = run(NEW_HISTORY, said)
        expect(sheet.diagnoses.every(({ poa }) => poa === undefined)).toBe(true)
      })
    )
  })

  it("a stored sheet with an unknown field or value is not read", () => {
    const good = act(NEW_HISTORY, "a", [{ do: "accept", line: diagnosis("E11.9") }])
    if (!good.ok) throw new Error(good.why)
    expect(parseHistory(good.history)).toBeDefined()
    expect(parseHistory({ ...good.history, note: "text" })).toBeUndefined()
    expect(parseHistory({ ...good.history, sheet: {} })).toBeUndefined()
    expect(parseHistory("x")).toBeUndefined()
  })
})
