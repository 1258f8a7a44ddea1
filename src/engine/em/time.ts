/** Stated time and the levels it would meet. Shares of the visit and the time of others never count (rules.md E4.4, E4.6). */
import { type Found, quoteOf } from "./phrases"
import { EM_LEVELS, type EmLevel, type EmTime, type EmVisit } from "./types"

const MINUTES: ReadonlySet<string> = new Set(["minutes", "minute", "min", "mins"])
/** More than a day's visit takes: a misread number. */
const MOST_MINUTES = 600

export function timeOf(
  found: readonly Found[],
  visits: readonly EmVisit[],
  several: boolean
): EmTime | undefined {
  const others = new Set(
    found.filter(({ phrase }) => phrase.category === "staff").map(({ sentence }) => sentence)
  )
  const stated = found.flatMap((each) => {
    if (each.phrase.category !== "total" || others.has(each.sentence)) return []
    const minutes = minutesIn(each)
    return minutes === undefined ? [] : [{ each, minutes }]
  })
  // A total says more than a part of it.
  const best = stated.sort((a, b) => b.minutes - a.minutes)[0]
  if (!best) return undefined
  const { each, minutes } = best
  const activities = found.some(
    ({ phrase, sentence }) => phrase.category === "activity" && sentence === each.sentence
  )
  return {
    minutes,
    evidence: quoteOf(each.chart, each.sentence, each.first, each.sentence.last, several),
    activities,
    levels: visits.flatMap(({ visit, minutes: wanted }) => {
      const level = met(wanted, minutes)
      return level ? [{ visit, level, from: wanted[level]! }] : []
    })
  }
}

function minutesIn({ chart, sentence, first }: Found): number | undefined {
  const { lower } = chart.read.atoms
  for (let at = first; at < sentence.last; at++) {
    const glued = /^(\d{1,3})(?:min|mins|minutes)$/.exec(lower[at] ?? "")
    const number = glued?.[1] ?? (/^\d{1,3}$/.test(lower[at] ?? "") ? lower[at] : undefined)
    if (number === undefined) continue
    const next = lower[at + 1] === "-" ? lower[at + 2] : lower[at + 1]
    if (!glued && !MINUTES.has(next ?? "")) continue
    const minutes = Number(number)
    return minutes > 0 && minutes <= MOST_MINUTES ? minutes : undefined
  }
  return undefined
}

function met(wanted: EmVisit["minutes"], minutes: number): EmLevel | undefined {
  return [...EM_LEVELS].reverse().find((level) => minutes >= (wanted[level] ?? Number.POSITIVE_INFINITY))
}
