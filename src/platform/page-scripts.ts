/**
 * The two scripts that go into pages. Neither is named in the manifest: Plasmo builds them because their
 * URL is imported here, and they are registered or injected at run time for granted sites only.
 */
import chartUrl from "url:~contents/chart/entry.ts"
import formUrl from "url:~contents/form/entry.ts"

/** "chrome-extension://id/entry.1a2b3c.js?1700000000" -> "entry.1a2b3c.js", as chrome.scripting wants it. */
export const fileOf = (url: string): string => url.split("/").pop()?.split(/[?#]/)[0] ?? ""

export const CHART_SCRIPT = fileOf(chartUrl)
export const FORM_SCRIPT = fileOf(formUrl)
