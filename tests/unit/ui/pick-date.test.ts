import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isIsoDate } from "@/classification/releases"
import { parseDate, pickDate } from "@/ui/session/pick-date"

const STAY = `Admission date: 02/27/2026
Date of discharge: 03/04/2026
Date of service 03/01/2026`

describe("the date that counts", () => {
  it("is the discharge for an inpatient facility claim, the service for everything else", () => {
    expect(pickDate([STAY], "inpatient")).toEqual({ date: "2026-03-04", from: "Date of discharge" })
    expect(pickDate([STAY], "outpatient")).toEqual({ date: "2026-03-01", from: "Date of service" })
    expect(pickDate([STAY], "professional")?.date).toBe("2026-03-01")
  })

  it("prefers the date the page itself names, but not to a discharge in the note", () => {
    expect(pickDate([STAY], "outpatient", "2026-03-02")?.date).toBe("2026-03-02")
    expect(pickDate([STAY], "inpatient", "2026-03-02")?.date).toBe("2026-03-04")
    expect(pickDate(["Seen today."], "inpatient", "2026-03-02")?.date).toBe("2026-03-02")
  })

  it.each([
    ["DOS: 1/5/2026", "2026-01-05"],
    ["Visit date 2026-01-05", "2026-01-05"],
    ["Encounter Date: January 5, 2026", "2026-01-05"],
    ["Date of visit - 5 Jan 2026", "2026-01-05"],
    ["Date of surgery: 01-05-26", "2026-01-05"],
    ["Date of service:\n13/01/2026", "2026-01-13"]
  ])("reads %j", (text, date) => {
    expect(pickDate([text], "outpatient")?.date).toBe(date)
  })

  it.each([
    "Date of birth: 03/14/1950",
    "Pathology dose 1/5/2026 was noted.",
    "Date of service: 13/45/2026",
    "Date of service: pending",
    "Next appointment in June 2026",
    ""
  ])("picks up nothing from %j", (text) => {
    expect(pickDate([text], "outpatient")).toBeUndefined()
  })

  it("gives real days of the calendar or nothing, whatever the words", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/)), (words) => {
        const date = parseDate(words)
        expect(date === undefined || isIsoDate(date)).toBe(true)
      })
    )
  })
})
