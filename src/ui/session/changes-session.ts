/** Looks, when nobody types, whether the newest releases change something for the coder's pins. */
import type { CodeRef } from "@/classification/model"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import type { PanelServices, SeenReleases } from "../services"
import { whenIdle } from "./idle"
import { lastTwo, pinChanges, type ReleaseChanges } from "./pin-changes"
import { Watched } from "./state"

export class ChangesSession {
  /** Only releases that change a pin. */
  readonly state = new Watched<ReleaseChanges[]>([])
  /** Those of them that the coder has not looked at yet: what a line speaks of. */
  readonly unseen = new Watched<ReleaseChanges[]>([])
  readonly #opened = new Map<string, Promise<CodePack>>()
  #stop: (() => void) | undefined
  #round = 0

  constructor(private readonly services: Pick<PanelServices, "ask" | "packs" | "seenReleases">) {}

  /** The pins are these now, or other packs were installed. */
  look(pins: readonly CodeRef[]): void {
    this.stop()
    const round = ++this.#round
    if (pins.length === 0) {
      this.#show([], {})
      return
    }
    this.#stop = whenIdle(() => {
      // A pack that cannot be opened now is reported where it is used; here nothing is said.
      Promise.all([this.#compare(pins), this.services.seenReleases.read()]).then(
        ([found, seen]) => round === this.#round && this.#show(found, seen),
        () => undefined
      )
      return false
    })
  }

  /** The coder looks at them now: they are no news any more, here and in other panels. */
  looked(): void {
    const unseen = this.unseen.get()
    if (unseen.length === 0) return
    this.unseen.set([])
    const seen = Object.fromEntries(unseen.map(({ system, release }) => [system, release]))
    // When it cannot be kept the line comes again the next time; nothing else is lost.
    this.services.seenReleases.add(seen).catch(() => undefined)
  }

  #show(found: ReleaseChanges[], seen: SeenReleases): void {
    this.state.set(found)
    this.unseen.set(found.filter(({ system, release }) => seen[system] !== release))
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
