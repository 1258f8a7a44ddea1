/** What the Chart tab and the header show. */
import type { Findings, Setting } from "@/engine/types"
import type { PackStatus, SiteStatus } from "@/messages/panel-protocol"
import type { PickedDate } from "./pick-date"
import { plural } from "./wording"

export type ChartPhase =
  /** The first question to the browser is under way. */
  | "starting"
  /** Browser page, web store, PDF ...: no extension may read it. */
  | "impossible"
  /** Not asked for yet, or taken back. */
  | "not-granted"
  /** Granted, but switched off for this site. */
  | "off"
  | "reading"
  /** Granted and on, yet no page script answers. */
  | "unreachable"
  | "no-notes"
  | "ready"

export interface DocumentLine {
  doc: string
  label: string
  /** False: read earlier in this encounter, not on the page now. */
  live: boolean
  characters: number
}

export interface ChartState {
  phase: ChartPhase
  site: SiteStatus | undefined
  /** Site of this tab whose permission was taken back: the browser does not name it any more. */
  switchedOff: string | undefined
  /** Rises whenever everything about the chart was dropped. */
  epoch: number
  /** Number of the chart on screen, the same when the coder comes back to it; undefined while none is known. */
  chart: number | undefined
  setting: Setting
  /** What the coder typed; wins over what was picked up. */
  typedDate: string | undefined
  pickedDate: PickedDate | undefined
  settingHint: "outpatient" | "inpatient" | undefined
  documents: DocumentLine[]
  /** Origins of frames that are not read. */
  foreignFrames: string[]
  /** Characters that were not read because of the limit. */
  leftOut: number
  findings: Findings | undefined
  /** Suggestions for the newest text are on their way. */
  working: boolean
  problem: string | undefined
  packs: PackStatus | undefined
}

/** The part that speaks about one chart: put back to this when the chart may be another one. */
export const NO_CHART = {
  chart: undefined,
  typedDate: undefined,
  pickedDate: undefined,
  settingHint: undefined,
  documents: [],
  foreignFrames: [],
  leftOut: 0,
  findings: undefined,
  working: false,
  problem: undefined
} satisfies Partial<ChartState>

export function firstState(setting: Setting): ChartState {
  return {
    ...NO_CHART,
    phase: "starting",
    site: undefined,
    switchedOff: undefined,
    epoch: 0,
    setting,
    packs: undefined
  }
}

/** "5,280 characters in 2 texts" */
export function readLine(documents: DocumentLine[]): string {
  const characters = documents.reduce((sum, document) => sum + document.characters, 0)
  return `${plural(characters, "character")} in ${plural(documents.length, "text")}`
}
