/** What is asked of every screen in a real browser. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Pixels by which something stands out at the side. */
export const sideways = (page: Page) =>
  page.evaluate(() => {
    const body = document.querySelector(".panel-body") ?? document.documentElement
    return Math.max(document.documentElement.scrollWidth - innerWidth, body.scrollWidth - body.clientWidth)
  })

/** Barriers that axe finds. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    // @ts-expect-error: put into the page one line above
    const { violations: found } = await window.axe.run(document)
    return found.flatMap((v: { id: string; nodes: { html: string }[] }) =>
      v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 200)}`)
    )
  })
}
