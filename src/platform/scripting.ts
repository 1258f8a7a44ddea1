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
  /** Patterns inside it that were switched off. */
  except: string[]
  file: string
  /** Style sheet of the marks; comes with the script, since adding it to a finished page costs 200 ms. */
  css: string
}

/** Registers for all frames of a site, kept over restarts of the browser (an update of us drops them). */
export const register = ({ id, pattern, except, file, css }: Registration): Promise<void> =>
  chrome.scripting.registerContentScripts([
    {
      id,
      matches: [pattern],
      ...(except.length > 0 && { excludeMatches: except }),
      js: [file],
      css: [css],
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_idle",
      persistAcrossSessions: true
    }
  ])

export async function registered(): Promise<Registration[]> {
  const scripts = await chrome.scripting.getRegisteredContentScripts()
  return scripts.map(({ id, matches, excludeMatches, js, css }) => ({
    id,
    pattern: matches?.[0] ?? "",
    except: excludeMatches ?? [],
    file: js?.[0] ?? "",
    css: css?.[0] ?? ""
  }))
}

export async function unregister(ids: string[]): Promise<void> {
  if (ids.length) await chrome.scripting.unregisterContentScripts({ ids })
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
