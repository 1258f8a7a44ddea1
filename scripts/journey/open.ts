/** `npm start` with a display: opens the demo chart and stays open until the window is closed. */
import { mkdirSync } from "node:fs"
import { ensureBrowser } from "../browser.mjs"
import { EXTENSION } from "../build.mjs"
import { serveDemo } from "../demo-server.mjs"
import { ROOT } from "../run.mjs"
import { launch } from "./launch"
import { openPanel } from "./panel"
import { browserSession } from "./target"

async function main() {
  const profile = `${ROOT}.cache/demo-profile`
  mkdirSync(profile, { recursive: true })
  const demo = await serveDemo({ port: 8300 }).catch(() => serveDemo())
  const launched = await launch({
    browser: ensureBrowser(),
    extension: EXTENSION,
    granted: ["http://localhost"],
    headless: false,
    profile
  })
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  await page.goto(`${demo.origin}/?encounter=clinic`)
  const closed = new Promise((resolve) => launched.context.on("close", resolve))
  await openPanel(launched, await browserSession(launched.context), page).catch(() =>
    console.log(
      "Open the panel yourself: click the Chartside icon, then “Open panel” (or press Alt+Shift+S)."
    )
  )
  console.log(`The demo chart is open at ${demo.origin}. Close the window to end.`)
  await closed
  await demo.close()
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  }
)
