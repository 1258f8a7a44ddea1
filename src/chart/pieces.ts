/**
 * What a walk over the page has found, before it is known which regions belong to the note.
 *
 * A piece is a run of characters that stands unbroken in one text node and, one to one, in the text:
 *
 *   node   "Type 2   diabetes"       pieces   [Type 2 ][diabetes]
 *   before  what separates a piece from the one before it: nothing, or a break that stands in no node
 *
 * White space is collapsed as a browser renders it; a collapsed run is the first of its characters, drawn
 * as a blank. Preformatted text is kept as it is.
 */
import { wordEnd } from "./cut"
import type { Region } from "./regions"

/** Strength of what separates two pieces. Line: block, cell. Paragraph: with an empty line. */
export const Break = { none: 0, blank: 1, tab: 2, line: 3, paragraph: 4 } as const
export type Break = (typeof Break)[keyof typeof Break]

export type WhiteSpace = "collapse" | "lines" | "keep"

export interface Piece {
  node: Text
  /** Offset in the node's data. */
  from: number
  /** As it stands in the text: white space other than blanks is drawn as a blank unless kept. */
  text: string
  before: Break
  region: Region
}

const SPACES = /[ \t\n\r\f]+/g
const NEEDS_WORK = /[\t\n\r\f]|^ | $| {2}/

export class PieceList {
  readonly pieces: Piece[] = []
  chars = 0
  /** Characters of text nodes that were not taken because `limit` was reached. */
  leftOut = 0
  private edge: Break = Break.none
  /** Line breaks written as `br` since the last text. */
  private breaks = 0
  private space: { node: Text; from: number } | undefined

  /** @param limit characters that are kept in all */
  constructor(private readonly limit: number) {}

  /** Start or end of an element that separates its text from what is around it. */
  separate(strength: Break): void {
    if (strength === Break.none) return
    if (strength >= Break.line) {
      // The last br of a block draws nothing: the block ends there anyway.
      if (this.breaks > 1) this.edge = Break.paragraph
      this.breaks = 0
    }
    if (strength > this.edge) this.edge = strength
  }

  /** A `br`, or a kept newline where blanks collapse. At the start of a line it draws an empty line. */
  lineBreak(): void {
    if (this.edge >= Break.line) this.edge = Break.paragraph
    else this.breaks++
    this.space = undefined
  }

  /** Adds `data.slice(from, to)` of a text node. */
  add(node: Text, data: string, from: number, to: number, how: WhiteSpace, region: Region): void {
    const room = this.limit - this.chars
    if (room <= 0) {
      this.leftOut += to - from
      return
    }
    if (to - from > room) {
      const end = wordEnd(data, from, room)
      this.leftOut += to - end
      to = end
    }
    const run = from === 0 && to === data.length ? data : data.slice(from, to)
    if (how === "keep") this.keep(node, run, from, region)
    else if (NEEDS_WORK.test(run)) this.collapse(node, run, from, how, region)
    else if (run !== "") this.push(node, from, run, region)
  }

  private keep(node: Text, run: string, from: number, region: Region): void {
    // Indentation of the source between two blocks; within a line it is text.
    const between = this.pieces.length === 0 || this.edge >= Break.line
    if (run === "" || (between && run.trim() === "")) return
    this.push(node, from, run, region)
  }

  private collapse(node: Text, run: string, at: number, how: WhiteSpace, region: Region): void {
    let start = 0
    SPACES.lastIndex = 0
    for (let gap = SPACES.exec(run); gap; gap = SPACES.exec(run)) {
      const lines = how === "lines" ? gap[0].split("\n").length - 1 : 0
      const inside = gap.index > start && SPACES.lastIndex < run.length
      if (gap[0].length === 1 && inside && lines === 0) continue
      if (gap.index > start) this.push(node, at + start, blanks(run.slice(start, gap.index)), region)
      this.space ??= { node, from: at + gap.index }
      for (let i = 0; i < lines; i++) this.lineBreak()
      start = SPACES.lastIndex
    }
    if (start < run.length) this.push(node, at + start, blanks(run.slice(start)), region)
  }

  private push(node: Text, from: number, text: string, region: Region): void {
    let before: Break = this.edge
    if (this.breaks > 0 && before < Break.line) before = this.breaks > 1 ? Break.paragraph : Break.line
    else if (this.breaks > 0) before = Break.paragraph
    const space = this.space
    const apart = !endsBlank(this.pieces.at(-1))
    if (before === Break.blank && !apart) before = Break.none
    this.edge = Break.none
    this.breaks = 0
    this.space = undefined
    if (space && apart && before <= Break.blank && this.pieces.length > 0) {
      // Blank and word of one node that stand together stay one piece.
      if (space.node === node && space.from + 1 === from)
        this.take(node, space.from, ` ${text}`, Break.none, region)
      else {
        this.take(space.node, space.from, " ", Break.none, region)
        this.take(node, from, text, Break.none, region)
      }
      return
    }
    this.take(node, from, text, before, region)
  }

  private take(node: Text, from: number, text: string, before: Break, region: Region): void {
    this.pieces.push({ node, from, text, before: this.pieces.length === 0 ? Break.none : before, region })
    this.chars += text.length
  }
}

const endsBlank = (piece: Piece | undefined) =>
  piece !== undefined && piece.text.charCodeAt(piece.text.length - 1) <= 0x20
const blanks = (text: string) => text.replace(/[\t\n\r\f]/g, " ")
