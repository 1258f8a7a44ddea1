/** What the panel can meet, each as a browser in memory. Tests and screenshots use the same ones. */
import { AskError } from "@/messages/client"
import { CLINIC_NOTE, clinicFindings } from "../../unit/ui/fake-findings"
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
