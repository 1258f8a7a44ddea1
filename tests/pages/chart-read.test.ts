import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Opened, poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

/** Main text of a page, or "" when there is none. */
async function mainText(opened: Opened): Promise<string> {
  const port = await opened.chart()
  const reading = await port.ask("read", {})
  await port.close()
  return reading.texts.find((text) => text.source === "main")?.text ?? ""
}

const read = async (body: string) => {
  const opened = await rig.open(body)
  const text = await mainText(opened)
  await opened.page.close()
  return text
}

describe("text of a page", () => {
  it("breaks lines at blocks, cells and br, and keeps words of inline elements together", async () => {
    const text = await read(`<main><h2>Assessment</h2>
      <p>Type 2 <b>dia</b>betes
         mellitus,   stable.<br>Continue metformin.</p>
      <ul><li>Hypertension</li><li>CKD <i>stage 3b</i></li></ul>
      <table><tr><th>Lab</th><td>A1c</td><td>8.2 %</td></tr><tr><td>Creatinine</td><td>1.9</td></tr></table>
      <dl><dt>Allergies</dt><dd>Penicillin</dd></dl></main>`)
    expect(text).toBe(
      [
        "Assessment",
        "",
        "Type 2 diabetes mellitus, stable.",
        "Continue metformin.",
        "",
        "Hypertension",
        "CKD stage 3b",
        "Lab",
        "A1c",
        "8.2 %",
        "Creatinine",
        "1.9",
        "Allergies",
        "Penicillin"
      ].join("\n")
    )
  })
})
