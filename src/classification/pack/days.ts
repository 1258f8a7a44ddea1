/** Days as one number, yyyymmdd: the same order as the calendar, 0 for none. */
import { ModelError } from "./format"

/** @throws ModelError for anything but an ISO day */
export function dayNumber(iso: string | undefined): number {
  if (iso === undefined) return 0
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) throw new ModelError(`${JSON.stringify(iso)} is no ISO day`)
  return Number(iso.replaceAll("-", ""))
}

export function isoDay(day: number): string {
  const text = String(day).padStart(8, "0")
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
