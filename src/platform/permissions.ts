/** Host permissions, asked site by site. */

/** "https://ehr.example" -> "https://ehr.example/*". */
export const patternOf = (origin: string): string => `${origin}/*`

/** Origin of a pattern, or "" for one that covers more than one site ("https://*" + "/*"). */
export function originOf(pattern: string): string {
  const origin = pattern.endsWith("/*") ? pattern.slice(0, -2) : ""
  return /^https?:\/\/[^/*]+$/.test(origin) ? origin : ""
}

/**
 * True when a permission for `granted` holds for `origin` too: a pattern without a port means every port
 * ("http://localhost" covers "http://localhost:8080").
 */
export const covers = (granted: string, origin: string): boolean =>
  origin === granted || (!/:\d+$/.test(granted) && origin.startsWith(`${granted}:`))

/** Origin of a page, "" for anything but http and https. */
export function siteOf(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return ""
  return new URL(url).origin
}

export const isGranted = (origin: string): Promise<boolean> =>
  chrome.permissions.contains({ origins: [patternOf(origin)] })

/** Must be called in a click or key press of an extension page. False when the coder said no. */
export const askFor = (origin: string): Promise<boolean> =>
  chrome.permissions.request({ origins: [patternOf(origin)] })

/** False when there was nothing to give back or policy holds it. */
export async function giveBack(origin: string): Promise<boolean> {
  try {
    return await chrome.permissions.remove({ origins: [patternOf(origin)] })
  } catch {
    // Rejected for permissions that policy grants: they are not ours to drop.
    return false
  }
}

type Listener = (origins: string[]) => void
const sites = (permissions: chrome.permissions.Permissions) => (permissions.origins ?? []).map(originOf)

export const onGranted = (listener: Listener): void =>
  chrome.permissions.onAdded.addListener((added) => listener(sites(added)))

export const onTakenBack = (listener: Listener): void =>
  chrome.permissions.onRemoved.addListener((removed) => listener(sites(removed)))
