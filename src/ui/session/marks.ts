/**
 * Keeps the marks in the documents of one chart in step with what the panel shows. One paint a document is
 * under way at most; of several wishes the newest is carried out, and equal wishes are not repeated.
 */
import type { Findings } from "@/engine/types"
import type { ChartPort } from "../services"
import { allItems, gapItem, groupFindings, type Item } from "./groups"
import { type Anchor, type DocumentMarks, paintPlan, spansOf } from "./paint-plan"

interface Painter {
  port: ChartPort
  wanted: string
  done: string
  busy: boolean
}

const NOTHING: DocumentMarks = { spans: [], active: [] }

export class Marks {
  readonly #painters = new Map<string, Painter>()
  #findings: Findings | undefined
  #anchors: ReadonlyMap<string, Anchor> = new Map()
  #active: string | undefined
  #turn = new Map<string, number>()

  add(documentId: string, port: ChartPort): void {
    this.#painters.set(documentId, { port, wanted: JSON.stringify(NOTHING), done: "", busy: false })
  }

  remove(documentId: string): void {
    this.#painters.delete(documentId)
  }

  show(findings: Findings | undefined, anchors: ReadonlyMap<string, Anchor>): void {
    this.#findings = findings
    this.#anchors = anchors
    this.#paint()
  }

  /** Draws one item stronger, or none. */
  light(key: string | undefined): void {
    if (key === this.#active) return
    this.#active = key
    this.#paint()
  }

  clear(): void {
    this.#active = undefined
    this.#turn.clear()
    this.show(undefined, new Map())
  }

  /**
   * Scrolls the chart to the words of an item: the first time to the first place, then to the next one.
   * @returns "gone" when none of the places is on the page now
   */
  async goTo(key: string): Promise<"found" | "gone"> {
    const item = this.#item(key)
    const places = item ? spansOf(item, this.#anchors) : []
    for (let tries = 0; tries < places.length; tries++) {
      const turn = this.#turn.get(key) ?? 0
      this.#turn.set(key, turn + 1)
      const place = places[turn % places.length]!
      const port = this.#painters.get(place.documentId)?.port
      const answer = await port?.ask("goTo", { span: place.span })
      if (answer?.found) return "found"
    }
    return "gone"
  }

  /** How many places of an item could be gone to. */
  places(key: string): number {
    const item = this.#item(key)
    return item ? spansOf(item, this.#anchors).length : 0
  }

  #item(key: string | undefined): Item | undefined {
    if (key === undefined) return undefined
    return (
      allItems(groupFindings(this.#findings)).find((item) => item.key === key) ??
      gapItem(this.#findings?.gaps ?? [], key)
    )
  }

  #paint(): void {
    const plan = paintPlan(groupFindings(this.#findings), this.#anchors, this.#item(this.#active))
    for (const [documentId, painter] of this.#painters) {
      painter.wanted = JSON.stringify(plan.get(documentId) ?? NOTHING)
      void this.#run(documentId, painter)
    }
  }

  async #run(documentId: string, painter: Painter): Promise<void> {
    if (painter.busy) return
    painter.busy = true
    try {
      while (this.#painters.get(documentId) === painter && painter.wanted !== painter.done) {
        const wanted = painter.wanted
        await painter.port.ask("paint", JSON.parse(wanted) as DocumentMarks)
        painter.done = wanted
      }
    } catch {
      // The document went away; its port tells the session, and there is nothing left to mark.
      painter.done = painter.wanted
    } finally {
      painter.busy = false
    }
  }
}
