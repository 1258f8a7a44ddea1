/**
 * Screenshots of every screen, narrow and wide, light and dark.
 *   node tests/pages/ui/shots.mjs <folder> [name part]
 */
import { mkdir, readFile } from "node:fs/promises"
import { extname, join } from "node:path"
import { chromium } from "playwright-core"
import { buildPage } from "./build.mjs"

const [folder, only = ""] = process.argv.slice(2)
if (!folder) throw new Error("Usage: node tests/pages/ui/shots.mjs <folder> [name part]")
await mkdir(folder, { recursive: true })
const built = await buildPage(join(folder, ".page"))

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" }
const first = (page) => page.locator(".card").first()

/** Name, scene, and what is done before the picture is taken. */
const SHOTS = [
  ["chart", "chart", (page) => first(page).waitFor()],
  [
    "card",
    "chart",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("ArrowDown")
      await page.getByRole("button", { name: "right", exact: true }).click()
      await page.getByRole("button", { name: /Copy S52/ }).click()
    }
  ],
  [
    "not-suggested",
    "chart",
    async (page) => {
      await page.getByRole("button", { name: /Not suggested/ }).click()
      await page.locator(".card-not").last().scrollIntoViewIfNeeded()
    }
  ],
  [
    "filled",
    "chart",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("f")
      await page.getByText("filled and read back").waitFor()
    }
  ],
  ["look-up-empty", "chart", (page) => page.getByRole("tab", { name: "Look-up" }).click()],
  [
    "look-up",
    "chart",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("/")
      await page.keyboard.type("diabetes")
      await page.keyboard.press("ArrowDown")
    }
  ],
  [
    "detail",
    "chart",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("l")
      await page.getByText("Alphabetic Index").waitFor()
    }
  ],
  [
    "keys",
    "chart",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("?")
      await page.getByRole("dialog").waitFor()
    }
  ],
  ["busy", "busy", (page) => first(page).waitFor()],
  ["starter", "starter", (page) => first(page).waitFor()],
  ["reading", "reading", (page) => page.getByText("Looking for codes").waitFor({ state: "attached" })],
  ["nothing", "nothing", (page) => page.getByText("Nothing to suggest").waitFor()],
  ["no-notes", "no-notes", (page) => page.getByText("No notes on this page").waitFor()],
  ["impossible", "impossible", (page) => page.getByText("This page cannot be read").waitFor()],
  ["not-granted", "not-granted", (page) => page.getByRole("button", { name: "Read this site" }).waitFor()],
  ["off", "off", (page) => page.getByRole("button", { name: "Switch on" }).waitFor()],
  ["unreachable", "unreachable", (page) => page.getByText("The page does not answer").waitFor()],
  ["error", "error", (page) => page.getByRole("alert").waitFor()],
  ["popup", "popup", (page) => page.getByRole("switch").waitFor()],
  ["options", "options", (page) => page.getByText("sha256").first().waitFor()]
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"]
})
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 420]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 780 } })
      await context.route("http://panel.test/**", async (route) => {
        const { pathname } = new URL(route.request().url())
        const body = await readFile(join(built, pathname)).catch(() => undefined)
        const contentType = TYPES[extname(pathname)]
        return body ? route.fulfill({ body, contentType }) : route.fulfill({ status: 404 })
      })
      for (const [name, scene, prepare] of SHOTS) {
        if (!name.includes(only)) continue
        const page = await context.newPage()
        page.on("pageerror", (error) => console.error(name, error.message))
        if (scene === "options") await page.setViewportSize({ width: width * 2, height: 900 })
        await page.goto(`http://panel.test/index.html?scene=${scene}`)
        await prepare(page)
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        if (sideways && scene !== "popup") console.error(`${name} ${width}: scrolls sideways`)
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
        await page.close()
      }
      await context.close()
    }
  }
} finally {
  await browser.close()
}
