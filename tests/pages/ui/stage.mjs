/** The page of this folder, bundled, in a real Chromium: no server, no network. */
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"
import { buildPage } from "./build.mjs"

/** What `npm run packs` made, for the scenes with real code sets. */
const PACKS = fileURLToPath(new URL("../../../assets/packs", import.meta.url))
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" }

/**
 * Builds once and starts a browser.
 * @returns `open(scene, look)` gives a page that shows the scene; `close()` ends the browser.
 */
export async function stage() {
  const folder = await mkdtemp(join(tmpdir(), "chartside-ui-"))
  await buildPage(folder)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"]
  })
  return {
    async open(scene, { width = 360, height = 780, ...look } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, ...look })
      await context.route("**/*", async (route) => {
        const { pathname } = new URL(route.request().url())
        const file = pathname.startsWith("/packs/") ? join(PACKS, pathname.slice(7)) : join(folder, pathname)
        const body = await readFile(file).catch(() => undefined)
        const contentType = TYPES[extname(pathname)]
        return body ? route.fulfill({ body, contentType }) : route.fulfill({ status: 404 })
      })
      const page = await context.newPage()
      const errors = []
      page.on("pageerror", (error) => errors.push(error.message))
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("404")) errors.push(message.text())
      })
      await page.goto(`http://panel.localhost/index.html?scene=${scene}`)
      return { page, errors, close: () => context.close() }
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
