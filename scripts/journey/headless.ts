/** `npm start` without a display: the journey on the demo chart, printed, with screenshots. */
import { mkdirSync } from "node:fs"
import { ensureBrowser } from "../browser.mjs"
import { EXTENSION } from "../build.mjs"
import { serveDemo } from "../demo-server.mjs"
import { ROOT } from "../run.mjs"
import { journey } from "./journey"
import { launch } from "./launch"
import { browserSession } from "./target"

const cut = (text: string, width: number) =>
  (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width)

async function main() {
  const shots = `${ROOT}test-results/start`
  mkdirSync(shots, { recursive: true })
  const demo = await serveDemo()
  const launched = await launch({
    browser: ensureBrowser(),
    extension: EXTENSION,
    granted: ["http://localhost"]
  })
  try {
    const page = launched.context.pages()[0] ?? (await launched.context.newPage())
    const session = await browserSession(launched.context)
    const report = await journey({ launched, session, page, origin: demo.origin, shots })
    console.log("\nNo display: the journey ran headless on the demo chart (clinic visit, outpatient).\n")
    console.log(`${cut("code", 9)} ${cut("title", 62)} evidence`)
    for (const s of report.suggestions) {
      const [first] = s.evidence
      console.log(`${cut(s.code, 9)} ${cut(s.title, 62)} ${first ? `"${first.quote}" (${first.where})` : ""}`)
    }
    console.log(`\nLit up in the note: ${report.lit.length} places, e.g. "${report.lit[0]}"`)
    console.log(`Looked up:          "${report.found.search}" -> ${report.found.code} ${report.found.title}`)
    console.log(`On the clipboard:   ${report.copied}`)
    console.log(`Field read back:    ${report.filled.label} = ${report.filled.value}`)
    console.log(`Screenshots:        ${shots}`)
    if (report.errors.length) console.log(`Errors in the panel:\n${report.errors.join("\n")}`)
    return report.errors.length ? 1 : 0
  } finally {
    await launched.close()
    await demo.close()
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error)
    process.exit(1)
  }
)
