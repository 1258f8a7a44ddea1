/**
 * The chart of one document while a panel is connected: reads it, keeps it current, marks words in it.
 * Construction does nothing; after `stop` nothing of ours is left in the page and no text is kept.
 */
import type { ChartEvent, PageReading, PageText, PaintAnswer, PaintSpan } from "@/messages/page-protocol"
import { rangesOf } from "./anchor"
import { find, rootElementOf, titleOf, urlOf, windowOf } from "./dom"
import { VersionedText } from "./edits"
import { type Extraction, extract, TEXT_LIMIT } from "./extract"
import { type FieldMark, FieldMarks } from "./field-marks"
import { FieldSources, headerInputs } from "./fields"
import { foreignOrigins } from "./frames"
import { bringIntoView } from "./go-to"
import { identityOf, namesOtherChart } from "./identity"
import type { MarkStyle } from "./mark-styles"
import { Marks } from "./marks"
import { inSlices } from "./slices"
import { TextMap } from "./text-map"
import type { WalkEnv } from "./walk"
import { PageWatch } from "./watch"

export interface ChartEnv extends WalkEnv {
  /** What a person would call a field. */
  labelOf(el: Element): string
  /** Told of every element that we add to the page. */
  own(host: Element): void
}

const MAIN = "main"
/** Marks that are drawn at a time; more would not help anybody and cost the page. */
const MARK_LIMIT = 3_000

type Paint = { spans: readonly PaintSpan[]; active: readonly PaintSpan[] }
const NOTHING: Paint = { spans: [], active: [] }

export class ChartReader {
  private readonly watch: PageWatch
  private readonly marks: Marks
  private readonly fieldMarks: FieldMarks
  private readonly fields = new FieldSources()
  private main = new VersionedText()
  private map = TextMap.empty
  private reading: PageReading | undefined
  private inWork: Promise<PageReading> | undefined
  private lastPaint = NOTHING
  private stopper: AbortController | undefined

  /** @param tell receives events for the panel; called only between `start` and `stop` */
  constructor(
    private readonly doc: Document,
    private readonly env: ChartEnv,
    private readonly tell: (event: ChartEvent) => void
  ) {
    this.marks = new Marks(doc)
    this.fieldMarks = new FieldMarks(doc, env.own)
    this.watch = new PageWatch(doc, {
      flush: () => this.refresh(),
      moved: () => this.tellIfOther(),
      isOwn: env.isOwn
    })
  }

  get running(): boolean {
    return this.stopper !== undefined
  }

  start(): void {
    if (this.stopper) return
    this.stopper = new AbortController()
    this.watch.start()
  }

  /** Idempotent. */
  stop(): void {
    this.stopper?.abort()
    this.stopper = undefined
    this.watch.stop()
    this.marks.clear()
    this.fieldMarks.clear()
    this.fields.clear()
    this.main = new VersionedText()
    this.map = TextMap.empty
    this.reading = undefined
    this.inWork = undefined
    this.lastPaint = NOTHING
  }

  /** Reads everything anew: what style sheets show and what scripts put into fields makes no event. */
  read(): Promise<PageReading> {
    if (this.inWork) return this.inWork
    const work = this.readNow().finally(() => {
      if (this.inWork === work) this.inWork = undefined
    })
    this.inWork = work
    return work
  }

  /** Replaces all marks; what cannot be placed for sure is counted as missed. */
  async paint(paint: Paint): Promise<PaintAnswer> {
    this.lastPaint = paint
    const answer = this.draw(paint)
    if (answer.missed === 0 || !this.watch.dirty) return answer
    // The page moved on since it was read; once more on what it shows now.
    await this.read()
    return this.lastPaint === paint ? this.draw(paint) : answer
  }

  /** Scrolls to a span. @returns false, without any movement, when it can no longer be found */
  async goTo(span: PaintSpan): Promise<boolean> {
    if (this.watch.dirty || !this.reading) await this.read()
    const start = this.textOf(span.source)?.locate(span.version, span.start, span.quote)
    if (start === undefined) return false
    if (span.source === MAIN) {
      const range = rangesOf(this.map, start, start + span.quote.length)?.[0]
      const el = range?.startContainer.parentElement
      if (!range || !el) return false
      bringIntoView(el, () => range.getBoundingClientRect())
      return true
    }
    const entry = this.fields.find(span.source)
    if (!entry || start < entry.lead) return false
    const from = start - entry.lead
    const box = () => this.fieldMarks.boxOf(entry.field, from, from + span.quote.length)
    bringIntoView(entry.field, () => box() ?? entry.field.getBoundingClientRect())
    return true
  }

  private async readNow(): Promise<PageReading> {
    const { signal } = this.stopper ?? {}
    if (!signal) throw new DOMException("The reader was stopped.", "AbortError")
    this.watch.dirty = false
    const found = await inSlices(extract(rootElementOf(this.doc), this.env), signal)
    this.watch.watchRoots(found.shadowRoots)
    if (found.torn) this.watch.dirty = true
    this.map = found.map
    this.main.update(found.map.text)
    const room = TEXT_LIMIT - found.map.text.length
    const leftOut = this.fields.update(found.textareas, this.env.labelOf, room) + found.leftOut
    this.reading = {
      url: urlOf(this.doc),
      title: titleOf(this.doc),
      top: this.isTop(),
      texts: this.texts(),
      foreignFrames: foreignOrigins(found.frames, urlOf(this.doc)),
      leftOut
    }
    const identity = this.identify(found)
    if (identity) this.reading.identity = identity
    return this.reading
  }

  private isTop(): boolean {
    const view = windowOf(this.doc)
    return view !== null && view.parent === view
  }

  private identify(found: Extraction) {
    return identityOf({
      url: urlOf(this.doc),
      title: titleOf(this.doc),
      top: this.isTop(),
      header: found.header,
      head: found.map.text.slice(0, 3_000),
      inputs: headerInputs(found.inputs, this.env.labelOf)
    })
  }

  private texts(): PageText[] {
    const texts: PageText[] = this.fields.current.map(({ source, label, text }) => ({
      source,
      kind: "field",
      label,
      text: text.text,
      version: text.version
    }))
    if (this.main.text !== "") {
      const { text, version } = this.main
      texts.unshift({ source: MAIN, kind: "page", label: this.title(), text, version })
    }
    return texts
  }

  /** What a person would call this page or frame. */
  private title(): string {
    const frame = windowOf(this.doc)?.frameElement
    const names = [
      titleOf(this.doc),
      find(rootElementOf(this.doc), "h1")?.textContent,
      frame?.getAttribute("title"),
      frame?.getAttribute("aria-label")
    ]
    const plain = names.map((name) => name?.replace(/\s+/g, " ").trim() ?? "")
    return (plain.find((name) => name !== "") ?? "Page").slice(0, 120)
  }

  /** After a change: reads again and says what is different, the identity first. */
  private async refresh(): Promise<void> {
    const before = this.reading
    const stopper = this.stopper
    try {
      await this.read()
    } catch (error) {
      if (stopper?.signal.aborted) return // Stopped meanwhile: nothing is wrong and nobody listens.
      throw error
    }
    const after = this.reading
    if (!after || !before || this.stopper !== stopper) return
    if (before.identity?.changeKey !== after.identity?.changeKey) this.tell({ event: "identity" })
    if (before.foreignFrames.join() !== after.foreignFrames.join()) this.tell({ event: "frames" })
    if (versionsOf(before) !== versionsOf(after)) this.tell({ event: "changed" })
    // The same words may stand in new nodes now.
    if (this.lastPaint !== NOTHING) this.draw(this.lastPaint)
  }

  /** The address changed: if it names another chart, that is said before anything is read. */
  private tellIfOther(): void {
    const { reading } = this
    if (!reading?.identity) return
    if (namesOtherChart(reading.identity.changeKey, reading.url, urlOf(this.doc)))
      this.tell({ event: "identity" })
  }

  private textOf(source: string): VersionedText | undefined {
    return source === MAIN ? this.main : this.fields.find(source)?.text
  }

  private draw({ spans, active }: Paint): PaintAnswer {
    const ranges: Record<MarkStyle, Range[]> = { code: [], consider: [], suppressed: [], active: [] }
    const inFields: FieldMark[] = []
    let painted = 0
    const wanted = [
      ...active.map((span) => ({ span, style: "active" as MarkStyle })),
      ...spans.map((span) => ({ span, style: span.tier as MarkStyle }))
    ]
    for (const { span, style } of wanted.slice(0, MARK_LIMIT)) {
      const start = this.textOf(span.source)?.locate(span.version, span.start, span.quote)
      if (start === undefined) continue
      const end = start + span.quote.length
      if (span.source === MAIN) {
        const found = rangesOf(this.map, start, end)
        if (!found) continue
        ranges[style].push(...found)
        painted++
      } else {
        const entry = this.fields.find(span.source)
        if (entry && start >= entry.lead)
          inFields.push({ field: entry.field, start: start - entry.lead, end: end - entry.lead, style })
      }
    }
    this.marks.show(ranges)
    painted += this.fieldMarks.show(inFields)
    return { painted, missed: wanted.length - painted }
  }
}

const versionsOf = (reading: PageReading) =>
  reading.texts.map((text) => `${text.source}:${text.version}:${text.label}`).join("\n")
