/**
 * The documents (frames) of one tab and the ports to their page scripts. Reads them, reads again when the
 * page says that something changed, and tells its owner. Knows nothing about charts and suggestions.
 */
import type { PageReading } from "@/messages/page-protocol"
import { PageError } from "@/messages/page-rpc"
import type { ChartPort, FrameRef, PanelServices } from "../services"

export interface ReadDocument {
  frame: FrameRef
  reading: PageReading
}

export interface DocumentsOwner {
  /** Texts may have changed; `read()` has them. */
  changed(): void
  /** The page says that the chart may be another one. Comes before anything is read again. */
  identity(): void
  /** The set of documents changed: `sync` again. `topGone`: the page itself was left. */
  frames(topGone: boolean): void
  /** The focus moved in a document. */
  focus(): void
  /** The page itself does not answer, and will be asked only once more. */
  mute(): void
  failed(error: unknown): void
  opened(documentId: string, port: ChartPort): void
  closed(documentId: string): void
}

interface OpenDocument {
  frame: FrameRef
  port: ChartPort
  /** What it said last; undefined again when that may be about another chart. */
  reading: PageReading | undefined
  answered: boolean
  /** The read under way. */
  running: Promise<void> | undefined
  again: boolean
}

const REREAD_GAP = 250
/** A page script that was only just put in needs a moment; after this many tries the document counts as mute. */
const TRIES = 4

export class PageDocuments {
  readonly #open = new Map<string, OpenDocument>()
  readonly #misses = new Map<string, number>()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #tabId = -1
  #round = 0
  #generation = 0

  constructor(
    private readonly pages: PanelServices["pages"],
    private readonly owner: DocumentsOwner
  ) {}

  /** Opens what is new, lets go of what went away, reads everything. False when it was overtaken. */
  async sync(tabId: number): Promise<boolean> {
    if (tabId !== this.#tabId) this.closeAll()
    this.#tabId = tabId
    const round = ++this.#round
    const frames = await this.pages.frames(tabId)
    if (round !== this.#round) return false
    const present = new Set(frames.map((frame) => frame.documentId))
    for (const documentId of [...this.#open.keys()]) if (!present.has(documentId)) this.#close(documentId)
    for (const frame of frames) {
      if (!this.#open.has(frame.documentId) && !this.#mute(frame)) this.#connect(frame)
    }
    await Promise.all([...this.#open.values()].map((document) => this.#read(document)))
    return round === this.#round
  }

  /** What the documents said last, top document first; nothing as long as the top document is silent. */
  read(): ReadDocument[] {
    const read: ReadDocument[] = []
    for (const { frame, reading } of this.#open.values()) if (reading) read.push({ frame, reading })
    if (!read.some(({ frame }) => frame.top)) return []
    return read.sort((a, b) => Number(b.frame.top) - Number(a.frame.top))
  }

  /** A document was asked and may still answer: it is too early to say that there is no text. */
  get waiting(): boolean {
    return (
      this.#timers.size > 0 || [...this.#open.values()].some((document) => document.running !== undefined)
    )
  }

  closeAll(): void {
    this.#round++
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#misses.clear()
    for (const documentId of [...this.#open.keys()]) this.#close(documentId)
  }

  /** Forgets everything that was read: it may be about another chart. */
  #doubt(): void {
    this.#generation++
    for (const document of this.#open.values()) document.reading = undefined
  }

  /** Tries documents again that did not answer before. */
  forgive(): void {
    this.#misses.clear()
  }

  #mute(frame: FrameRef): boolean {
    return (this.#misses.get(frame.documentId) ?? 0) >= TRIES
  }

  #connect(frame: FrameRef): void {
    const { documentId } = frame
    const current = () => this.#open.get(documentId) === document
    const port = this.pages.openChart(this.#tabId, documentId, {
      onEvent: ({ event }) => {
        if (!current()) return
        if (event === "focus") return this.owner.focus()
        if (event === "identity") {
          this.#doubt()
          this.owner.identity()
        }
        if (event === "changed") this.#soon(() => current() && this.#reread(document))
        else this.owner.frames(false)
      },
      onClose: () => current() && this.#lost(document)
    })
    const document: OpenDocument = {
      frame,
      port,
      reading: undefined,
      answered: false,
      running: undefined,
      again: false
    }
    this.#open.set(documentId, document)
    this.owner.opened(documentId, port)
  }

  /** The document went away, or never answered: then once more in a moment, as long as there are tries left. */
  #lost(document: OpenDocument): void {
    const { documentId, top } = document.frame
    this.#close(documentId)
    if (document.answered) {
      this.owner.frames(top)
      return
    }
    const misses = (this.#misses.get(documentId) ?? 0) + 1
    this.#misses.set(documentId, misses)
    // The page was open before the site was allowed, or the browser forgot: the script is put in once more.
    if (top && misses === TRIES - 1) this.owner.mute()
    if (misses < TRIES) this.#soon(() => this.owner.frames(false))
  }

  #close(documentId: string): void {
    const document = this.#open.get(documentId)
    if (!document) return
    this.#open.delete(documentId)
    this.owner.closed(documentId)
    document.port.close()
  }

  /** Reads, or lets the read that is under way read once more; settles when the newest is there. */
  #read(document: OpenDocument): Promise<void> {
    document.again = true
    document.running ??= this.#readUntilQuiet(document).finally(() => {
      document.running = undefined
    })
    return document.running
  }

  async #readUntilQuiet(document: OpenDocument): Promise<void> {
    const { documentId } = document.frame
    try {
      while (document.again) {
        document.again = false
        const generation = this.#generation
        const reading = await document.port.ask("read", {})
        document.answered = true
        this.#misses.delete(documentId)
        // Read before the page said that the chart may be another one: not to be trusted.
        if (generation === this.#generation) document.reading = reading
        else document.again = true
      }
    } catch (error) {
      if (this.#open.get(documentId) !== document) return
      this.#lost(document)
      if (!(error instanceof PageError)) this.owner.failed(error)
    }
  }

  async #reread(document: OpenDocument): Promise<void> {
    await this.#read(document)
    if (this.#open.get(document.frame.documentId) === document) this.owner.changed()
  }

  #soon(job: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      job()
    }, REREAD_GAP)
    this.#timers.add(timer)
  }
}
