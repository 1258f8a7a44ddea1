/** The Official Guidelines of the day, read when a code is first opened. */
import type { GuidelineBook } from "@/classification/guidelines-api"
import type { PanelServices } from "../services"
import { Watched } from "./state"
import { explain } from "./wording"

export interface GuidelineState {
  book: GuidelineBook | undefined
  problem: string | undefined
}

export class GuidelineSession {
  readonly state = new Watched<GuidelineState>({ book: undefined, problem: undefined })
  #date: string | undefined
  #wanted = false
  #round = 0

  constructor(private readonly services: Pick<PanelServices, "guidelines">) {}

  /** Another day, or other books were installed. */
  use(date: string | undefined): void {
    this.#date = date
    if (this.#wanted) void this.#read()
  }

  /** Somebody looks at a code. Reads once; after a fault, once more. */
  want(): void {
    if (this.#wanted && !this.state.get().problem) return
    this.#wanted = true
    void this.#read()
  }

  async #read(): Promise<void> {
    const round = ++this.#round
    try {
      const book = await this.services.guidelines(this.#date)
      if (round === this.#round) this.state.set({ book, problem: undefined })
    } catch (error) {
      if (round === this.#round) this.state.set({ book: undefined, problem: explain(error) })
    }
  }
}
