/** How pages of the extension tell each other that something of the coder's own changed, never what it says. */

export interface PageNews {
  tell(what: string): void
  /** Returns its own remover. */
  on(listener: (what: string) => void): () => void
}

/** Opened with the first use: a page that never looks at its codes is no listener. */
export function pageNews(name: string): PageNews {
  let channel: BroadcastChannel | undefined
  const opened = () => {
    channel ??= new BroadcastChannel(name)
    return channel
  }
  return {
    tell: (what) => opened().postMessage(what),
    on(listener) {
      const heard = ({ data }: MessageEvent) => {
        if (typeof data === "string") listener(data)
      }
      opened().addEventListener("message", heard)
      return () => channel?.removeEventListener("message", heard)
    }
  }
}
