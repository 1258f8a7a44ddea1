/** A pair of ports like the browser's: messages are cloned and arrive later, a cut is told to the other end. */
import type { PortLike } from "@/messages/transport"

type End = PortLike & { sender?: { id?: string; url?: string; origin?: string }; cut(): void }

function createEnd(name: string) {
  const heard: ((message: unknown) => void)[] = []
  const gone: (() => void)[] = []
  return { name, heard, gone, alive: true }
}

export function portPair(name: string): { page: End; worker: End } {
  const a = createEnd(name)
  const b = createEnd(name)
  const end = (own: typeof a, other: typeof a): End => ({
    name,
    postMessage(message) {
      if (!own.alive) throw new Error("Attempting to use a disconnected port object")
      const copy = structuredClone(message)
      queueMicrotask(() => {
        if (other.alive) for (const listener of other.heard) listener(copy)
      })
    },
    disconnect() {
      if (!own.alive) return
      own.alive = false
      other.alive = false
      queueMicrotask(() => {
        for (const listener of other.gone) listener()
      })
    },
    /** As when the process of this end dies: both ends are dead, the other is told. */
    cut() {
      this.disconnect()
    },
    onMessage: { addListener: (listener) => void own.heard.push(listener) },
    onDisconnect: { addListener: (listener) => void own.gone.push(listener) }
  })
  return { page: end(a, b), worker: end(b, a) }
}
