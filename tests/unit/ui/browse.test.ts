import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { browsePlaces } from "@/ui/session/browse-places"
import { reveal } from "@/ui/session/browse-session"
import { indexLines, lineOfPath, placeOfLine } from "@/ui/session/index-walk"
import { startRows } from "@/ui/session/lookup-rows"
import { fittingValues, pcsState, stepBack, validPrefix, withOnlyValues } from "@/ui/session/pcs-walk"
import { lastTwo, pinChanges } from "@/ui/session/pin-changes"
import { TabularTree } from "@/ui/session/tabular-tree"
import { DIABETES, fakePack, packInfo } from "./fake-pack"
import { SMALL_HCPCS, SMALL_ICD, SMALL_PCS } from "./small-packs"

const none: ReadonlySet<string> = new Set()
const book = SMALL_ICD.indexBook!
const tables = SMALL_PCS.pcsBook!

describe("the Tabular List as a tree", () => {
  const tree = new TabularTree(SMALL_ICD)
  const labels = (open: ReadonlySet<string>) =>
    tree.lines(open).map(({ level, label, expanded }) => `${level} ${label}${expanded ? " open" : ""}`)

  it("begins with chapters and unfolds block, category, code", () => {
    const closed = labels(none)
    expect(closed).toContain("1 Chapter 4")
    expect(closed.some((line) => line.startsWith("2"))).toBe(false)
    const open = labels(new Set(["chapter 4", "block E08-E13", "code E11", "code E11.2"]))
    expect(open.filter((line) => /Chapter 4|E08|E11/.test(line))).toEqual([
      "1 Chapter 4 open",
      "2 E08-E13 open",
      "3 E11 open",
      "4 E11.2 open",
      "5 E11.21",
      "5 E11.22",
      "4 E11.6",
      "4 E11.9"
    ])
  })

  it("holds every code exactly once, at the end of its path", () => {
    for (const each of [SMALL_ICD, SMALL_HCPCS]) {
      const whole = new TabularTree(each)
      for (let row = 0; row < each.size; row++) {
        const path = whole.pathTo(row)
        const { open, current } = reveal({ open: none, current: undefined }, path)
        const found = whole.lines(open).filter((line) => line.row === row)
        expect(found.map(({ id }) => id)).toEqual([current])
      }
    }
  })

  it("counts the lines of a level", () => {
    for (const line of tree.lines(new Set(["chapter 4", "block E08-E13", "code E11"]))) {
      expect(line.position).toBeGreaterThan(0)
      expect(line.position).toBeLessThanOrEqual(line.size)
    }
  })

  it("finds the code that begins with what is typed", () => {
    const at = (letters: string) => {
      const row = tree.seek(letters)
      return row < 0 ? undefined : SMALL_ICD.code(row)
    }
    expect(at("e11.22")).toBe("E11.22")
    expect(at("n183")).toBe("N18.3")
    expect(at("s5250")).toBe("S52.50")
    expect(at("t39")).toBe("T39.011A")
    expect(at("n")).toBe("N18")
    expect(at("q")).toBeUndefined()
    expect(at("")).toBeUndefined()
  })
})

describe("the Index to leaf through", () => {
  const titles = (open: number[], from = 0, to = 99) =>
    indexLines(book, "disease", from, to, new Set(open)).map(
      ({ level, line, expanded }) => `${level} ${line.title}${expanded === false ? " +" : ""}`
    )

  it("shows main terms, and subterms where they were opened", () => {
    expect(titles([], 0, 3)).toEqual(["1 Abdominalgia", "1 COPD", "1 Diabetes, diabetic +"])
    expect(titles([2], 2, 3)).toEqual(["1 Diabetes, diabetic", "2 with +"])
  })

  it("does not unfold the whole neoplasm table below its first line", () => {
    const [whole, lung] = indexLines(book, "neoplasm", 0, 9, new Set())
    expect(whole).toMatchObject({ line: { title: "Neoplasm, neoplastic" } })
    expect(whole!.expanded).toBeUndefined()
    expect(lung).toMatchObject({ line: { title: "lung", cells: ["C34.90", "D14.30"] }, expanded: false })
  })

  it("finds the line of a path as codes name it, and the place of a line", () => {
    const line = lineOfPath(book, "disease", "Diabetes, diabetic, with, chronic kidney disease")
    expect(book.line(line)).toMatchObject({ code: "E11.22" })
    expect(placeOfLine(book, line)).toMatchObject({ source: "disease", position: 2, path: [2, 3, line] })
    expect(lineOfPath(book, "disease", "Diabetes, diabetic, with, wings")).toBe(-1)
    const lung = lineOfPath(book, "neoplasm", "lung")
    expect(placeOfLine(book, lung)).toMatchObject({ source: "neoplasm", position: 1, path: [lung] })
  })

  it("every index path that a code names is found", () => {
    for (let row = 0; row < SMALL_ICD.size; row++)
      for (const path of SMALL_ICD.indexPaths(row)) {
        const sources = ["disease", "external", "neoplasm", "drug"] as const
        const plain = path.replace(/ \(.*?\)$/, "")
        if (!sources.some((source) => lineOfPath(book, source, plain) >= 0))
          expect(path).toMatch(/Neoplasm|Aspirin/)
      }
  })
})

describe("a PCS code axis by axis", () => {
  it("values that have no alternative come by themselves and say so", () => {
    expect(withOnlyValues(tables, "00160Z")).toBe("00160ZB")
    const { steps, next } = pcsState(tables, "00160ZB")
    expect(next).toBeUndefined()
    expect(steps.map(({ value, only }) => `${value.value}${only ? "!" : ""}`).join("")).toBe(
      "0016 0ZB!".replace(" ", "")
    )
    expect(stepBack(tables, "00160ZB")).toBe("00160")
  })

  it("takes the valid beginning of what is pasted, and finds values by character and words", () => {
    expect(validPrefix(tables, "0016 0zq")).toBe("00160Z")
    expect(validPrefix(tables, "?")).toBe("")
    const approaches = tables.next("0016")!.values
    expect(fittingValues(approaches, "perc").map(({ value }) => value)).toEqual(["3"])
    expect(fittingValues(approaches, "0").map(({ value }) => value)).toEqual(["0"])
    const operations = tables.next("00")!.values
    expect(fittingValues(operations, "colostomy").map(({ value }) => value)).toEqual(["1"])
  })

  it("whatever is chosen ends in a code that the tables allow, and goes back to the start", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 7, maxLength: 7 }), (choices) => {
        let prefix = withOnlyValues(tables, "")
        for (const choice of choices) {
          const values = tables.next(prefix)?.values
          if (!values) break
          prefix = withOnlyValues(tables, prefix + values[choice % values.length]!.value)
        }
        expect(tables.valid(prefix)).toBe(true)
        for (let steps = 0; prefix !== "" && steps < 8; steps++) prefix = stepBack(tables, prefix)
        expect(prefix).toBe("")
      })
    )
  })
})

describe("where one can leaf", () => {
  it("names what the open packs hold", () => {
    expect(browsePlaces([SMALL_ICD, SMALL_HCPCS, SMALL_PCS]).map(({ label }) => label)).toEqual([
      "Tabular List",
      "Index to Diseases",
      "External Cause Index",
      "Table of Neoplasms",
      "Table of Drugs",
      "HCPCS Level II",
      "ICD-10-PCS tables"
    ])
  })
})

describe("what a newer release changes for the pins", () => {
  const before = fakePack(packInfo(), DIABETES)
  const after = {
    ...fakePack(
      packInfo({ release: "FY2027", effective: { from: "2026-10-01" } }),
      DIABETES.filter(({ code }) => code !== "J18.9").map((row) =>
        row.code === "I10"
          ? { ...row, title: "Primary hypertension" }
          : row.code === "S52.501A"
            ? { ...row, billable: false }
            : row
      )
    ),
    retired: () => ({ code: "J189", title: "", since: "2026-10-01", successors: ["I10", "Q99.99"] })
  }
  const pin = (code: string) => ({ system: "ICD-10-CM" as const, code })

  it("names what is retired, a header now, or has a new title, and nothing else", () => {
    const pins = ["J18.9", "I10", "S52.501A", "E11.9", "Z99.9"].map(pin)
    const { release, from, changes } = pinChanges([...pins, { system: "HCPCS", code: "I10" }], before, after)
    expect([release, from]).toEqual(["FY2027", "2026-10-01"])
    expect(changes.map(({ ref, change }) => `${ref.code} ${change}`)).toEqual([
      "J18.9 retired",
      "I10 retitled",
      "S52.501A header"
    ])
    expect(changes[0]!.successors.map(({ code }) => code)).toEqual(["I10"])
    expect(changes[1]!.newTitle).toBe("Primary hypertension")
  })

  it("compares the newest full release with the one before it", () => {
    const fy27 = packInfo({ id: "b", release: "FY2027", effective: { from: "2026-10-01" } })
    const starter = packInfo({ id: "s", complete: false, effective: { from: "2027-10-01" } })
    expect(lastTwo([packInfo(), fy27, starter], "ICD-10-CM")).toMatchObject({
      before: { release: "FY2026" },
      after: { release: "FY2027" }
    })
    expect(lastTwo([fy27], "ICD-10-CM")).toBeUndefined()
  })

  it("stands above the pins as a calm line, in the tense of the day", () => {
    const changed = [pinChanges([pin("J18.9")], before, after)]
    const line = (today: string) =>
      startRows({ pins: [], recents: [] }, [before], () => undefined, changed, today)[0]!.rows[0]
    expect(line("2026-09-01")).toMatchObject({ label: "1 of your pins changes on 1 October 2026" })
    expect(line("2026-11-01")).toMatchObject({ label: "1 of your pins changed on 1 October 2026" })
  })
})
