/** Days as one number, yyyymmdd: the same order as the calendar, 0 for none. */
import { ModelError, type Numbers, PackDamaged } from "./format"

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

/** Releases begin on a few days a year: a day stands once, and a code names it by its place. 0 is no day. */
export class DayPool {
  readonly days: number[] = [0]
  private readonly places = new Map<number, number>([[0, 0]])

  /** @throws ModelError for anything but an ISO day */
  add(iso: string | undefined): number {
    const day = dayNumber(iso)
    let place = this.places.get(day)
    if (place === undefined) {
      place = this.days.push(day) - 1
      this.places.set(day, place)
    }
    return place
  }
}

export class DayReader {
  constructor(private readonly days: Numbers) {}

  /** @throws PackDamaged when there is no such place */
  at(place: number): string | undefined {
    const day = this.days[place]
    if (day === undefined) throw new PackDamaged("a day is missing")
    return day === 0 ? undefined : isoDay(day)
  }
}
