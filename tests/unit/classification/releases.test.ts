import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isIsoDate, pickRelease, type Release } from "@/classification/releases"

const FY2026: Release = {
  system: "ICD-10-CM",
  release: "FY2026",
  effective: { from: "2025-10-01", to: "2026-09-30" },
  complete: true
}
const FY2027: Release = { ...FY2026, release: "FY2027", effective: { from: "2026-10-01", to: "2027-09-30" } }
const STARTER: Release = { ...FY2026, release: "starter", complete: false }
const HCPCS: Release = {
  ...FY2026,
  system: "HCPCS",
  release: "2025-10",
  effective: { from: "2025-10-01", to: "2025-12-31" }
}

describe("release of a day", () => {
  it.each([
    ["2025-10-01", "FY2026"],
    ["2026-01-15", "FY2026"],
    ["2026-09-30", "FY2026"],
    ["2026-10-01", "FY2027"],
    ["2027-09-30", "FY2027"]
  ])("%s is %s, without notice", (date, release) => {
    const picked = pickRelease([FY2026, FY2027, HCPCS], "ICD-10-CM", date)
    expect(picked).toEqual({ release: release === "FY2026" ? FY2026 : FY2027, fit: "exact" })
  })

  it("falls back on the nearest earlier release and says so", () => {
    const picked = pickRelease([FY2026, HCPCS], "ICD-10-CM", "2026-10-02")
    expect(picked).toMatchObject({ release: FY2026, fit: "earlier" })
    expect(picked?.notice).toBe(
      "No ICD-10-CM release for 2026-10-02 is installed: FY2026 (in force from 2025-10-01 to 2026-09-30) was used."
    )
    expect(pickRelease([FY2026, HCPCS], "HCPCS", "2026-01-15")).toMatchObject({
      release: HCPCS,
      fit: "earlier"
    })
  })

  it("takes the earliest for a day before all, the newest without a day, and says so", () => {
    expect(pickRelease([FY2027, FY2026], "ICD-10-CM", "2020-01-01")).toMatchObject({
      release: FY2026,
      fit: "later"
    })
    const newest = pickRelease([FY2026, FY2027], "ICD-10-CM")
    expect(newest).toMatchObject({ release: FY2027, fit: "no-date" })
    expect(newest?.notice).toContain("FY2027")
    expect(pickRelease([FY2026], "HCPCS", "2026-01-15")).toBeUndefined()
  })

  it("prefers a full release to the starter set of the same days", () => {
    expect(pickRelease([STARTER, FY2026], "ICD-10-CM", "2026-01-15")?.release).toBe(FY2026)
    expect(pickRelease([STARTER, FY2026], "ICD-10-CM")?.release).toBe(FY2026)
    expect(pickRelease([STARTER], "ICD-10-CM", "2026-01-15")?.release).toBe(STARTER)
  })

  it("never calls a release exact that is not in force, whatever is installed", () => {
    const day = fc
      .integer({ min: 0, max: 4000 })
      .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10))
    const release = fc.tuple(day, day).map(
      ([a, b]): Release => ({
        system: "ICD-10-CM",
        release: a,
        effective: a < b ? { from: a, to: b } : { from: b, to: a }
      })
    )
    fc.assert(
      fc.property(fc.array(release, { minLength: 1, maxLength: 6 }), day, (releases, date) => {
        const picked = pickRelease(releases, "ICD-10-CM", date)!
        const inForce = (each: Release) => each.effective.from <= date && date <= each.effective.to!
        expect(picked.fit === "exact").toBe(releases.some(inForce))
        if (picked.fit === "exact") expect(inForce(picked.release)).toBe(true)
        else expect(picked.notice).toBeTruthy()
      })
    )
  })
})

describe("ISO dates", () => {
  it.each(["2026-02-28", "2024-02-29", "2025-12-31"])("%s is one", (text) =>
    expect(isIsoDate(text)).toBe(true))
  it.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "15.01.2026",
    "2026-1-5",
    "",
    20260115,
    null
  ])("%s is none", (value) => expect(isIsoDate(value)).toBe(false))
})
