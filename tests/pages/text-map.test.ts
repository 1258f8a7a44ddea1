import { readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { bundle } from "./rig/build"
import type { lib as Lib } from "./rig/lib"
import { Rig } from "./rig/rig"

declare global {
  var lib: typeof Lib
}

let rig: Rig
let page: Page
beforeAll(async () => {
  rig = await Rig.start()
  const file = join(rig.built.dir, "lib.js")
  await bundle("tests/pages/rig/lib.ts", file, { minify: false })
  rig.put("/lib.js", readFileSync(file, "utf8"))
  const opened = await rig.open(
    `<!doctype html><style>.gone{display:none}.mute{visibility:hidden}.back{visibility:visible}.row{display:flex}
     .block{display:block}.wrap{white-space:pre-wrap}.lines{white-space:pre-line}
     body{width:900px}</style><body><div id=root></div><script src=/lib.js></script>`
  )
  page = opened.page
})
afterAll(async () => {
  await rig.stop()
})

const word = fc.constantFrom("pain", "E11.9", "left", "no", "ulcer", "140/90", "naïve", "😀", "a")
const gap = fc.constantFrom(" ", "", "  ", "\n", "\n   ", "\t", " \n\n ")
const text = fc
  .array(fc.tuple(gap, word), { minLength: 1, maxLength: 4 })
  .chain((parts) => gap.map((end) => parts.map(([g, w]) => g + w).join("") + end))
const tag = fc.constantFrom(
  "b",
  "span",
  "div",
  "p",
  "h3",
  "ul",
  "li",
  "pre",
  'div class="wrap"',
  'div class="lines"',
  'span class="block"',
  'div class="gone"',
  'span class="gone"',
  "div hidden",
  'div class="mute"',
  'span class="back"',
  'div class="row"',
  'div style="display:contents"'
)
const cell = fc.array(text, { maxLength: 2 }).map((parts) => `<td>${parts.join("<br>")}</td>`)
const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows) => `<table><tbody>${rows.map((row) => `<tr>${row.join("")}</tr>`).join("")}</tbody></table>`)
const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    text,
    fc.constant("<br>"),
    table,
    fc.tuple(tag, tie("tree")).map(([t, inner]) => `<${t}>${inner}</${t.split(" ")[0]}>`)
  ),
  tree: fc.array(tie("node"), { maxLength: 5, depthIdentifier: "tree" }).map((parts) => parts.join(""))
}))

it("maps every drawn character to its place and back, for any tree", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 10 }), async (sources) => {
      const faults = await page.evaluate((list) => {
        const root = document.getElementById("root") as HTMLElement
        return list.flatMap((source) => {
          root.innerHTML = source
          return lib.faultsOfMap(root).slice(0, 3)
        })
      }, sources)
      expect(faults).toEqual([])
    }),
    { numRuns: 150 }
  )
})
