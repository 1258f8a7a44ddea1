/** Looks, when nobody types, whether the newest releases change something for the coder's pins. */
import type { CodeRef } from "@/classification/model"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import type { PanelServices } from "../services"
import { whenIdle } from "./idle"
import { lastTwo, pinChanges, type ReleaseChanges } from "./pin-changes"
import { Watched } from "./state"

export class ChangesSession {
  /** Only releases that change a pin. */
  readonly state = new Watched<ReleaseChanges[]>([])
  readonly #opened = new Map<string, Promise<CodePack>>()
  #stop: (() => void) | undefined
  #round = 0

  constructor(private readonly services: Pick<PanelServices, "ask" | "packs">) {}

  /** The pins are these now, or other packs were installed. */
  look(pins: readonly CodeRef[]): void {
    this.stop()
    const round = ++this.#round
    if (pins.length === 0) {
      this.state.set([])
      return
    }
    this.#stop = whenIdle(() => {
      // A pack that cannot be opened now is reported where it is used; here nothing is said.
      this.#compare(pins).then(
        (found) => round === this.#round && this.state.set(found),
        () => undefined
      )
      return false
    })
  }

  stop(): void {
    this.#stop?.()
    this.#round++
  }

  async #compare(pins: readonly CodeRef[]): Promise<ReleaseChanges[]> {
    const { packs } = await this.services.ask("packs/status", {})
    const found: ReleaseChanges[] = []
    for (const system of new Set(pins.map((pin) => pin.system))) {
      const pair = lastTwo(packs, system)
      if (!pair) continue
      const [before, after] = await Promise.all([this.#open(pair.before), this.#open(pair.after)])
      const changes = pinChanges(pins, before, after)
      if (changes.changes.length > 0) found.push(changes)
    }
    return found
  }

  #open(info: PackInfo): Promise<CodePack> {
    const key = `${info.id} ${info.sha256}`
    const known = this.#opened.get(key)
    if (known) return known
    const opening = this.services.packs.open(info)
    this.#opened.set(key, opening)
    opening.catch(() => this.#opened.delete(key))
    return opening
  }
}
