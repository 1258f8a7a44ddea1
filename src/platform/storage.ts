/**
 * The browser's key-value area of one session. No note text goes here, ever: it is memory, but memory that
 * outlives the chart.
 */

/** Gone when the browser closes; survives the worker. */
export const session = {
  get: async (key: string): Promise<unknown> => (await chrome.storage.session.get(key))[key],
  set: (key: string, value: unknown): Promise<void> => chrome.storage.session.set({ [key]: value })
}

/** "sites": permissions or switches changed; "packs": code sets changed. Ask the worker to learn more. */
export type News = "sites" | "packs"

/** Worker: tells every open page. Needs no open port and wakes nobody. */
export const tellNews = (news: News): Promise<void> => session.set(`news.${news}`, Date.now() + Math.random())

/** Pages: hears the worker's news. Returns its own remover. */
export function onNews(listener: (news: News) => void): () => void {
  const heard = (changes: Record<string, unknown>) => {
    for (const news of ["sites", "packs"] as const) if (`news.${news}` in changes) listener(news)
  }
  chrome.storage.session.onChanged.addListener(heard)
  return () => chrome.storage.session.onChanged.removeListener(heard)
}
