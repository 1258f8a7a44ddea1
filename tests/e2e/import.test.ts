/**
 * Code sets imported on the options page of the shipped build, in real Chromium. The files are miniatures in
 * the official layouts, written here; release FY2031 stands beside the packaged ones, so that nothing but the
 * import can have brought its words.
 */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { strToU8, zipSync } from "fflate"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { killWorker, openPanel } from "../../scripts/journey/panel"
import { type Target, until } from "../../scripts/journey/target"
import { indexXml, orderText, tabularXml } from "../unit/classification/readers/layouts"
import { type Stage, stage } from "./setup"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const RELEASES = process.env.CHARTSIDE_RELEASES

/** The official zips and XML files of FY2026, as a coder would add them. */
const OFFICIAL = [
  "2025-10/2026-code-descriptions-tabular-order.zip",
  "2025-10/reconstructed/icd10cm_tabular_2026.xml",
  "2025-10/reconstructed/icd10cm_index_2026.xml",
  "2026-04/icd10cm-eindex-April-1-2026-XML.xml",
  "2026-04/icd10cm-neoplasm-April-1-2026-XML.xml",
  "2026-04/icd10cm-drug-April-1-2026-XML.xml"
]

interface Upload {
  name: string
  mimeType: string
  buffer: Buffer
}

const upload = (name: string, content: string | Uint8Array): Upload => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content)
})

function miniature(title: string, index: string): Upload[] {
  const order = orderText([
    ["E11", false, "Type 2 diabetes mellitus"],
    ["E114", false, "Type 2 diabetes mellitus with neurological complications"],
    ["E1140", true, title]
  ])
  const tabular = tabularXml(
    `<chapter><name>4</name><desc>Endocrine (E00-E89)</desc>
    <section id="E08-E13"><desc>Diabetes mellitus (E08-E13)</desc>
    <diag><name>E11</name><desc>Type 2 diabetes mellitus</desc>
    <diag><name>E11.4</name><desc>Type 2 diabetes mellitus with neurological complications</desc>
    <diag><name>E11.40</name><desc>${title}</desc></diag></diag></diag></section></chapter>`,
    "2031"
  )
  const xml = indexXml(
    `<mainTerm><title>${index}</title><code>E11.40</code></mainTerm>`,
    "ICD-10-CM INDEX TO DISEASES and INJURIES",
    "2031"
  )
  return [
    upload(
      "2031-code-descriptions-tabular-order.zip",
      zipSync({ "icd10cm_order_2031.txt": strToU8(order), "icd10OrderFiles.pdf": strToU8("%PDF") })
    ),
    upload("2031-tabular.xml", tabular),
    upload("2031-index.zip", zipSync({ "Table and Index/icd10cm_index_2031.xml": strToU8(xml) }))
  ]
}

/** Enough codes that there is time to press Cancel. */
function large(): Upload {
  const rows: [string, boolean, string][] = []
  for (let n = 0; n < 60_000; n++) {
    const code = `${String.fromCharCode(65 + Math.floor(n / 2600))}${String(Math.floor(n / 26) % 100).padStart(2, "0")}`
    const child = n % 26
    if (child === 0) rows.push([code, false, `Category ${code} of words and more words`])
    else
      rows.push([
        `${code}${String.fromCharCode(65 + child)}`,
        true,
        `Entity ${n} of category ${code} with words`
      ])
  }
  return upload("icd10cm_order_2032.txt", orderText(rows))
}

let on: Stage
let options: Page

async function openOptions(): Promise<Page> {
  const page = await on.launched.context.newPage()
  page.on("pageerror", (error) => on.errors.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error") on.errors.push(message.text())
  })
  await page.goto(`chrome-extension://${on.launched.extensionId}/options.html`)
  await page.getByText("source: ").first().waitFor()
  return page
}

const choose = (files: Upload[] | string[], page = options) =>
  page.locator('input[type="file"]').setInputFiles(files as Upload[])

/** As a mouse drops files: real File objects, real events, on the zone. */
async function drop(files: Upload[]): Promise<void> {
  const transfer = await options.evaluateHandle(
    (given) => {
      const data = new DataTransfer()
      for (const { name, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name))
      return data
    },
    files.map(({ name, buffer }) => ({ name, bytes: [...buffer] }))
  )
  await options.dispatchEvent(".drop-zone", "dragover", { dataTransfer: transfer })
  await options.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer })
}

const says = (what: RegExp | string, page = options, timeout = 30_000) =>
  page.locator(".import-state").getByText(what).first().waitFor({ timeout })

const installed = (page = options) => page.locator(".rows > li strong").allInnerTexts()

const row = (name: string, page = options) => page.locator("ul.rows > li", { hasText: name }).first()

/** What the store holds: id, channel and whether it counts. */
const stored = () =>
  options.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("chartside-code")
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const all = (store: string) =>
      new Promise<Record<string, string>[]>((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
      })
    const counting = (await all("active")).map(({ key }) => key)
    const packs = (await all("packs")).map(({ key, channel }) => ({
      key,
      channel,
      counts: counting.includes(key)
    }))
    database.close()
    return packs
  })

/** Processor time of all pages and workers so far: unlike the clock, it does not count what others do. */
async function cpuSeconds(): Promise<number> {
  const { processInfo } = await on.session.send("SystemInfo.getProcessInfo")
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

const restored = async () => {
  await row("ICD-10-CM FY2031").locator("[data-action=remove]").click()
  await options.locator("[data-action=remove-yes]").click()
  await until("FY2031 is gone", async () => !(await installed()).includes("ICD-10-CM FY2031"))
}

describe("import on the options page", () => {
  let panel: Target

  /** Titles that the side panel's look-up finds. */
  async function lookUp(words: string, wanted: RegExp): Promise<void> {
    await until(`${wanted} for "${words}"`, async () => {
      await panel.evaluate(`(() => {
        const field = document.querySelector("input[type=search], .lookup input")
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set
        set.call(field, "")
        field.dispatchEvent(new Event("input", { bubbles: true }))
        set.call(field, ${JSON.stringify(words)})
        field.dispatchEvent(new Event("input", { bubbles: true }))
      })()`)
      const end = Date.now() + 1_500
      while (Date.now() < end) {
        if (wanted.test(await panel.evaluate<string>("document.body.innerText"))) return true
      }
      return false
    })
  }

  beforeAll(async () => {
    on = await stage("import", { pages: { "/note": "<title>Note</title><p>Nothing to read.</p>" } })
    await on.page.goto(`${on.origin}/note`)
    panel = await openPanel(on.launched, on.session, on.page)
    await until("the tabs of the panel", () =>
      panel.evaluate<boolean>(`(() => {
        const tab = [...document.querySelectorAll("[role=tab]")].find((t) => t.innerText.includes("Look-up"))
        tab?.click()
        return Boolean(tab)
      })()`)
    )
    options = await openOptions()
  })
  afterAll(() => on?.close())

  it("files that are dropped are compiled and installed, and look-up in the side panel finds their words", async () => {
    await drop(miniature("Zebroid neuropathy of miniatures", "Acromelalgia zebroides"))
    await says(/ICD-10-CM FY2031 is installed and in use/)
    await says(/1 file was not needed/)
    expect(await installed()).toContain("ICD-10-CM FY2031")
    await options.screenshot({ path: `${on.shots}/done.png`, fullPage: true })
    await lookUp("zebroid neuropathy", /Zebroid neuropathy of miniatures/)
    await panel.screenshot(`${on.shots}/look-up.png`)
  })

  it("the same release again replaces after asking; a no leaves it as it was", async () => {
    const before = await stored()
    await choose(miniature("Okapi neuropathy of miniatures", "Acromelalgia okapica"))
    await says(/Replace ICD-10-CM FY2031, which is installed\?/)
    expect(await options.evaluate(() => document.activeElement?.textContent)).toBe("Replace")
    await options.screenshot({ path: `${on.shots}/replace.png`, fullPage: true })
    await options.locator("[data-action=discard]").click()
    await says(/Cancelled/)
    expect(await stored()).toEqual(before)
    await choose(miniature("Okapi neuropathy of miniatures", "Acromelalgia okapica"))
    await options.locator("[data-action=install]").click()
    await says(/is installed and in use/)
    await lookUp("okapi neuropathy", /Okapi neuropathy of miniatures/)
  })

  it("a worker killed while it installs: the page asks again, and the set is there", async () => {
    await choose(miniature("Tapir neuropathy of miniatures", "Acromelalgia tapirina"))
    await options.locator("[data-action=install]").waitFor()
    await Promise.all([options.locator("[data-action=install]").click(), killWorker(on.session)])
    // Longer than it takes to notice a port that went dead (src/messages/silence.ts).
    await says(/is installed and in use/, options, 60_000)
    await lookUp("tapir neuropathy", /Tapir neuropathy of miniatures/)
  })

  it("cancel ends the worker at once and leaves everything as it was", async () => {
    const before = await stored()
    const workers = () => options.workers().length
    await choose([large()])
    await says(/step \d+ of \d+/)
    await until("the worker runs", async () => workers() === 1)
    await options.screenshot({ path: `${on.shots}/progress.png`, fullPage: true })
    await options.locator("[data-action=cancel-import]").click()
    await says(/Cancelled. The installed code sets are as they were/)
    await until("the worker is gone", async () => workers() === 0)
    expect(await stored()).toEqual(before)
  })

  it("errors name file, line and what was expected, and nothing is installed", async () => {
    const before = await stored()
    const [zip, tabular, index] = miniature("Zebroid neuropathy", "Acromelalgia")
    const broken = upload("icd10cm_order_2031.txt", "00001 E11     0 Type 2\r\n00003 E114    0 Type 2\r\n")
    await choose([broken])
    await says(/icd10cm_order_2031\.txt, line 1: expected a long title from column 78/)
    await options.screenshot({ path: `${on.shots}/error.png`, fullPage: true })
    await choose([upload("2031-code-descriptions.zip", zip!.buffer.subarray(0, 200)), tabular!, index!])
    await says(/2031-code-descriptions\.zip: expected a whole zip archive/)
    await choose([upload("photo.png", "\u0089PNG")])
    await says(/None of these files is a code set/)
    expect(await stored()).toEqual(before)
  })

  it("an options page closed in the middle leaves everything as it was", async () => {
    const before = await stored()
    const other = await openOptions()
    await choose([large()], other)
    await says(/step \d+ of \d+/, other)
    await other.close()
    expect(await stored()).toEqual(before)
  })

  it("two options pages at once: one of the two sets, whole", async () => {
    const other = await openOptions()
    await choose(miniature("Left neuropathy of miniatures", "Acromelalgia"))
    await choose(miniature("Right neuropathy of miniatures", "Acromelalgia"), other)
    for (const page of [options, other]) await page.locator("[data-action=install]").waitFor()
    await Promise.all([options, other].map((page) => page.locator("[data-action=install]").click()))
    await says(/is installed and in use/)
    await says(/is installed and in use/, other)
    const counting = (await stored()).filter(({ key, counts }) => counts && key?.startsWith("icd10cm-FY2031"))
    expect(counting).toHaveLength(1)
    await lookUp("neuropathy of miniatures", /(Left|Right) neuropathy of miniatures/)
    await other.close()
  })

  it("an exported pack has the name and SHA-256 that are shown, and can be imported", async () => {
    const [download] = await Promise.all([
      options.waitForEvent("download"),
      row("ICD-10-CM FY2031").locator("[data-action=export]").click()
    ])
    const bytes = readFileSync(await download.path())
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    await row("ICD-10-CM FY2031").getByText(sha256).waitFor()
    expect(download.suggestedFilename()).toBe(`icd10cm-FY2031-${sha256.slice(0, 12)}.bin`)
    await options.screenshot({ path: `${on.shots}/exported.png`, fullPage: true })
    await restored()
    const flipped = Buffer.from(bytes)
    flipped[flipped.length >> 1]! ^= 1
    await choose([upload("icd10cm-FY2031.bin", flipped)])
    await says(/icd10cm-FY2031\.bin is no whole pack/)
    await choose([upload("icd10cm-FY2031.bin", bytes)])
    await says(/ICD-10-CM FY2031 is installed and in use/)
    await lookUp("neuropathy of miniatures", /(Left|Right) neuropathy of miniatures/)
  })

  it("CPT comes in with a licence only, is found by look-up, and cannot be exported", async () => {
    const list = ["99990", "99991", "99992"].map(
      (code, n) => `${code}\tQuokka service of a made-up kind, ${n + 1}`
    )
    const cpt = upload("LONGULT.txt", list.join("\r\n"))
    const before = await stored()
    await choose([cpt])
    await says(/Confirm your own licence first/)
    expect(await stored()).toEqual(before)
    await options.locator(".import-licence input[type=checkbox]").check()
    await options.locator(".import-year input").fill("2026")
    await options.screenshot({ path: `${on.shots}/cpt-licence.png`, fullPage: true })
    await choose([cpt])
    await says(/CPT 2026 is installed and in use/)
    await lookUp("quokka service", /Quokka service of a made-up kind, 2/)
    expect(await row("CPT 2026").locator("[data-action=export]").count()).toBe(0)
    await options.screenshot({ path: `${on.shots}/cpt.png`, fullPage: true })
    await row("CPT 2026").locator("[data-action=remove]").click()
    await options.locator("[data-action=remove-yes]").click()
    await until("CPT is gone", async () => !(await installed()).includes("CPT 2026"))
    await options.locator(".import-licence input[type=checkbox]").uncheck()
  })

  it("an imported set can be removed; what was there before counts", async () => {
    await restored()
    expect((await stored()).filter(({ channel }) => channel === "file")).toEqual([])
  })

  it("the page passes axe in every state, light and dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      await options.emulateMedia({ colorScheme: scheme })
      await choose(miniature("Zebroid neuropathy of miniatures", "Acromelalgia"))
      await says(/is installed and in use/)
      await choose(miniature("Okapi neuropathy of miniatures", "Acromelalgia"))
      await says(/Replace ICD-10-CM FY2031/)
      await options.screenshot({ path: `${on.shots}/ask-${scheme}.png`, fullPage: true })
      for (const state of ["asking", "cancelled"]) {
        if (state === "cancelled") await options.locator("[data-action=discard]").click()
        await options.evaluate(AXE)
        const violations = await options.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: { run(of: Document): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
          const result = await axe.run(document)
          return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
        })
        expect(violations).toEqual([])
      }
      await restored()
    }
  })

  it.skipIf(!RELEASES)(
    "the official ICD-10-CM files are ready within their budget (CHARTSIDE_RELEASES)",
    async () => {
      await panel.evaluate(`window.longest = 0; window.last = performance.now(); window.beat = setInterval(() => {
      const now = performance.now(); window.longest = Math.max(window.longest, now - window.last - 50); window.last = now
    }, 50)`)
      const cpuBefore = await cpuSeconds()
      const started = Date.now()
      await choose(OFFICIAL.map((file) => `${RELEASES}/icd10cm/${file}`))
      await says(/Replace ICD-10-CM FY2026/, options, 60_000)
      const compiled = Date.now() - started
      const cpu = (await cpuSeconds()) - cpuBefore
      const longest = await panel.evaluate<number>("clearInterval(window.beat); window.longest")
      const pressed = Date.now()
      await options.locator("[data-action=install]").click()
      await says(/is installed and in use/)
      console.log(
        `official ICD-10-CM FY2026: compiled in ${(compiled / 1000).toFixed(1)} s (${cpu.toFixed(1)} s of processor time), installed in ${Date.now() - pressed} ms; longest pause of the panel ${Math.round(longest)} ms`
      )
      expect(await row("ICD-10-CM FY2026").innerText()).toMatch(/74,719 billable of 98,186 codes/)
      await lookUp("dm2 with polyneuropathy", /E11\.42/)
      await row("ICD-10-CM FY2026").locator("[data-action=remove]").click()
      await options.locator("[data-action=remove-yes]").click()
      await until("the packaged copy is back", async () =>
        (await stored()).every(({ channel }) => channel !== "file")
      )
      // The budget of design.md 4 is 10 s on an idle machine. The clock would count what others do here;
      // processor time does not, but shared caches make it some tenths longer.
      expect(cpu).toBeLessThan(12)
    }
  )

  it("nobody logged an error", () => {
    expect([...on.errors, ...panel.errors]).toEqual([])
  })
})
