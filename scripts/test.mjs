/**
 * Everything that CI checks, in order of cost: types, lint, unit tests, the build and its guards, tests of
 * the page scripts and of the shipped extension in real Chromium. Ends with "N passed, N failed".
 *
 * --unit  only types, lint and unit tests;  --e2e  only build and browser tests;  --long  the long ones too.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { ensureBrowser } from "./browser.mjs"
import { build } from "./build.mjs"
import { buildDemo } from "./demo-server.mjs"
import { ensureRealPages } from "./real-pages.mjs"
import { bin, ROOT, run } from "./run.mjs"

const RESULTS = `${ROOT}test-results`
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const skips = []

/** One check that either holds or does not. */
async function check(name, work) {
  const started = Date.now()
  const problem = await work().catch((error) => error.message)
  console.log(`${problem ? "FAILED" : "ok"}: ${name} (${Math.round((Date.now() - started) / 1000)} s)`)
  if (problem) {
    console.log(problem)
    failures.push(name)
  }
  total[problem ? "failed" : "passed"]++
  return !problem
}

const command = (program, args) => async () => {
  const { code, output } = await run(program, args, { quiet: true })
  return code === 0 ? undefined : output.trim() || `exit code ${code}`
}

/** One vitest configuration; its tests are counted one by one. */
async function suite(name, config, env = {}) {
  const report = `${RESULTS}/${name}.json`
  rmSync(report, { force: true })
  console.log(`\n${name} tests`)
  await run(
    bin("vitest"),
    ["run", "-c", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    {
      env
    }
  )
  if (!existsSync(report)) {
    total.failed++
    failures.push(`${name}: the test runner left no report`)
    return
  }
  const result = JSON.parse(readFileSync(report, "utf8"))
  total.passed += result.numPassedTests
  total.skipped += result.numPendingTests + result.numTodoTests
  let failed = result.numFailedTests
  for (const file of result.testResults) {
    // A file that cannot be loaded has no failed test of its own, but it has failed.
    if (file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed")) {
      failed++
      failures.push(`${file.name}: ${file.message}`)
    }
    for (const test of file.assertionResults) {
      if (test.status === "failed") failures.push(`${name}: ${test.fullName}`)
      if (test.status === "pending" || test.status === "skipped" || test.status === "todo")
        skips.push(test.fullName)
    }
  }
  total.failed += failed
}

async function main(args) {
  mkdirSync(RESULTS, { recursive: true })
  const only = args.find((a) => a === "--unit" || a === "--e2e")
  if (only !== "--e2e") {
    await check("types", command(bin("tsc"), ["--noEmit"]))
    await check("lint and format", command(bin("biome"), ["check", "."]))
    // Before the unit tests: those on the real packs are skipped where there are none.
    await check("code sets", command(bin("tsx"), ["src/cli/build-packs.ts"]))
    await suite("unit", "vitest.config.mts")
  }
  if (only !== "--unit") {
    let browser
    await check("Chromium is there", async () => {
      browser = ensureBrowser()
    })
    const built = await check("build and its guards", build)
    if (browser && built && (await check("demo pages", buildDemo))) {
      const env = { CHARTSIDE_CHROMIUM: browser }
      await suite("pages", "vitest.pages.config.mts", env)
      await suite("e2e", "vitest.e2e.config.mts", env)
      if (args.includes("--long")) {
        await check("pages of real editors and widgets", ensureRealPages)
        await suite("long", "vitest.long.config.mts", env)
      }
    }
  }
  if (skips.length) console.log(`\nSkipped:\n${skips.map((s) => `  ${s}`).join("\n")}`)
  if (failures.length) console.log(`\nFailed:\n${failures.map((f) => `  ${f}`).join("\n")}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed || total.passed === 0 ? 1 : 0
}

process.exit(await main(process.argv.slice(2)))
