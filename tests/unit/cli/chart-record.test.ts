import { describe, expect, it } from "vitest"
import { readChartRecord } from "@/cli/chart-record"
import { InputError } from "@/cli/jsonl"

describe("a record as a chart", () => {
  it("takes text as one document and documents as given", () => {
    expect(readChartRecord({ text: "well" })).toEqual({ documents: [{ doc: "", text: "well" }] })
    expect(
      readChartRecord({
        documents: [{ text: "a" }, { doc: "n2", text: "b", kind: "progress-note" }],
        age: 40,
        sex: "female"
      })
    ).toEqual({
      documents: [
        { doc: "0", text: "a" },
        { doc: "n2", text: "b", kind: "progress-note" }
      ],
      age: 40,
      sex: "female"
    })
    expect(readChartRecord({ text: "a", setting: "inpatient", date: "2026-01-15" })).toMatchObject({
      setting: "inpatient",
      date: "2026-01-15"
    })
  })

  it.each([
    [{}],
    [{ text: 3 }],
    [{ documents: "x" }],
    [{ documents: [null] }],
    [{ documents: [{ doc: "a" }] }],
    [
      {
        documents: [
          { doc: "a", text: "secret" },
          { doc: "a", text: "secret" }
        ]
      }
    ],
    [{ text: "secret", setting: "home" }],
    [{ text: "secret", date: "2026-02-30" }],
    [{ text: "secret", age: -1 }],
    [{ text: "secret", sex: "x" }]
  ])("refuses %j in plain words, without its text", (record) => {
    let message = ""
    try {
      readChartRecord(record)
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
      message = (error as Error).message
    }
    expect(message).not.toBe("")
    expect(message).not.toContain("secret")
  })
})
