/** "chrome-extension://id/entry.1a2b3c.js?1700000000" -> "entry.1a2b3c.js", as chrome.scripting wants it. */
export const fileOf = (url: string): string => url.split("/").pop()?.split(/[?#]/)[0] ?? ""
