/** Pages that no extension may read, with the sentence that says so. Pure: no browser call. */

export interface Forbidden {
  sentence: string
}

const because = (what: string): Forbidden => ({
  sentence: `${what} Open the chart in a normal tab and come back.`
})

const BY_SCHEME: Record<string, string> = {
  "chrome:": "This is a page of the browser itself; extensions cannot read it.",
  "edge:": "This is a page of the browser itself; extensions cannot read it.",
  "brave:": "This is a page of the browser itself; extensions cannot read it.",
  "chrome-search:": "This is the browser's new-tab page; extensions cannot read it.",
  "chrome-untrusted:": "This is a page of the browser itself; extensions cannot read it.",
  "chrome-error:": "The page could not be loaded, so there is nothing to read.",
  "chrome-extension:": "This page belongs to an extension; extensions cannot read each other's pages.",
  "about:": "This tab is empty; there is nothing to read.",
  "devtools:": "This is the browser's developer window; extensions cannot read it.",
  "view-source:": "This tab shows the source of a page; extensions cannot read it.",
  "data:": "This tab shows a data address; extensions cannot read it.",
  "blob:": "This tab shows a page that was made on the fly; extensions cannot read it.",
  "javascript:": "This tab shows a script address; extensions cannot read it.",
  "ftp:": "Chartside reads web pages only.",
  "file:":
    "This is a file on this computer. Chartside asks for web sites only; open the chart through the EHR's web address."
}

const STORES: Record<string, RegExp> = {
  "chromewebstore.google.com": /^\//,
  "chrome.google.com": /^\/webstore(\/|$)/,
  "microsoftedge.microsoft.com": /^\/addons(\/|$)/,
  "addons.mozilla.org": /^\//
}

/**
 * Why a page may not be read, or undefined when it may (after the coder said yes for its site).
 *
 * @param url address of the tab; "" (unknown: no permission yet) is not forbidden
 */
export function isForbiddenPage(url: string): Forbidden | undefined {
  if (url === "") return undefined
  if (/^view-source:/i.test(url)) return because(BY_SCHEME["view-source:"] ?? "")
  if (!URL.canParse(url)) return because("This tab has no web address.")
  const { protocol, hostname, pathname } = new URL(url)
  if (protocol !== "http:" && protocol !== "https:") {
    return because(BY_SCHEME[protocol] ?? "This is not a web page; extensions cannot read it.")
  }
  if (STORES[hostname]?.test(pathname)) {
    return because("This is the browser's extension store; extensions cannot read it.")
  }
  return undefined
}
