import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { killWorker, openPanel, panelText, readSuggestions, waitForCode } from "../../scripts/journey/panel"
import { type Target, until } from "../../scripts/journey/target"
import { type Stage, stage } from "./setup"

const sentence = "ASSESSMENT: Type 2 diabetes mellitus with diabetic polyneuropathy. "
const filler = "The patient walked along the corridor and said that the weather was fine that day. "
const longNote = `<main><h1>Progress note</h1><p>${sentence}</p><p>${filler.repeat(25_000)}</p></main>`
const pages = {
  "/empty":
    "<title>Work list</title><nav><a href='#'>Inbox</a><a href='#'>Schedule</a></nav><button>Refresh</button>",
  "/long": `<title>Long</title><p>MRN: 77</p>${longNote}`,
  "/note": `<title>Note</title><p>MRN: 78</p><main><h2>Assessment</h2><p>${sentence}</p></main>`
}

describe("bad input gives a plain sentence, and nothing is lost", () => {
  let on: Stage
  let panel: Target

  const says = (pattern: RegExp, timeout?: number) =>
    until(`the panel says ${pattern}`, async () => pattern.test(await panelText(panel)), timeout)

  beforeAll(async () => {
    on = await stage("bad-input", { pages })
    await on.page.goto(`${on.origin}/note`)
    panel = await openPanel(on.launched, on.session, on.page)
    await waitForCode(panel, "E11.42")
  })
  afterAll(() => on?.close())

  it("a page without notes", async () => {
    await on.page.goto(`${on.origin}/empty`)
    await says(/no note/i)
    expect(await readSuggestions(panel)).toEqual([])
    await panel.screenshot(`${on.shots}/no-notes.png`)
  })

  it("a note of 2 MB: reads what it can, says what was left out, and stays usable", async () => {
    await on.page.goto(`${on.origin}/long`)
    await waitForCode(panel, "E11.42")
    await says(/not read/i)
    await panel.screenshot(`${on.shots}/long-note.png`)
  })

  it("a missing permission: says what to press, and reads nothing", async () => {
    // Without a grant the browser hides the tab's address, so the panel cannot offer the site by its name.
    await on.page.goto(`http://127.0.0.1:${on.port}/note`)
    await says(/may not see this tab yet.*press its button/is)
    expect(await readSuggestions(panel)).toEqual([])
    expect(await panelText(panel)).not.toMatch(/polyneuropathy/i)
    await panel.screenshot(`${on.shots}/no-permission.png`)
  })

  it("a chrome:// page", async () => {
    await on.page.goto("chrome://version")
    await says(/browser itself/i)
    await panel.screenshot(`${on.shots}/browser-page.png`)
  })

  it("a broken pack: is dropped and brought in again, with a notice", async () => {
    await panel.evaluate(`(async () => {
      const open = (name) => new Promise((ok, no) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error) })
      const db = await open("chartside-code")
      const all = await new Promise((ok) => { const r = db.transaction("packs").objectStore("packs").getAll(); r.onsuccess = () => ok(r.result) })
      for (const pack of all.filter((p) => p.id.startsWith("icd10cm"))) {
        const bytes = new Uint8Array(await pack.blob.arrayBuffer())
        bytes.fill(7, 0, 4096)
        await new Promise((ok) => { const t = db.transaction("packs", "readwrite"); t.objectStore("packs").put({ ...pack, blob: new Blob([bytes]) }); t.oncomplete = ok })
      }
      db.close()
    })()`)
    await killWorker(on.session)
    await on.page.goto(`${on.origin}/note`)
    await waitForCode(panel, "E11.42")
    await says(/was damaged/i)
    await panel.screenshot(`${on.shots}/broken-pack.png`)
  })

  it("keeps no note text in any store", async () => {
    const found = await panel.evaluate<string>(`(async () => {
      const out = []
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result) })
        for (const store of db.objectStoreNames) {
          const rows = await new Promise((ok) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => ok(r.result) })
          out.push(JSON.stringify(rows.map((row) => ({ ...row, blob: undefined }))))
        }
        db.close()
      }
      out.push(JSON.stringify(await chrome.storage.local.get()), JSON.stringify(await chrome.storage.session.get()))
      return out.join("\\n")
    })()`)
    expect(found).toContain("ICD-10-CM")
    expect(found).not.toMatch(/polyneuropathy|corridor|weather/i)
  })

  it("logs no error", () => {
    expect([...panel.errors, ...on.errors]).toEqual([])
  })
})
