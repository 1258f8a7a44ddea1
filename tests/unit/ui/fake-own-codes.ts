/** Pins, recents and notes in memory, with the limits of the real ones. */
import type { CodeRef } from "@/classification/model"
import type { OwnCodeServices, OwnCodes } from "@/ui/services"

const RECENTS = 200
const same = (a: CodeRef) => (b: CodeRef) => a.system === b.system && a.code === b.code
const keyOf = ({ system, code }: CodeRef) => `${system} ${code}`

export class FakeOwnCodes implements OwnCodeServices {
  pins: OwnCodes["pins"] = []
  recents: OwnCodes["recents"] = []
  readonly notes = new Map<string, string>()
  /** Nothing can be stored or read. */
  broken = false
  #now = 0
  readonly #listeners = new Set<() => void>()

  /** As if another page had changed them. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  read = async () => {
    this.#check()
    return structuredClone({ pins: this.pins, recents: this.recents })
  }

  pin = async ({ system, code }: CodeRef) => {
    this.#check()
    if (this.pins.some(same({ system, code }))) return
    this.pins = [...this.pins, { system, code, pinnedAt: ++this.#now }]
    this.changed()
  }

  unpin = async (ref: CodeRef) => {
    this.#check()
    this.pins = this.pins.filter((pin) => !same(ref)(pin))
    this.changed()
  }

  used = async ({ system, code }: CodeRef) => {
    this.#check()
    const others = this.recents.filter((recent) => !same({ system, code })(recent))
    this.recents = [{ system, code, at: ++this.#now }, ...others].slice(0, RECENTS)
    this.changed()
  }

  note = async (ref: CodeRef) => {
    this.#check()
    return this.notes.get(keyOf(ref)) ?? ""
  }

  writeNote = async (ref: CodeRef, text: string) => {
    this.#check()
    if (text === "") this.notes.delete(keyOf(ref))
    else this.notes.set(keyOf(ref), text)
    this.changed()
  }

  onChange = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #check(): void {
    if (this.broken) throw new Error("The store does not answer.")
  }
}
