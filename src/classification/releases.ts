/**
 * Which release of a code set counts on a day. ICD-10-CM changes on 1 October (and sometimes 1 April), HCPCS
 * each quarter; the date of service (inpatient facility: of discharge) decides.
 */
import type { System } from "./model"

/** What a release must say of itself to be chosen. `PackInfo` and the entries of packs.json do. */
export interface Release {
  system?: System
  release: string
  /** ISO dates, `to` inclusive. */
  effective: { from: string; to?: string }
  complete?: boolean
}

export interface PickedRelease<T extends Release> {
  release: T
  /** "exact": the day lies in the release; else why another one was taken. */
  fit: "exact" | "no-date" | "earlier" | "later"
  /** Plain sentence for the user unless the fit is exact. No release check may pass then. */
  notice?: string
}

/** A real day of the calendar, written YYYY-MM-DD. */
export function isIsoDate(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}

function newestFirst(a: Release, b: Release): number {
  if (a.effective.from !== b.effective.from) return a.effective.from < b.effective.from ? 1 : -1
  // Full sets before the starter set of the same date.
  return Number(b.complete !== false) - Number(a.complete !== false)
}

/**
 * Picks the release of one system for a day: the one in force; else the nearest earlier one, else the
 * earliest there is, both with a notice; without a date the newest, with a notice.
 * A full release is preferred to the starter set whenever it is in force too.
 * @returns undefined when no release of that system is installed
 */
export function pickRelease<T extends Release>(
  releases: readonly T[],
  system: System,
  date?: string
): PickedRelease<T> | undefined {
  const candidates = releases.filter((release) => release.system === system).sort(newestFirst)
  const newest = candidates[0]
  if (!newest) return undefined
  if (date === undefined) {
    return {
      release: newest,
      fit: "no-date",
      notice: `No date was given: ${system} ${newest.release} (newest installed) was used.`
    }
  }
  const begun = candidates.filter((release) => release.effective.from <= date)
  const inForce = begun.filter((release) => !release.effective.to || date <= release.effective.to)
  const exact = inForce.find((release) => release.complete !== false) ?? inForce[0]
  if (exact) return { release: exact, fit: "exact" }
  const earlier = begun[0]
  if (earlier) {
    return {
      release: earlier,
      fit: "earlier",
      notice: `No ${system} release for ${date} is installed: ${earlier.release} (in force from ${earlier.effective.from} to ${earlier.effective.to}) was used.`
    }
  }
  const earliest = candidates[candidates.length - 1]!
  return {
    release: earliest,
    fit: "later",
    notice: `No ${system} release for ${date} is installed, and none before it: ${earliest.release} (in force from ${earliest.effective.from}) was used.`
  }
}
