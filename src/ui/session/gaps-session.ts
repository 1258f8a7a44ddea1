/** What the documentation of this chart lacks, as the Gaps tab shows it. */
import type { Gap } from "@/engine/types"
import type { ChartSession } from "./chart-session"
import { Watched } from "./state"

export interface GapsState {
  /** undefined: nothing was read yet. */
  gaps: Gap[] | undefined
}

export class GapsSession {
  readonly state = new Watched<GapsState>({ gaps: undefined })
  #stop: () => void = () => {}

  constructor(private readonly chart: ChartSession) {}

  start(): void {
    this.#stop = this.chart.state.subscribe(() => this.#follow())
    this.#follow()
  }

  stop(): void {
    this.#stop()
  }

  #follow(): void {
    const { phase, findings } = this.chart.state.get()
    this.state.patch({ gaps: phase === "ready" ? findings?.gaps : undefined })
  }
}
