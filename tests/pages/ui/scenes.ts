/** What the panel can meet, each as a browser in memory. Tests and screenshots use the same ones. */
import type { WorksheetAnswer, WorksheetRequest } from "@/engine/checks/types"
import type { Check } from "@/engine/types"
import { AskError } from "@/messages/client"
import { CLINIC_NOTE, clinicFindings } from "../../unit/ui/fake-findings"
import { findingsWithGaps } from "../../unit/ui/fake-gaps"
import { packInfo } from "../../unit/ui/fake-pack"
import { childFrame, FakeBrowser, FakePage, field, NO_FINDINGS, topFrame } from "../../unit/ui/fake-services"
import { withSmallPacks } from "../../unit/ui/small-packs"

function clinic(): FakeBrowser {
  const page = new FakePage(topFrame(), CLINIC_NOTE, {
    changeKey: "a",
    mrn: "1",
    dateOfService: "2026-03-14"
  })
  page.focused = field()
  const browser = new FakeBrowser(page)
  browser.suggestWith = ({ documents }) => clinicFindings(documents[0]!.doc)
  return browser
}

function empty(change: (browser: FakeBrowser) => void): FakeBrowser {
  const browser = new FakeBrowser(new FakePage(topFrame(), "", { changeKey: "a" }))
  change(browser)
  return browser
}

/** Checks as the worker words them: an Excludes1 pair, a sequence to verify, what no check covers. */
function checkedSheet({ codes }: WorksheetRequest): WorksheetAnswer {
  const has = (code: string) => codes.find((ref) => ref.code === code)
  const [neuropathy, pain] = [has("E11.42"), has("R07.9")]
  const release = "ICD-10-CM FY2026"
  const checks: Check[] = []
  if (neuropathy && pain)
    checks.push({
      id: "conv.excludes1",
      codes: [neuropathy, pain],
      status: "fail",
      text: "E11.42 and R07.9 exclude each other here.",
      source: "Tabular List, Excludes1 at R07",
      release,
      quote: "Excludes1: epidemic myalgia (B33.0)",
      exception: "The two conditions are unrelated (I.A.12.a)."
    })
  if (codes.some(({ code }) => code === "S52.50"))
    checks.push({
      id: "conv.header",
      codes: codes.filter(({ code }) => code === "S52.50"),
      status: "warn",
      text: "S52.50 is a header and cannot be billed.",
      source: "Tabular List",
      release
    })
  checks.push(
    {
      id: "edit.ncci",
      codes: [],
      status: "not-covered",
      text: "Edits between procedures (NCCI) are not installed.",
      source: "",
      release: ""
    },
    { id: "conv.valid", codes, status: "pass", text: "All codes are valid.", source: "", release }
  )
  const support: WorksheetAnswer["support"] = codes.flatMap((ref) =>
    ref.code === "R07.9"
      ? [
          {
            ...ref,
            title: "Chest pain, unspecified",
            grade: "contradicted" as const,
            action: "remove" as const,
            text: "the note denies it: “Denies chest pain”.",
            evidence: []
          }
        ]
      : []
  )
  return { checks, standing: "not-covered", support }
}

export const SCENES: Record<string, () => FakeBrowser> = {
  chart: clinic,
  /** Few codes, with everything that stands beside them, and the real look-up. */
  small: () => {
    const browser = withSmallPacks(clinic())
    browser.own.pins = [
      { system: "ICD-10-CM", code: "M72.2", pinnedAt: 1 },
      { system: "ICD-10-CM", code: "E11.22", pinnedAt: 2 }
    ]
    browser.own.recents = [{ system: "ICD-10-CM", code: "I10", at: 1 }]
    return browser
  },
  /** As `small`, for the worksheet: with checks. */
  worksheet: () => {
    const browser = withSmallPacks(clinic())
    browser.checkWith = checkedSheet
    browser.pagesHere[0]!.codeFields = ["A", "B", "C", "D"].map((letter, row) => ({
      ...field({ field: `dx${letter}`, label: `21. Diagnosis: ${letter}` }),
      role: "diagnosis" as const,
      row
    }))
    return browser
  },
  /** With the packs of this working copy (real-packs.ts). */
  real: clinic,
  starter: () => {
    const browser = clinic()
    browser.infos = [packInfo({ id: "icd10cm-starter", codes: 1512, complete: false })]
    return browser
  },
  "no-notes": () => empty(() => {}),
  impossible: () =>
    empty((browser) => {
      browser.site = {
        possible: false,
        origin: "",
        reason:
          "This is a page of the browser itself; extensions cannot read it. Open the chart in a normal tab and come back."
      }
    }),
  "not-granted": () =>
    empty((browser) => {
      browser.site = { granted: false, enabled: false }
    }),
  off: () =>
    empty((browser) => {
      browser.site = { granted: true, enabled: false }
    }),
  unreachable: () =>
    empty((browser) => {
      browser.pagesHere[0]!.mute = true
    }),
  reading: () => {
    const browser = clinic()
    browser.suggestWith = () => new Promise(() => {})
    return browser
  },
  nothing: () => {
    const browser = clinic()
    browser.suggestWith = () => NO_FINDINGS
    return browser
  },
  error: () => {
    const browser = clinic()
    browser.suggestWith = () => {
      throw new AskError("internal", "The suggestions could not be worked out. Nothing was lost.")
    }
    return browser
  },
  busy: () => {
    const browser = clinic()
    const [top] = browser.pagesHere
    top!.foreignFrames = ["https://labs.example"]
    top!.leftOut = 1_234_567
    top!.identity = { changeKey: "a", mrn: "1", settingHint: "inpatient" }
    const child = new FakePage(childFrame(4), "Radiology report\nImpression: no acute fracture of the hip.")
    child.texts[0]!.label = "Radiology report"
    browser.pagesOf.set(1, [top!, child])
    browser.packNotices = ["ICD-10-CM FY2026 was damaged and has been imported again."]
    return browser
  },
  gaps: () => {
    const browser = withSmallPacks(clinic())
    browser.suggestWith = ({ documents }) => findingsWithGaps(documents[0]!.doc)
    browser.counts = [{ rule: "fracture", accepted: 2, dismissed: 1 }]
    return browser
  },
  popup: clinic,
  options: () => {
    const browser = clinic()
    browser.sites = [
      { origin: "https://ehr.example", granted: true, enabled: true },
      { origin: "https://billing.clinic.example:8443", granted: false, enabled: false }
    ]
    return browser
  }
}
