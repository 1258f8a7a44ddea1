/**
 * Screenshots of every screen, narrow and wide, light and dark.
 *   node tests/pages/ui/shots.mjs <folder> [name part]
 */
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { stage } from "./stage.mjs"

const [folder, only = ""] = process.argv.slice(2)
if (!folder) throw new Error("Usage: node tests/pages/ui/shots.mjs <folder> [name part]")
await mkdir(folder, { recursive: true })
const first = (page) => page.locator(".card").first()

/** Suggestions accepted, one overruled, a drug and a CPT number typed. */
async function someLines(page) {
  await first(page).waitFor()
  for (const card of await page.locator(".card").all()) {
    await card.focus()
    await page.keyboard.press("a")
  }
  await page.getByRole("button", { name: /Not suggested/ }).click()
  await page.locator(".card-not").first().focus()
  await page.keyboard.press("o")
  await page.keyboard.press("4")
  const field = page.getByLabel("Type a code to add")
  for (const text of ["99213-25", "J1885"]) {
    await field.fill(text)
    await field.press("Enter")
  }
  await page.getByText("not covered").first().waitFor()
}

const gapsTab = async (page) => {
  await first(page).waitFor()
  await page.getByRole("tab", { name: /Gaps/ }).click()
  await page.locator(".gap-card").first().waitFor()
}

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
      await page.getByText("Filled and read back").waitFor()
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
  [
    "accepted",
    "worksheet",
    async (page) => {
      await first(page).focus()
      await page.keyboard.press("a")
      await page.getByText("Accepted, A").waitFor()
      await page.keyboard.press("ArrowDown")
      await page.keyboard.press("d")
    }
  ],
  [
    "worksheet-empty",
    "worksheet",
    async (page) => {
      await first(page).waitFor()
      await page.keyboard.press("4")
    }
  ],
  ["worksheet", "worksheet", (page) => someLines(page)],
  [
    "worksheet-inpatient",
    "worksheet",
    async (page) => {
      await someLines(page)
      await page.getByRole("radio", { name: "Inpatient" }).check({ force: true })
      await page.locator("[data-line]").first().focus()
      await page.keyboard.press("Enter")
      await page.getByRole("button", { name: "Override" }).first().click()
    }
  ],
  [
    "worksheet-fill",
    "worksheet",
    async (page) => {
      await someLines(page)
      await page.getByRole("button", { name: "Fill the form" }).click()
      await page.getByRole("button", { name: "Cancel" }).scrollIntoViewIfNeeded()
    }
  ],
  [
    "worksheet-open",
    "worksheet",
    async (page) => {
      await someLines(page)
      await page.locator("[data-line]").last().focus()
      await page.keyboard.press("Enter")
      await page.locator(".sheet-open").scrollIntoViewIfNeeded()
    }
  ],
  ["gaps", "gaps", (page) => gapsTab(page)],
  [
    "gaps-found",
    "gaps",
    async (page) => {
      await gapsTab(page)
      await page.locator(".gap-card").nth(1).focus()
      await page.keyboard.press("t")
      await page.getByText("stands on the card").first().waitFor()
    }
  ],
  [
    "gaps-folded",
    "gaps",
    async (page) => {
      await gapsTab(page)
      await page.locator(".gap-card").nth(2).focus()
      await page.keyboard.press("d")
      await page.keyboard.press("2")
      await page.getByRole("button", { name: /more details/ }).click()
      await page.locator(".gap-card").last().scrollIntoViewIfNeeded()
    }
  ],
  [
    "gaps-query",
    "gaps",
    async (page) => {
      await gapsTab(page)
      await page.locator(".gap-card").nth(1).focus()
      await page.keyboard.press("q")
      await page.getByLabel("Subject").waitFor()
    }
  ],
  [
    "gaps-query-faults",
    "gaps",
    async (page) => {
      await gapsTab(page)
      await page.locator(".gap-card").nth(1).focus()
      await page.keyboard.press("q")
      await page
        .getByLabel("Text", { exact: true })
        .fill(
          'Note 03/14: "landed on her right wrist".\nSince the last visit: please document the side, it changes the DRG. Which side?'
        )
      await page.getByText("q.no-impact").waitFor()
      await page.getByText("q.no-impact").scrollIntoViewIfNeeded()
    }
  ],
  [
    "gaps-none",
    "chart",
    async (page) => {
      await first(page).waitFor()
      await page.getByRole("tab", { name: /Gaps/ }).click()
      await page.getByText("No gap found").waitFor()
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

const on = await stage()
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 420]) {
      for (const [name, scene, prepare] of SHOTS) {
        if (!name.includes(only)) continue
        const size = scene === "options" ? { width: width * 2, height: 900 } : { width, height: 780 }
        const { page, errors, close } = await on.open(scene, { ...size, colorScheme })
        await prepare(page)
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
        if (errors.length) console.error(name, errors)
        await close()
      }
    }
  }
} finally {
  await on.close()
}
