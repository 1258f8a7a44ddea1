/**
 * `npm start`: builds everything, serves the demo EHR and opens it in Chromium with the extension at work.
 * Without a display the same journey runs headless, prints what it found and leaves screenshots.
 */
import { ensureBrowser } from "./browser.mjs"
import { build } from "./build.mjs"
import { buildDemo } from "./demo-server.mjs"
import { bin, run } from "./run.mjs"

const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const headless = process.argv.includes("--headless") || !hasDisplay

try {
  const browser = ensureBrowser()
  await build()
  await buildDemo()
  const journey = headless ? "scripts/journey/headless.ts" : "scripts/journey/open.ts"
  const { code } = await run(bin("tsx"), [journey], { env: { CHARTSIDE_CHROMIUM: browser } })
  process.exit(code)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
