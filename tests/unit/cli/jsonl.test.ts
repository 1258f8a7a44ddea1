import { PassThrough, Readable } from "node:stream"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { answerJsonLines, InputError, type JsonRecord, parseOptions, UsageError } from "@/cli/jsonl"

async function answered(
  input: (string | Uint8Array)[],
  answer: (record: JsonRecord) => object | Promise<object> = (record) => ({ got: record.text })
): Promise<{ exitCode: number; lines: JsonRecord[] }> {
  const output = new PassThrough()
  const told: Buffer[] = []
  output.on("data", (piece: Buffer) => told.push(piece))
  const exitCode = await answerJsonLines(answer, { input: Readable.from(input), output })
  const text = Buffer.concat(told).toString("utf8")
  return {
    exitCode,
    lines: text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as JsonRecord)
  }
}

describe("JSON lines", () => {
  it("answers each line with one line, in order, under its id", async () => {
    const { exitCode, lines } = await answered(['{"id":1,"text":"a"}\n\n{"id":"x","text":"b"}'])
    expect(exitCode).toBe(0)
    expect(lines).toEqual([
      { id: 1, got: "a" },
      { id: "x", got: "b" }
    ])
  })

  it("goes on behind a bad line, tells its number and never repeats it", async () => {
    const secret = "PATIENT DOE 4711"
    const { exitCode, lines } = await answered([
      `{"id":1,"text":"a"}\n${secret}\n["${secret}"]\n{"id":4,"text":"d"}\n`
    ])
    expect(exitCode).toBe(1)
    expect(lines).toEqual([
      { id: 1, got: "a" },
      { id: null, line: 2, error: "line 2: not valid JSON" },
      { id: null, line: 3, error: "line 3: not a JSON object" },
      { id: 4, got: "d" }
    ])
  })

  it("tells its own errors in words, and of any other only the kind", async () => {
    const { exitCode, lines } = await answered(
      ['{"id":1,"text":"SECRET"}\n{"id":2,"text":"x"}'],
      (record) => {
        if (record.id === 1) throw new TypeError(`cannot read ${String(record.text)}`)
        throw new InputError("text is missing")
      }
    )
    expect(exitCode).toBe(1)
    expect(lines.map((line) => line.error)).toEqual([
      "line 1: could not be answered (TypeError)",
      "line 2: text is missing"
    ])
  })

  it("refuses bytes that are no UTF-8", async () => {
    const { lines } = await answered([Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d, 0x0a])])
    expect(lines[0]?.error).toBe("line 1: not valid UTF-8")
  })

  it("reads the same however the input is cut into pieces", async () => {
    const records = fc.array(
      fc.record({ id: fc.integer(), text: fc.string({ unit: "grapheme", maxLength: 30 }) }),
      { maxLength: 8 }
    )
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 7 }), async (list, size) => {
        const bytes = Buffer.from(list.map((record) => `${JSON.stringify(record)}\r\n`).join(""), "utf8")
        const pieces: Uint8Array[] = []
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
        const { exitCode, lines } = await answered(pieces)
        expect(exitCode).toBe(0)
        expect(lines).toEqual(list.map(({ id, text }) => ({ id, got: text })))
      }),
      { numRuns: 40 }
    )
  })

  it("waits for a slow reader instead of piling up answers", async () => {
    const output = new PassThrough({ highWaterMark: 16 })
    let asked = 0
    async function* many() {
      for (let at = 0; at < 200; at++) yield `{"id":${at},"text":"${"x".repeat(40)}"}\n`
    }
    const run = answerJsonLines(
      () => {
        asked++
        return { filler: "y".repeat(100) }
      },
      { input: many(), output }
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toBeLessThan(10)
    output.resume()
    expect(await run).toBe(0)
    expect(asked).toBe(200)
  })
})

describe("options", () => {
  it("reads the common ones, those of a command, and words", () => {
    const options = parseOptions(
      ["--setting", "inpatient", "--date=2026-01-15", "--limit", "5", "--deep", "--kind=x", "word"],
      {
        switches: ["deep"],
        values: ["kind"]
      }
    )
    expect(options).toMatchObject({ setting: "inpatient", date: "2026-01-15", limit: 5, words: ["word"] })
    expect(options.switches.has("deep")).toBe(true)
    expect(options.values.get("kind")).toBe("x")
    expect(parseOptions([])).toMatchObject({ setting: "outpatient", words: [] })
  })

  it.each([
    [["--setting", "clinic"], "--setting must be one of outpatient, inpatient, professional"],
    [["--date", "2026-02-30"], "--date must be a day such as 2026-01-15"],
    [["--limit", "0"], "--limit must be a whole number"],
    [["--limit"], "--limit needs a value"],
    [["--packs="], "--packs needs a value"],
    [["--frobnicate"], "unknown option --frobnicate"]
  ])("refuses %s", (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError)
    expect(() => parseOptions(args)).toThrow(message)
  })
})
