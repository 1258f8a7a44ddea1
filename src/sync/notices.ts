/**
 * Plain sentences about code sets that the panel shows until the browser closes ("was damaged and has been
 * restored"). Kept in the session area because the worker that had something to say may be gone.
 */

/** `session` of `platform/storage.ts` has this shape. */
export interface KeyValues {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
}

export interface Notices {
  all(): Promise<string[]>
  add(sentence: string): Promise<void>
}

const KEY = "packs.notices"
const KEPT = 20

export function createNotices(area: KeyValues): Notices {
  let last: Promise<unknown> = Promise.resolve()
  const all = async () => {
    const stored = await area.get(KEY)
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === "string") : []
  }
  return {
    all,
    add(sentence) {
      // One after the other, so that two sentences at once do not overwrite each other.
      const next = last.then(async () => {
        const before = await all()
        if (!before.includes(sentence)) await area.set(KEY, [...before, sentence].slice(-KEPT))
      })
      last = next.catch(() => undefined)
      return next
    }
  }
}
