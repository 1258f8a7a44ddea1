import { describe, expect, it } from "vitest"
import { chartPartsOf, type IdentitySource, identityOf, isoDate, namesOtherChart } from "@/chart/identity"

const page = (change: Partial<IdentitySource> = {}): IdentitySource => ({
  url: "https://ehr.example/app",
  title: "Chart",
  top: true,
  header: "",
  head: "",
  inputs: [],
  ...change
})
const HEADER = "Patient: Doe, Jane\nMRN: 100200\nDOB: 02/03/1960\nAccount: 778899"
const key = (change: Partial<IdentitySource>) => identityOf(page(change))?.changeKey

describe("identity of a chart", () => {
  it("is the same for another note of the same patient and encounter", () => {
    const one = key({ header: HEADER, url: "https://ehr.example/patients/12/notes/1", title: "Note 1" })
    expect(key({ header: HEADER, url: "https://ehr.example/patients/12/notes/2", title: "Note 2" })).toBe(one)
  })

  it.each([
    ["record number", { header: HEADER.replace("100200", "100201") }],
    ["name", { header: HEADER.replace("Jane", "John") }],
    ["birth", { header: HEADER.replace("1960", "1961") }],
    ["account", { header: HEADER.replace("778899", "778800") }],
    ["patient in the address", { header: HEADER, url: "https://ehr.example/patients/13" }],
    ["site", { header: HEADER, url: "https://other.example/patients/12" }],
    ["header gone", { header: "" }],
    ["record number in the note", { header: HEADER, head: "MRN: 999999" }]
  ])("is another one with another %s", (_, change) => {
    const one = key({ header: HEADER, url: "https://ehr.example/patients/12" })
    expect(key({ url: "https://ehr.example/patients/12", ...change })).not.toBe(one)
  })

  it("depends on the day of service only where no encounter number is known", () => {
    const bare = HEADER.replace("\nAccount: 778899", "")
    expect(key({ header: `${bare}\nDOS: 01/15/2026` })).not.toBe(key({ header: `${bare}\nDOS: 01/16/2026` }))
    expect(key({ header: `${HEADER}\nDOS: 01/15/2026` })).toBe(key({ header: `${HEADER}\nDOS: 01/16/2026` }))
  })

  it("is the whole address where nothing else tells", () => {
    expect(key({ url: "https://ehr.example/a" })).not.toBe(key({ url: "https://ehr.example/b" }))
    expect(key({ title: "A" })).not.toBe(key({ title: "B" }))
  })

  it("is left to the top document by frames that name nobody", () => {
    expect(identityOf(page({ top: false, head: "Assessment: asthma" }))).toBeUndefined()
    expect(identityOf(page({ top: false, header: HEADER }))?.mrn).toBe("100200")
  })

  it("takes the day of discharge for an inpatient stay and the day of service otherwise", () => {
    const stay = "Admission date: 01/10/2026\nDischarge date: 01/12/2026"
    expect(identityOf(page({ head: `Discharge summary\n${stay}` }))).toMatchObject({
      dateOfService: "2026-01-12",
      settingHint: "inpatient"
    })
    expect(identityOf(page({ head: "Office visit\nDOS: 01/15/2026" }))?.dateOfService).toBe("2026-01-15")
  })

  it("reads headers that are made of inputs", () => {
    const inputs = [
      { label: "MRN", value: "100200" },
      { label: "Date of birth", value: "1960-02-03" }
    ]
    expect(identityOf(page({ inputs }))).toMatchObject({ mrn: "100200", born: "1960-02-03" })
  })
})

describe("the address", () => {
  it.each([
    ["https://e.example/patients/12/encounters/7/notes/3", ["patients=12", "encounters=7"]],
    ["https://e.example/app?patientId=12&tab=3&csn=9", ["patientid=12", "csn=9"]],
    ["https://e.example/app#/Patient/a1b2?enc_id=4", ["patient=a1b2", "enc_id=4"]],
    ["https://e.example/patients/search?grid=2&paid=1", []],
    ["no address", []]
  ])("%s names %j", (url, parts) => {
    expect(chartPartsOf(url)).toEqual(parts)
  })

  it("alone tells another chart only when its parts do, or when nothing else told the first", () => {
    const told = key({ header: HEADER, url: "https://e.example/p?tab=1" }) ?? ""
    expect(namesOtherChart(told, "https://e.example/p?tab=1", "https://e.example/p?tab=2")).toBe(false)
    expect(namesOtherChart(told, "https://e.example/p?mrn=1", "https://e.example/p?mrn=2")).toBe(true)
    const untold = key({ url: "https://e.example/p?tab=1" }) ?? ""
    expect(namesOtherChart(untold, "https://e.example/p?tab=1", "https://e.example/p?tab=2")).toBe(true)
  })
})

describe("dates of headers", () => {
  const latest = new Date("2026-06-01")
  it.each([
    ["01/15/2026", "2026-01-15"],
    ["1-5-26", "2026-01-05"],
    ["15/01/2026", "2026-01-15"],
    ["2026-01-15", "2026-01-15"],
    ["Jan 15, 2026", "2026-01-15"],
    ["15-Jan-2026", "2026-01-15"],
    ["15 January 2026", "2026-01-15"],
    ["2/3/60", "1960-02-03"],
    ["02/30/2026", undefined],
    ["13/13/2026", undefined],
    ["Foo 15, 2026", undefined],
    ["2026", undefined]
  ])("%s is %s", (text, iso) => {
    expect(isoDate(text, latest)).toBe(iso)
  })
})
