/**
 * The texts of one encounter, in memory only: what is on the page now, and what was read earlier of the
 * same encounter (another note opened in the same place, a frame that went away). Whoever owns the memory
 * clears it as soon as the chart may be another one; this file does not judge that.
 */
import type { ChartDocument } from "@/engine/types"

/** A text that is on the page now. `text` is exactly what the page script sent: offsets count in it. */
export interface LiveText {
  /** documentId + ":" + source, unique in the chart. */
  doc: string
  documentId: string
  source: string
  kind: "page" | "field"
  label: string
  text: string
  version: number
}

/** A text read earlier; it cannot be painted any more. */
export interface KeptText {
  doc: string
  label: string
  text: string
}

/** Characters of one chart that go to the engine (design.md 2, "Who owns the text"). */
export const CHART_LIMIT = 1_000_000
/** Shorter remnants are not worth keeping: a clock, a counter, a line that was corrected. */
const KEEP_FROM = 160
/** From this share of common words on, the new text is the same note, edited or grown. */
const SAME_NOTE = 0.6
/** From this share of common lines on, a kept text is on the page again. */
const COVERED = 0.8
/** From this share of lines on that stood on the page before the chart changed, a text is of that other chart. */
const OF_BEFORE = 0.6

export class EncounterMemory {
  #live: LiveText[] = []
  #kept: KeptText[] = []
  #serial = 0
  #accepted = false

  /**
   * @param before `lineMarks` of the chart that was on the page until now. A header often names the next
   *   patient before the note changes: until it does, the old note is still on the page, and when it goes
   *   it must not be kept as a note of the new patient.
   * @param stood documents that were open then. A text of theirs that still says what it said waits (see
   *   `accept`) and is not judged as the new patient's.
   */
  constructor(
    private readonly before: ReadonlySet<number> = new Set(),
    private readonly stood: ReadonlySet<string> = new Set()
  ) {}

  get live(): readonly LiveText[] {
    return this.#live
  }

  get kept(): readonly KeptText[] {
    return this.#kept
  }

  /** Takes what is on the page now; texts that went away stay as kept texts. */
  update(next: LiveText[]): void {
    const byDoc = new Map(next.map((text) => [text.doc, text]))
    for (const old of this.#live) {
      const now = byDoc.get(old.doc)
      if (now && now.text === old.text) continue
      const rest = now ? replacedPart(old, now) : old.text
      // While patients are changed in a hurry, a frame may still bring the note of one that was passed over.
      if (this.settled && rest.trim().length >= KEEP_FROM && !this.#isOfBefore(rest)) {
        this.#kept.push({ doc: `kept-${++this.#serial}`, label: old.label, text: rest })
      }
    }
    this.#live = next
    const liveLines = next.map((text) => significantLines(text.text))
    const survivors: KeptText[] = []
    // Newest first, so that of two readings of the same note the later one stays.
    for (const kept of [...this.#kept].reverse()) {
      const lines = significantLines(kept.text)
      const seen = [...liveLines, ...survivors.map((other) => significantLines(other.text))]
      if (!seen.some((other) => share(lines, other) >= COVERED)) survivors.unshift(kept)
    }
    this.#kept = survivors
  }

  /** Texts on the page that may still be those of the chart before. They count as soon as they change. */
  get waiting(): boolean {
    return this.#live.some((text) => this.#waits(text))
  }

  /** False while texts of the chart before may still stand on the page. */
  get settled(): boolean {
    return this.#accepted || this.stood.size === 0
  }

  /** The page had time to change and did not: what stands there belongs to this chart. */
  accept(): void {
    this.#accepted = true
  }

  #waits({ documentId, text }: LiveText): boolean {
    return (
      !this.#accepted &&
      text.trim() !== "" &&
      this.stood.has(documentId) &&
      this.#charactersOfBefore(text) >= COVERED
    )
  }

  /** By characters, so that sentences count and not the menu, which is the same for every patient. */
  #charactersOfBefore(text: string): number {
    let all = 0
    let known = 0
    for (const line of significantLines(text)) {
      all += line.length
      if (this.before.has(lineMark(line))) known += line.length
    }
    return all === 0 ? 1 : known / all
  }

  /** A number for each line on the page now; the lines cannot be read out of it. */
  lineMarks(): Set<number> {
    return new Set(this.#live.flatMap(({ text }) => [...significantLines(text)].map(lineMark)))
  }

  #isOfBefore(text: string): boolean {
    if (this.before.size === 0) return false
    return share(new Set([...significantLines(text)].map(lineMark)), this.before) >= OF_BEFORE
  }

  /** What goes to the engine: live texts first (not those that wait), then the newest kept ones, within the limit. */
  documents(limit = CHART_LIMIT): { documents: ChartDocument[]; leftOut: number } {
    const live = this.#live.filter((text) => !this.#waits(text))
    const documents: ChartDocument[] = []
    let room = limit
    let leftOut = 0
    for (const { doc, text } of [...live, ...[...this.#kept].reverse()]) {
      if (text.trim() === "") continue
      const kept = text.length > room ? text.slice(0, lineEnd(text, room)) : text
      leftOut += text.length - kept.length
      if (kept !== "") documents.push({ doc, text: kept })
      room = text.length > room ? 0 : room - text.length
    }
    return { documents, leftOut }
  }

  label(doc: string): string {
    return (
      (this.#live.find((text) => text.doc === doc) ?? this.#kept.find((text) => text.doc === doc))?.label ??
      ""
    )
  }

  text(doc: string): string | undefined {
    return (this.#live.find((text) => text.doc === doc) ?? this.#kept.find((text) => text.doc === doc))?.text
  }
}

/** Where the last whole line within `room` ends, else the last whole word: half of either reads like another. */
function lineEnd(text: string, room: number): number {
  const begin = text.slice(0, room)
  return begin.lastIndexOf("\n") + 1 || begin.lastIndexOf(" ") + 1
}

/**
 * The part of `old` that another note took the place of, "" when `now` is the same note, edited. What stands
 * around the note (navigation, patient header, footer) is in both and is cut away.
 */
function replacedPart(old: LiveText, now: LiveText): string {
  const before = old.text.split("\n")
  const after = now.text.split("\n")
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++
  }
  const gone = before.slice(head, before.length - tail)
  const come = after.slice(head, after.length - tail)
  const sameName = old.label === now.label
  // A field is edited in place: what was deleted there on purpose must not live on.
  if (old.kind === "field" && sameName && now.text.trim() !== "" && wordShare(old.text, now.text) > 0.1)
    return ""
  if (sameName && wordShare(gone.join("\n"), come.join("\n")) >= SAME_NOTE) return ""
  return gone.join("\n")
}

function wordShare(of: string, among: string): number {
  return share(words(of), words(among))
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
}

function significantLines(text: string): Set<string> {
  return new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.length > 3)
  )
}

/** FNV-1a, 32 bits. */
function lineMark(line: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < line.length; at++) hash = Math.imul(hash ^ line.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

function share<T>(of: ReadonlySet<T>, among: ReadonlySet<T>): number {
  if (of.size === 0) return 1
  let common = 0
  for (const entry of of) if (among.has(entry)) common++
  return common / of.size
}
