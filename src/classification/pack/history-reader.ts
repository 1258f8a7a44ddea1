/** What earlier releases tell about codes, and the codes that are gone; see compile-history.ts. */
import type { CodeHistory, RetiredCode } from "../model"
import { type DayReader, isoDay } from "./days"
import type { Numbers } from "./format"
import type { Sections } from "./head"
import { placeOf } from "./note-reader"
import type { TextReader } from "./texts"
import { plainCode } from "./tree"

export class HistoryReader {
  private readonly rows: Numbers
  private readonly header: Numbers
  private readonly added: Numbers
  private readonly previous: Numbers
  private readonly retiredCode: Numbers
  private readonly retiredTitle: Numbers
  private readonly retiredSince: Numbers
  private readonly retiredSuccessors: Numbers

  constructor(
    sections: Sections,
    private readonly texts: TextReader,
    private readonly days: DayReader
  ) {
    this.rows = sections.numbers("historyRow")
    this.header = sections.numbersOf("historyHeader", this.rows.length)
    this.added = sections.numbersOf("historyAdded", this.rows.length)
    this.previous = sections.numbersOf("historyPrevious", this.rows.length)
    this.retiredCode = sections.numbers("retiredCode")
    this.retiredTitle = sections.numbersOf("retiredTitle", this.retiredCode.length)
    this.retiredSince = sections.numbersOf("retiredSince", this.retiredCode.length)
    this.retiredSuccessors = sections.numbersOf("retiredSuccessors", this.retiredCode.length)
  }

  /** {} when nothing is told. @throws PackDamaged */
  history(row: number): CodeHistory {
    const place = placeOf(this.rows, row)
    if (place < 0) return {}
    const headerSince = this.days.at(this.header[place]!)
    const addedSince = this.days.at(this.added[place]!)
    const previous = this.previous[place]!
    return {
      ...(headerSince === undefined ? {} : { headerSince }),
      ...(addedSince === undefined ? {} : { addedSince }),
      ...(previous > 0 ? { previous: phrasesOf(this.texts.get(previous - 1)) } : {})
    }
  }

  private at(place: number): RetiredCode {
    return {
      code: this.texts.get(this.retiredCode[place]!),
      title: this.texts.get(this.retiredTitle[place]!),
      since: isoDay(this.retiredSince[place]!),
      successors: codesOf(this.texts.get(this.retiredSuccessors[place]!))
    }
  }

  /** @param code with or without dot */
  retired(code: string): RetiredCode | undefined {
    const wanted = plainCode(code)
    let low = 0
    let high = this.retiredCode.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.texts.get(this.retiredCode[middle]!) < wanted) low = middle + 1
      else high = middle
    }
    if (low >= this.retiredCode.length || this.texts.get(this.retiredCode[low]!) !== wanted) return undefined
    return this.at(low)
  }

  allRetired(): RetiredCode[] {
    return Array.from(this.retiredCode, (_, place) => this.at(place))
  }
}

function codesOf(line: string): string[] {
  return line === "" ? [] : line.split(" ")
}

/** Alternatives of the conversion table, each of one code or of several that were needed together. */
function phrasesOf(text: string): string[] {
  return text === "" ? [] : text.split(";")
}
