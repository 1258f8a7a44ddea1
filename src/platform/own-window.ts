/** The window that a page of ours (panel, popup, options) belongs to, and tabs that close. */

export async function ownWindowId(): Promise<number> {
  const { id } = await chrome.windows.getCurrent()
  return id ?? chrome.windows.WINDOW_ID_CURRENT
}

/** Returns its own remover. */
export function onTabClosed(listener: (tabId: number) => void): () => void {
  const closed = (tabId: number) => listener(tabId)
  chrome.tabs.onRemoved.addListener(closed)
  return () => chrome.tabs.onRemoved.removeListener(closed)
}
