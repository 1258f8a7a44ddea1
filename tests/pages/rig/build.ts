/**
 * A small extension around the two page scripts, built from the real entries: what they need of the rest
 * (registration, a page that connects) and nothing else. Made for tests; the shipped build has its own.
 */
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))

const MANIFEST = {
  manifest_version: 3,
  name: "Page scripts under test",
  version: "1",
  permissions: ["scripting"],
  host_permissions: ["http://127.0.0.1/*"],
  background: { service_worker: "worker.js" }
}

/** As the product registers them: every frame, those without an address of their own included. */
const WORKER = `
chrome.runtime.onInstalled.addListener(() => chrome.scripting.registerContentScripts([{
  id: "chart", js: ["chart.js"], css: ["marks.css"], matches: ["http://127.0.0.1/*"], allFrames: true,
  matchOriginAsFallback: true, runAt: "document_idle", persistAcrossSessions: false
}]))
`

/** Keeps ports by number and collects what comes out of them. */
const DRIVER = `
const ports = new Map()
let next = 0
globalThis.driver = {
  open(tabId, frameId, name) {
    const port = chrome.tabs.connect(tabId, { frameId, name })
    const entry = { port, events: [], waiting: new Map(), open: true, id: 0 }
    port.onMessage.addListener((m) => {
      if ("event" in m) return entry.events.push(m.event)
      entry.waiting.get(m.id)?.(m)
      entry.waiting.delete(m.id)
    })
    port.onDisconnect.addListener(() => {
      entry.open = false
      for (const settle of entry.waiting.values()) settle({ ok: false, code: "gone", message: "" })
    })
    ports.set(++next, entry)
    return next
  },
  ask(handle, kind, body) {
    const entry = ports.get(handle)
    if (!entry.open) return { ok: false, code: "gone", message: "" }
    return new Promise((resolve) => {
      const id = ++entry.id
      entry.waiting.set(id, resolve)
      entry.port.postMessage({ id, kind, body })
    })
  },
  post(handle, message) { ports.get(handle).port.postMessage(message) },
  events(handle) { return ports.get(handle).events.splice(0) },
  isOpen(handle) { return ports.get(handle).open },
  close(handle) { ports.get(handle).port.disconnect(); ports.get(handle).open = false },
  async frames(tabId) {
    const found = await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, func: () => location.href })
    return found.map(({ frameId, result }) => ({ frameId, url: result }))
  },
  async inject(tabId, file, frameId) {
    await chrome.scripting.executeScript({ target: { tabId, frameIds: [frameId ?? 0] }, files: [file] })
  },
  async inWorld(tabId, source) {
    const [r] = await chrome.scripting.executeScript({ target: { tabId }, func: (s) => {
      const scripts = globalThis[Symbol.for("chartside.world")]?.scripts
      return scripts ? [...scripts].map(([name, s]) => [name, s.alive()]) : []
    }, args: [source] })
    return r.result
  },
  stop(tabId, origin) { return chrome.tabs.sendMessage(tabId, { kind: "page/stop", origin }).catch(() => undefined) }
}
`

/** Bundles one entry the way the product's build does: one classic script, minified. */
export async function bundle(
  entry: string,
  outfile: string,
  options: { minify?: boolean; globalName?: string } = {}
) {
  const result = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    minify: options.minify ?? true,
    format: "iife",
    target: "chrome140",
    tsconfig: join(ROOT, "tsconfig.json"),
    outfile,
    logLevel: "silent",
    metafile: true,
    ...(options.globalName && { globalName: options.globalName }),
    define: { "process.env.NODE_ENV": '"production"' },
    jsx: "automatic"
  })
  return Object.values(result.metafile.outputs)[0]?.bytes ?? 0
}

export interface BuiltRig {
  dir: string
  sizes: { chart: number; form: number }
}

export async function buildRig(): Promise<BuiltRig> {
  const dir = mkdtempSync(join(tmpdir(), "chartside-rig-"))
  writeFileSync(join(dir, "manifest.json"), JSON.stringify(MANIFEST))
  writeFileSync(join(dir, "worker.js"), WORKER)
  writeFileSync(join(dir, "driver.js"), DRIVER)
  writeFileSync(join(dir, "driver.html"), '<!doctype html><script src="driver.js"></script>')
  copyFileSync(join(ROOT, "contents/chart/marks.css"), join(dir, "marks.css"))
  const [chart, form] = await Promise.all([
    bundle("contents/chart/entry.ts", join(dir, "chart.js")),
    bundle("contents/form/entry.ts", join(dir, "form.js"))
  ])
  return { dir, sizes: { chart, form } }
}
