/**
 * Text of a page and the way back: which character of which text node stands at an offset, and the other
 * way round. Offsets are UTF-16 units on both sides. Breaks between blocks stand in no node.
 */
import { wordEnd } from "./cut"
import { Break, type Piece } from "./pieces"

export interface NodeSpan {
  node: Text
  from: number
  to: number
}

const BREAKS: Record<Break, string> = {
  [Break.none]: "",
  [Break.blank]: " ",
  [Break.tab]: "\t",
  [Break.line]: "\n",
  [Break.paragraph]: "\n\n"
}

export class TextMap {
  /** Text offset of each piece, rising; the piece's node; its offset in the node; its length. */
  private readonly starts: number[] = []
  private readonly nodes: Text[] = []
  private readonly froms: number[] = []
  private readonly sizes: number[] = []
  private byNode: Map<Text, number[]> | undefined

  private constructor(
    readonly text: string,
    pieces: readonly { piece: Piece; start: number; size: number }[]
  ) {
    for (const { piece, start, size } of pieces) {
      this.starts.push(start)
      this.nodes.push(piece.node)
      this.froms.push(piece.from)
      this.sizes.push(size)
    }
  }

  static readonly empty = new TextMap("", [])

  /**
   * Joins the pieces of the regions that were not dropped.
   * @param limit characters; what is beyond is counted, not kept
   */
  static *join(pieces: readonly Piece[], limit: number): Generator<void, { map: TextMap; leftOut: number }> {
    const parts: string[] = []
    const kept: { piece: Piece; start: number; size: number }[] = []
    let length = 0
    let leftOut = 0
    let before: Break = Break.none
    for (let i = 0; i < pieces.length; i++) {
      if ((i & 255) === 0) yield
      const piece = pieces[i] as Piece
      if (piece.before > before) before = piece.before
      if (piece.region.dropped) {
        if (before < Break.line) before = Break.line
        continue
      }
      const gap = kept.length === 0 ? "" : BREAKS[before]
      const room = Math.max(0, limit - length - gap.length)
      const text = piece.text.slice(0, wordEnd(piece.text, 0, room))
      leftOut += piece.text.length - text.length
      if (text === "") continue
      parts.push(gap, text)
      kept.push({ piece, start: length + gap.length, size: text.length })
      length += gap.length + text.length
      before = Break.none
    }
    yield
    return { map: new TextMap(parts.join(""), kept), leftOut }
  }

  /** The text nodes under `text.slice(start, end)`, in order; none for breaks and outside the text. */
  nodesAt(start: number, end: number): NodeSpan[] {
    const spans: NodeSpan[] = []
    for (let i = Math.max(0, this.pieceAt(start)); i < this.starts.length; i++) {
      const at = this.starts[i] as number
      if (at >= end) break
      const from = Math.max(start, at) - at
      const to = Math.min(end, at + (this.sizes[i] as number)) - at
      if (to <= from) continue
      const node = this.nodes[i] as Text
      const shift = this.froms[i] as number
      const last = spans.at(-1)
      if (last?.node === node) last.to = shift + to
      else spans.push({ node, from: shift + from, to: shift + to })
    }
    return spans
  }

  /** Node and offset of the character at `offset`; undefined where a break stands. */
  charAt(offset: number): { node: Text; offset: number } | undefined {
    const i = this.pieceAt(offset)
    const within = offset - (this.starts[i] ?? 0)
    if (i < 0 || within >= (this.sizes[i] as number)) return undefined
    return { node: this.nodes[i] as Text, offset: (this.froms[i] as number) + within }
  }

  /** Offset in the text of a character of a node; undefined when it is not drawn or was left out. */
  offsetOf(node: Text, offset: number): number | undefined {
    for (const i of this.piecesOf(node)) {
      const within = offset - (this.froms[i] as number)
      if (within >= 0 && within < (this.sizes[i] as number)) return (this.starts[i] as number) + within
    }
    return undefined
  }

  /** Last piece that starts at or before `offset`, -1 when there is none. */
  private pieceAt(offset: number): number {
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  private piecesOf(node: Text): readonly number[] {
    if (!this.byNode) {
      this.byNode = new Map()
      for (let i = 0; i < this.nodes.length; i++) {
        const list = this.byNode.get(this.nodes[i] as Text)
        if (list) list.push(i)
        else this.byNode.set(this.nodes[i] as Text, [i])
      }
    }
    return this.byNode.get(node) ?? []
  }
}
