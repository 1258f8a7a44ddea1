import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isForbiddenPage } from "@/platform/forbidden-pages"
import { covers, originOf, patternOf, siteOf } from "@/platform/permissions"

describe("forbidden pages", () => {
  test.each([
    "chrome://extensions",
    "chrome-extension://abc/options.html",
    "edge://settings",
    "about:blank",
    "devtools://devtools/bundled/x.html",
    "view-source:https://ehr.example/",
    "VIEW-SOURCE:http://x/",
    "data:text/html,hello",
    "blob:https://ehr.example/1",
    "file:///C:/note.txt",
    "ftp://x/y",
    "chrome-error://chromewebdata/",
    "https://chromewebstore.google.com/",
    "https://chrome.google.com/webstore/detail/x",
    "https://microsoftedge.microsoft.com/addons/detail/x",
    "what is this"
  ])("%s: a sentence that ends with what to do", (url) => {
    expect(isForbiddenPage(url)?.sentence).toMatch(/^[A-Z].*\. .*Open the chart.*\.$/)
  })

  test.each([
    "https://ehr.example/chart?id=1",
    "http://localhost:8080/",
    "https://chrome.google.com/webstores",
    "https://chrome.google.com/",
    "https://notchromewebstore.google.com.example/",
    ""
  ])("%s may be read", (url) => {
    expect(isForbiddenPage(url)).toBeUndefined()
  })

  test("never throws, and every page it allows has a site", () => {
    const url = fc.oneof(
      fc.string(),
      fc.webUrl({ validSchemes: ["http", "https", "ftp", "chrome", "file", "data"] })
    )
    fc.assert(
      fc.property(url, (text) => {
        if (!isForbiddenPage(text) && text) expect(siteOf(text)).toMatch(/^https?:\/\//)
      })
    )
  })
})

describe("origins and patterns", () => {
  test("belong together", () => {
    for (const origin of ["https://ehr.example", "http://127.0.0.1:4000"]) {
      expect(originOf(patternOf(origin))).toBe(origin)
      expect(siteOf(`${origin}/a/b?c#d`)).toBe(origin)
    }
  })

  test("patterns for more than one site have no origin", () => {
    for (const pattern of [
      "https://*/*",
      "*://ehr.example/*",
      "https://*.ehr.example/*",
      "<all_urls>",
      "file:///*"
    ]) {
      expect(originOf(pattern)).toBe("")
    }
  })

  test("a pattern without a port covers every port, and no other host", () => {
    expect(covers("http://localhost", "http://localhost:8080")).toBe(true)
    expect(covers("http://localhost", "http://localhost")).toBe(true)
    expect(covers("http://localhost:80801", "http://localhost:8080")).toBe(false)
    expect(covers("http://localhost:8080", "http://localhost:80801")).toBe(false)
    expect(covers("http://ehr.example", "http://ehr.example.evil.test")).toBe(false)
    expect(covers("http://localhost", "https://localhost:8080")).toBe(false)
  })

  test("only web pages have a site", () => {
    for (const url of ["", "chrome://x", "about:blank", "http://", "https:///"]) expect(siteOf(url)).toBe("")
  })
})
