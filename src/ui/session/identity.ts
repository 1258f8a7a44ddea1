/**
 * Is what was just read still the same chart? Any change and any doubt means: another one (design.md 2,
 * "Which chart is this"). Nothing here is stored or logged.
 */
import type { PageIdentity } from "@/messages/page-protocol"

/** What one frame says about the patient and encounter. */
export interface FrameIdentity {
  frameId: number
  top: boolean
  identity: PageIdentity | undefined
}

export interface ChartIdentity {
  /** Change key by frame. Frame ids stay while a frame navigates, document ids do not. */
  keys: ReadonlyMap<number, string>
  mrn?: string
  account?: string
  born?: string
  sex?: "female" | "male"
  dateOfService?: string
  settingHint?: "outpatient" | "inpatient"
}

export type Verdict = { same: boolean; identity: ChartIdentity }

const FACTS = ["mrn", "account", "born"] as const

/**
 * Compares a reading of all frames with what was known. `known` is undefined for a chart that was just
 * opened. A frame that carried a header and now carries none is a doubt, unless the page around it names the
 * patient; a frame that is new or went away is none, as long as it contradicts nothing.
 */
export function judgeIdentity(known: ChartIdentity | undefined, frames: FrameIdentity[]): Verdict {
  const fresh = gather(frames)
  // The page around a frame names the patient itself: then a frame may fall silent.
  const vouched = frames.some(
    ({ top, identity }) => top && (identity?.mrn ?? identity?.account) !== undefined
  )
  if (!known) return { same: !contradicts(frames), identity: fresh }
  const doubt =
    contradicts(frames) ||
    frames.some(({ frameId, top, identity }) => {
      const before = known.keys.get(frameId)
      if (before === undefined || before === identity?.changeKey) return false
      return top || identity !== undefined || !vouched
    }) ||
    FACTS.some(
      (fact) => known[fact] !== undefined && fresh[fact] !== undefined && known[fact] !== fresh[fact]
    )
  if (doubt) return { same: false, identity: fresh }
  const keys = new Map(known.keys)
  for (const [frameId, key] of fresh.keys) keys.set(frameId, key)
  return { same: true, identity: { ...known, ...defined(fresh), keys } }
}

/** Two frames of one reading that name different patients: one of them is on its way to another chart. */
function contradicts(frames: FrameIdentity[]): boolean {
  return FACTS.some(
    (fact) =>
      new Set(frames.map(({ identity }) => identity?.[fact]).filter((value) => value !== undefined)).size > 1
  )
}

function gather(frames: FrameIdentity[]): ChartIdentity {
  const keys = new Map<number, string>()
  let facts: Omit<ChartIdentity, "keys"> = {}
  // The top frame speaks last, so that its words win over those of frames inside it.
  for (const { frameId, identity } of [...frames].sort((a, b) => Number(a.top) - Number(b.top))) {
    if (!identity) continue
    keys.set(frameId, identity.changeKey)
    const { changeKey: _, ...said } = identity
    facts = { ...facts, ...defined(said) }
  }
  return { ...facts, keys }
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>
}

/**
 * What names an encounter for its worksheet (design.md 2): site, numbers and day of service. It is only ever
 * hashed with the key of the installation, never stored or shown. Undefined when the page tells no number, or no
 * day: then nobody can say later that it is the same encounter, and its worksheet is not reopened by itself.
 */
export function encounterText(origin: string, identity: ChartIdentity | undefined): string | undefined {
  const { mrn, account, dateOfService } = identity ?? {}
  if (origin === "" || (mrn === undefined && account === undefined) || dateOfService === undefined)
    return undefined
  return JSON.stringify([origin, mrn ?? null, account ?? null, dateOfService])
}

/** Whole years between two ISO dates; undefined when one is missing or they stand the wrong way round. */
export function ageOn(born: string | undefined, date: string | undefined): number | undefined {
  if (!born || !date) return undefined
  const [by, bm, bd] = born.split("-").map(Number)
  const [y, m, d] = date.split("-").map(Number)
  if (!by || !bm || !bd || !y || !m || !d) return undefined
  const age = y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
  return age >= 0 && age < 130 ? age : undefined
}
