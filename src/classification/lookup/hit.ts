/** A row of a pack as a result. */
import type { CompiledPack } from "../pack/open"
import type { LookupHit } from "../pack-api"

/** ISO day on which a code ended, when that lies before the day that counts. */
export function endedBefore(pack: CompiledPack, row: number, date: string | undefined): string | undefined {
  const { ended } = pack.dates(row)
  return ended !== undefined && ended < (date ?? pack.info.effective.from) ? ended : undefined
}

/** With what must be said of the code whoever asked: ended, or a header that was billable before. */
export function hitOf(
  pack: CompiledPack,
  row: number,
  score: number,
  via: string,
  date: string | undefined
): LookupHit {
  const hit: LookupHit = {
    system: pack.info.system,
    code: pack.code(row),
    title: pack.title(row),
    billable: pack.billable(row),
    score: Math.round(score * 10_000) / 10_000,
    via,
    pack: pack.info.id
  }
  const ended = endedBefore(pack, row, date)
  if (ended !== undefined) hit.ended = ended
  const { headerSince } = hit.billable ? {} : pack.history(row)
  if (headerSince !== undefined) {
    hit.headerSince = headerSince
    hit.children = pack.children(row).map((child) => ({ system: pack.info.system, code: pack.code(child) }))
  }
  return hit
}

const MONTHS = "January February March April May June July August September October November December".split(
  " "
)

/** "2025-10-01" as "1 October 2025". */
export function dayInWords(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`
}
