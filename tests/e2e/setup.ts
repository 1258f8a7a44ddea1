/** What every end-to-end file starts from: the shipped build, the demo EHR, a browser with a site granted. */
import { mkdirSync } from "node:fs"
import type { CDPSession, Page } from "playwright-core"
import { ensureBrowser } from "../../scripts/browser.mjs"
import { EXTENSION } from "../../scripts/build.mjs"
import { serveDemo } from "../../scripts/demo-server.mjs"
import { type Launched, launch } from "../../scripts/journey/launch"
import { browserSession } from "../../scripts/journey/target"
import { ROOT } from "../../scripts/run.mjs"

export interface Stage {
  launched: Launched
  session: CDPSession
  page: Page
  origin: string
  port: number
  shots: string
  /** Errors of pages that Playwright sees, the demo's included. */
  errors: string[]
  close(): Promise<void>
}

/** @param pages extra pages of the server, path -> HTML */
export async function stage(
  name: string,
  options: { granted?: string[]; pages?: Record<string, string> } = {}
) {
  const shots = `${ROOT}test-results/e2e/${name}`
  mkdirSync(shots, { recursive: true })
  const demo = await serveDemo({ pages: options.pages ?? {} })
  const launched = await launch({
    browser: ensureBrowser(),
    extension: EXTENSION,
    granted: options.granted ?? ["http://localhost"]
  })
  const errors: string[] = []
  launched.context.on("weberror", (e) => errors.push(e.error().message))
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  const session = await browserSession(launched.context)
  const close = async () => {
    await launched.close()
    await demo.close()
  }
  const made: Stage = { launched, session, page, origin: demo.origin, port: demo.port, shots, errors, close }
  return made
}
