/**
 * The browser's small key-value areas. No note text goes here, ever: `session` is memory, but it is memory
 * that outlives the chart.
 */

export interface KeyValues {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
}

const area = (pick: () => chrome.storage.StorageArea): KeyValues => ({
  get: async (key) => (await pick().get(key))[key],
  set: (key, value) => pick().set({ [key]: value }),
  remove: (key) => pick().remove(key)
})

/** Gone when the browser closes; survives the worker. */
export const session = area(() => chrome.storage.session)

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
