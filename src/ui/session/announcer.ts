/** What was just done, in one line at the foot of the panel and for screen readers. */
import { Watched } from "./state"

export interface Announcement {
  text: string
  tone: "plain" | "good" | "warn"
  /** Label and job of the one thing that can be done about it. */
  action?: { label: string; run: () => void }
  /** Rises with every announcement, so that the same words are spoken again. */
  serial: number
}

export class Announcer {
  readonly state = new Watched<Announcement | undefined>(undefined)
  #serial = 0

  say(text: string, tone: Announcement["tone"] = "plain", action?: Announcement["action"]): void {
    this.state.set({ text, tone, action, serial: ++this.#serial })
  }

  clear(): void {
    this.state.set(undefined)
  }
}
