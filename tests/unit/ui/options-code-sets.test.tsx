// @vitest-environment jsdom
import axe from "axe-core"
import { act } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { CompiledSet } from "@/classification/import/compiled-set"
import type { PackStatus } from "@/messages/panel-protocol"
import { OptionsApp } from "@/ui/screens/options-app"
import { packInfo } from "./fake-pack"
import { FakeBrowser } from "./fake-services"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

/** A browser whose status says what was imported, and whose removals work. */
class Browser extends FakeBrowser {
  imported: string[] = []
  unreadable: NonNullable<PackStatus["unreadable"]> = []

  override packStatus(): PackStatus {
    return { ...super.packStatus(), imported: this.imported, unreadable: this.unreadable }
  }

  override async ask(...[kind, body]: Parameters<FakeBrowser["ask"]>): Promise<never> {
    if (kind === "packs/remove") {
      const { id } = body as { id: string }
      this.infos = this.infos.filter((info) => info.id !== id)
      this.unreadable = this.unreadable.filter((pack) => pack.id !== id)
    }
    return (await super.ask(kind, body)) as never
  }
}

let root: Root
let browser: Browser

const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve))))
const page = () => document.body.textContent ?? ""
const find = (selector: string) => {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`nothing is ${selector}`)
  return found
}
const click = async (selector: string) => {
  await act(async () => find(selector).click())
  await settle()
}

async function choose(...names: string[]): Promise<void> {
  const input = find("input[type=file]") as HTMLInputElement
  Object.defineProperty(input, "files", {
    configurable: true,
    value: names.map((name) => new File(["x"], name))
  })
  await act(async () => input.dispatchEvent(new Event("change", { bubbles: true })))
  await settle()
}

const set = (id: string, changes: Partial<CompiledSet> = {}): CompiledSet => ({
  info: packInfo({ id, sha256: "new" }),
  blob: new Blob(["pack"]),
  files: ["a.zip/icd10cm_order_2026.txt"],
  missing: [],
  ...changes
})

beforeEach(async () => {
  browser = new Browser()
  browser.infos.push(
    packInfo({ id: "cpt-2026", system: "CPT", release: "2026", sha256: "cc".repeat(32), remarks: [] })
  )
  browser.imported = ["cpt-2026"]
  browser.unreadable = [{ id: "icd10cm-FY2024", system: "ICD-10-CM", release: "FY2024" }]
  document.title = "Chartside"
  document.documentElement.lang = "en"
  const place = document.createElement("div")
  document.body.append(place)
  root = createRoot(place)
  await act(async () => root.render(<OptionsApp services={browser} />))
  await settle()
})

afterEach(async () => {
  await act(async () => root.unmount())
  document.body.innerHTML = ""
})

describe("code sets on the options page", () => {
  it("offers export of all but CPT, and removal of what was imported", async () => {
    const labels = [...document.querySelectorAll("[data-action=export], [data-action=remove]")].map(
      (element) => element.getAttribute("aria-label")
    )
    expect(labels).toContain("Export ICD-10-CM FY2026")
    expect(labels).toContain("Remove CPT 2026")
    expect(labels).toContain("Remove ICD-10-CM FY2024")
    expect(labels).not.toContain("Export CPT 2026")
    expect(labels).not.toContain("Remove ICD-10-CM FY2026")
    expect(page()).toContain("not readable by this one. Import its files again.")
    const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false } } })
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it("removes only after a second yes", async () => {
    await click("[aria-label='Remove CPT 2026']")
    expect(browser.count("packs/remove")).toBe(0)
    await click("[data-action=remove-yes]")
    expect(browser.count("packs/remove")).toBe(1)
    expect(page()).not.toContain("CPT 2026")
  })

  it("shows name and SHA-256 of what was exported", async () => {
    await click("[aria-label='Export ICD-10-CM FY2026']")
    expect(browser.codeSets.saved).toHaveLength(1)
    expect(page()).toContain(`sha256 ${browser.infos[0]!.sha256}`)
  })

  it("shows stage and figures, and can be cancelled", async () => {
    await choose("a.zip")
    await act(async () =>
      browser.codeSets.run.tell({
        step: 3,
        steps: 9,
        label: "Reading icd10cm_order_2026.txt",
        done: ["a.zip: 6 files"]
      })
    )
    expect(page()).toContain("Reading icd10cm_order_2026.txt … step 3 of 9")
    expect(page()).toContain("a.zip: 6 files")
    expect(document.activeElement).toBe(find("[data-action=cancel-import]"))
    expect(find("progress")).toMatchObject({ value: 2, max: 9 })
    expect(document.querySelector("input[type=file]")).toBeNull()
    await click("[data-action=cancel-import]")
    expect(browser.codeSets.run.cancelled).toBe(true)
    expect(page()).toContain("The installed code sets are as they were")
    expect(document.activeElement).toBe(find("[data-action=choose-files]"))
  })

  it("asks before it replaces, and names what the new one lacks", async () => {
    await choose("icd10cm_order_2026.txt")
    const missing = ["The Tabular List is missing: there will be no notes."]
    await act(async () =>
      browser.codeSets.run.end({ sets: [set("icd10cm-FY2026", { missing })], unused: ["a.zip/readme.pdf"] })
    )
    await settle()
    expect(page()).toContain("Replace ICD-10-CM FY2026, which is installed?")
    expect(page()).toContain(missing[0])
    expect(page()).toContain("1 file was not needed")
    expect(document.activeElement?.textContent).toBe("Replace")
    expect(browser.codeSets.installed).toEqual([])
    await click("[data-action=install]")
    expect(browser.codeSets.installed).toHaveLength(1)
    expect(page()).toContain("is installed and in use")
  })

  it("hands licence and year of CPT on, and asks for the year only with a licence", async () => {
    expect(document.querySelector(".import-year")).toBeNull()
    await act(async () => find(".import-licence input[type=checkbox]").click())
    const year = find(".import-year input") as HTMLInputElement
    expect(year.value).toMatch(/^20\d\d$/)
    await choose("LONGULT.txt")
    expect(browser.codeSets.run.terms).toEqual({ cptLicence: true, cptYear: year.value })
  })

  it("takes files that are dropped, and keeps those dropped beside from taking the page over", async () => {
    const event = (type: string) => Object.assign(new Event(type, { bubbles: true, cancelable: true }))
    const beside = event("drop")
    document.body.dispatchEvent(beside)
    expect(beside.defaultPrevented).toBe(true)
    const drop = event("drop")
    Object.assign(drop, { dataTransfer: { files: [new File(["x"], "a.zip")] } })
    await act(async () => find(".drop-zone").dispatchEvent(drop))
    await settle()
    await vi.waitFor(() => expect(browser.codeSets.runs).toHaveLength(1))
  })
})
