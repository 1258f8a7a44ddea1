/** Registering and injecting page scripts. */

export interface FrameView {
  frameId: number
  documentId: string
  /** `location.href` as the frame sees itself ("about:blank", "about:srcdoc" too). */
  url: string
  /** Origin whose permission counts; that of the parent for srcdoc and blank frames, "null" if sandboxed. */
  origin: string
}

export interface Registration {
  id: string
  /** Match pattern: "https://ehr.example/*". */
  pattern: string
  file: string
}

/** Registers for all frames of a site, kept over restarts of the browser (an update of us drops them). */
export const register = ({ id, pattern, file }: Registration): Promise<void> =>
  chrome.scripting.registerContentScripts([
    {
      id,
      matches: [pattern],
      js: [file],
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_idle",
      persistAcrossSessions: true
    }
  ])

export async function registered(): Promise<Registration[]> {
  const scripts = await chrome.scripting.getRegisteredContentScripts()
  return scripts.map((s) => ({ id: s.id, pattern: s.matches?.[0] ?? "", file: s.js?.[0] ?? "" }))
}

export async function unregister(ids: string[]): Promise<void> {
  if (ids.length) await chrome.scripting.unregisterContentScripts({ ids })
}

/**
 * Injects into every frame of a tab that may be read. Frames of origins without permission are left out by
 * the browser.
 *
 * @returns how many frames took it; 0 when the tab may not be touched, is asleep or went away
 */
export async function injectEverywhere(tabId: number, file: string): Promise<number> {
  try {
    const results = await chrome.scripting.executeScript({
      target: { tabId, allFrames: true },
      files: [file]
    })
    return results.length
  } catch {
    // No permission for the top frame, a page of the browser, a closed tab: nothing to read there.
    return 0
  }
}

/** Injects into one document. @throws Error when the document went away or may not be touched */
export async function injectInto(tabId: number, documentId: string, file: string): Promise<void> {
  await chrome.scripting.executeScript({ target: { tabId, documentIds: [documentId] }, files: [file] })
}

/** The frames of a tab that may be read now, top frame first. [] when the tab may not be touched. */
export async function readableFrames(tabId: number): Promise<FrameView[]> {
  try {
    const results = await chrome.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: () => ({ url: location.href, origin: self.origin })
    })
    return results
      .flatMap(({ frameId, documentId, result }) => (result ? [{ frameId, documentId, ...result }] : []))
      .sort((a, b) => a.frameId - b.frameId)
  } catch {
    return []
  }
}
