import { expect, test } from "vitest"
import { CHART_SCRIPT } from "@/platform/chart-script"
import { FORM_SCRIPT } from "@/platform/page-scripts"
import { fileOf } from "@/platform/script-file"

test.each([
  ["chrome-extension://abc/entry.1a2b.js?1700000000", "entry.1a2b.js"],
  ["chrome-extension://abc/static/entry.js#x", "entry.js"],
  ["/entry.js", "entry.js"]
])("%s names the file %s", (url, file) => {
  expect(fileOf(url)).toBe(file)
})

test("both scripts have a file", () => {
  for (const file of [CHART_SCRIPT, FORM_SCRIPT]) expect(file).toMatch(/^entry\.[\w.]+$/)
})
