import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { CodeField, FormRequests } from "@/messages/page-protocol"
import { codesOnForm, planFill } from "@/worksheet/fill-plan"
import { EMPTY_SHEET, type Sheet } from "@/worksheet/sheet"
import { diagnosis, procedure } from "../unit/worksheet/random-actions"
import { type Port, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

async function form(body: string) {
  const opened = await rig.open(body)
  const port: Port<FormRequests> = await opened.form()
  const { fields } = await port.ask("codeFields", {})
  return { page: opened.page, port, fields }
}

const told = (fields: readonly CodeField[]) => fields.map(({ role, row }) => `${role} ${row}`)

const CMS1500 = `
<form onsubmit="window.submitted = true; return false">
  <label>Patient name <input name=patient></label>
  <fieldset><legend>21. Diagnosis or nature of illness or injury</legend>
    ${["A", "B", "C"].map((letter) => `<label>${letter} <input name=dx${letter} maxlength=7></label>`).join("")}
  </fieldset>
  <table><thead><tr><th>Date</th><th>D. CPT/HCPCS</th><th>Modifier</th><th>E. Pointer</th><th>F. Charges</th><th>G. Units</th></tr></thead>
  <tbody>${[1, 2]
    .map(
      (row) =>
        `<tr><td><input name=date${row}></td><td><input name=line${row}></td><td><input name=m${row}></td><td><input name=e${row}></td><td><input name=charge${row}></td><td><input name=u${row}></td></tr>`
    )
    .join("")}</tbody></table>
  <label>Diagnosis description <input name=dxtext></label>
  <input type=hidden name=dxhidden>
  <button>Save</button>
</form>`

describe("fields of a billing form", () => {
  it("CMS-1500: items 21 and 24, and nothing else", async () => {
    const { fields } = await form(CMS1500)
    expect(told(fields)).toEqual([
      "diagnosis 0",
      "diagnosis 1",
      "diagnosis 2",
      "procedure 0",
      "modifier 0",
      "pointer 0",
      "units 0",
      "procedure 1",
      "modifier 1",
      "pointer 1",
      "units 1"
    ])
    expect(fields[0]).toMatchObject({ dot: false, maxLength: 7 })
  })

  it("UB-04: admitting diagnosis and reason for visit are no other diagnoses; POA belongs to its code", async () => {
    const { fields } = await form(`
      <div><label>67 Principal diagnosis <input></label> <label>POA <input maxlength=1></label></div>
      <div><label>67A Diagnosis <input></label> <label>POA <input maxlength=1></label></div>
      <label>69 Admitting diagnosis <input></label>
      <label>70 Patient’s reason for visit <input></label>
      <label>74 Principal procedure <input></label><label>Procedure date <input></label>`)
    expect(told(fields)).toEqual([
      "diagnosis 0",
      "poa 0",
      "diagnosis 1",
      "poa 1",
      "admitting 0",
      "reason 0",
      "procedure 0"
    ])
  })

  it("inside of a shadow tree as well; disabled and unseen ones are none", async () => {
    const { fields } = await form(`
      <x-form></x-form><label>Diagnosis 9 <input disabled></label>
      <script>
        document.querySelector("x-form").attachShadow({ mode: "closed" }).innerHTML =
          '<label>Diagnosis 1 <input></label>'
      </script>`)
    expect(told(fields)).toEqual(["diagnosis 0"])
  })

  it("a page without a form has none", async () => {
    expect((await form("<p>Diagnosis: none</p><input placeholder=Search>")).fields).toEqual([])
  })

  it("a whole worksheet goes in, is read back, can be read again, and is taken back; nothing is submitted", async () => {
    const { page, port, fields } = await form(CMS1500)
    const sheet: Sheet = {
      ...EMPTY_SHEET,
      diagnoses: [diagnosis("E11.42"), diagnosis("I10")],
      procedures: [procedure("99213", "p", { modifiers: ["25"], pointers: ["I10"], units: 1 })]
    }
    const { fills, left } = planFill(sheet, fields, "dot", { overwrite: false, poa: false })
    expect(left).toEqual([])
    const undos: string[] = []
    for (const { field, value } of fills) {
      const answer = await port.ask("fill", { field, value, url: page.url() })
      expect(answer).toMatchObject({ outcome: "accepted", value })
      undos.unshift(answer.undo)
    }
    const values = () =>
      page.evaluate(() =>
        Object.fromEntries([...new FormData(document.forms[0]!)].filter(([, value]) => value))
      )
    expect(await values()).toEqual({ dxA: "E1142", dxB: "I10", line1: "99213", m1: "25", e1: "B", u1: "1" })
    const again = (await port.ask("codeFields", {})).fields
    expect(codesOnForm(again).map(({ code }) => code)).toEqual(["E11.42", "I10", "99213"])
    for (const undo of undos) expect(await port.ask("undo", { undo })).toMatchObject({ outcome: "accepted" })
    expect(await values()).toEqual({})
    expect(await page.evaluate(() => "submitted" in window)).toBe(false)
  })
})
