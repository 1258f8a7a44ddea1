/** The coder's own pins, recents and notes, as the screens watch them. */
import type { CodeRef } from "@/classification/model"
import type { OwnCodeServices, OwnCodes } from "../services"
import type { Announcer } from "./announcer"
import { sameCode } from "./places"
import { Watched } from "./state"

export class OwnSession {
  readonly state = new Watched<OwnCodes>({ pins: [], recents: [] })
  #stop: (() => void) | undefined
  #round = 0

  constructor(
    private readonly own: OwnCodeServices,
    private readonly announcer: Announcer
  ) {}

  async start(): Promise<void> {
    this.#stop ??= this.own.onChange(() => void this.#read())
    await this.#read()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#round++
  }

  pinned(ref: CodeRef): boolean {
    return this.state.get().pins.some((pin) => sameCode(pin, ref))
  }

  /** Shown at once; taken back when it could not be stored. */
  async toggle({ system, code }: CodeRef): Promise<void> {
    const ref = { system, code }
    const before = this.state.get()
    const pinned = this.pinned(ref)
    const pins = pinned
      ? before.pins.filter((pin) => !sameCode(pin, ref))
      : [...before.pins, { ...ref, pinnedAt: Date.now() }]
    this.state.patch({ pins })
    try {
      await (pinned ? this.own.unpin(ref) : this.own.pin(ref))
      this.announcer.say(pinned ? `${code} is no longer pinned.` : `${code} is pinned.`)
    } catch {
      this.state.patch({ pins: before.pins })
      this.announcer.say(`${code} could not be ${pinned ? "unpinned" : "pinned"}. Try again.`, "warn")
    }
  }

  /** Opened, copied or filled. Losing one of these is not worth a word. */
  used({ system, code }: CodeRef): void {
    this.own.used({ system, code }).catch(() => undefined)
  }

  note(ref: CodeRef): Promise<string> {
    return this.own.note({ system: ref.system, code: ref.code })
  }

  writeNote(ref: CodeRef, text: string): Promise<void> {
    return this.own.writeNote({ system: ref.system, code: ref.code }, text)
  }

  async #read(): Promise<void> {
    const round = ++this.#round
    try {
      const codes = await this.own.read()
      if (round === this.#round) this.state.set(codes)
    } catch {
      if (round === this.#round) this.announcer.say("Your pins could not be read.", "warn")
    }
  }
}
