/** A code set as a tree to leaf through: chapter, block, category, code. Lines are made as they are opened. */
import type { CodePack, Row } from "@/classification/pack-api"
import { chapterWord } from "./code-detail"

export interface TabularNode {
  /** Says the same in every release: "chapter 4", "block E08-E13", "code E11.4". */
  id: string
  label: string
  title: string
  /** Codes only. */
  row?: Row
  billable?: boolean
  branches: boolean
}

export interface TabularLine extends TabularNode {
  level: number
  expanded?: boolean
  position: number
  size: number
}

/** Lists without printed sections are divided by the beginning of their codes until a part is no longer. */
const LONG = 150

interface Group extends TabularNode {
  groups: Group[]
  rows: Row[]
}

export class TabularTree {
  readonly #roots: Group[]
  readonly #byId = new Map<string, Group>()

  constructor(private readonly pack: CodePack) {
    this.#roots = this.#divide(topRows(pack))
  }

  /** The lines that can be seen, in order. */
  lines(open: ReadonlySet<string>): TabularLine[] {
    const lines: TabularLine[] = []
    const add = (nodes: TabularNode[], level: number) => {
      nodes.forEach((node, index) => {
        const expanded = node.branches ? open.has(node.id) : undefined
        lines.push({
          ...node,
          level,
          position: index + 1,
          size: nodes.length,
          ...(expanded === undefined ? {} : { expanded })
        })
        if (expanded) add(this.#children(node), level + 1)
      })
    }
    add(this.#roots, 1)
    return lines
  }

  /** Ids from the outermost line down to the code itself. */
  pathTo(row: Row): string[] {
    const codes: Row[] = []
    for (let at = row; at >= 0; at = this.pack.parent(at)) codes.unshift(at)
    const top = codes[0] ?? row
    const groups: string[] = []
    const descend = (candidates: Group[]): boolean =>
      candidates.some((group) => {
        const found = group.rows.includes(top) || descend(group.groups)
        if (found) groups.unshift(group.id)
        return found
      })
    descend(this.#roots)
    return [...groups, ...codes.map((each) => this.#code(each).id)]
  }

  /** First code in order that begins with these letters, dots left out; -1 when none does. */
  seek(letters: string): Row {
    const wanted = letters.replace(/[.\s]/g, "").toUpperCase()
    const exact = this.pack.find(wanted)
    if (wanted === "" || exact >= 0) return exact
    const begins = (row: Row) => bare(this.pack, row).startsWith(wanted)
    const within = (row: Row) => wanted.startsWith(bare(this.pack, row))
    let rows = this.#allTop(this.#roots)
    for (;;) {
      const found = rows.find(begins)
      if (found !== undefined) return found
      const way = rows.find(within)
      if (way === undefined) return -1
      rows = this.pack.children(way)
    }
  }

  #allTop(groups: Group[]): Row[] {
    return groups.flatMap((group) => [...group.rows, ...this.#allTop(group.groups)])
  }

  #children(node: TabularNode): TabularNode[] {
    if (node.row !== undefined) return this.pack.children(node.row).map((row) => this.#code(row))
    const group = this.#byId.get(node.id)
    return group ? [...group.groups, ...group.rows.map((row) => this.#code(row))] : []
  }

  #code(row: Row): TabularNode {
    const code = this.pack.code(row)
    return {
      id: `code ${code}`,
      label: code,
      title: this.pack.title(row),
      row,
      billable: this.pack.billable(row),
      branches: this.pack.children(row).length > 0
    }
  }

  #divide(rows: Row[]): Group[] {
    const chapters = runs(rows, (row) => this.pack.chapter(row))
    return chapters.flatMap(({ section: chapter, rows: inChapter }) => {
      if (!chapter) return this.#byPrefix(inChapter, 1)
      const group = this.#group(
        `chapter ${chapter.id}`,
        `${chapterWord(this.pack)} ${chapter.id}`,
        chapter.title
      )
      for (const { section: block, rows: inBlock } of runs(inChapter, (row) => this.pack.block(row))) {
        if (!block) group.rows.push(...inBlock)
        else {
          const inner = this.#group(`block ${block.id}`, block.id, block.title)
          inner.rows.push(...inBlock)
          group.groups.push(inner)
        }
      }
      return [group]
    })
  }

  #byPrefix(rows: Row[], length: number): Group[] {
    const parts = runs(rows, (row) => ({ id: bare(this.pack, row).slice(0, length), title: "" }))
    return parts.map(({ section, rows: inside }) => {
      const first = this.pack.code(inside[0] ?? 0)
      const last = this.pack.code(inside.at(-1) ?? 0)
      const group = this.#group(`part ${section?.id}`, section?.id ?? "", `${first} to ${last}`)
      if (inside.length > LONG && length < first.length) group.groups = this.#byPrefix(inside, length + 1)
      else group.rows = inside
      return group
    })
  }

  #group(id: string, label: string, title: string): Group {
    const group: Group = { id, label, title, branches: true, groups: [], rows: [] }
    this.#byId.set(id, group)
    return group
  }
}

function bare(pack: CodePack, row: Row): string {
  return pack.code(row).replace(".", "")
}

function topRows(pack: CodePack): Row[] {
  const rows: Row[] = []
  for (let row = 0; row < pack.size; row = pack.subtreeEnd(row) + 1) rows.push(row)
  return rows
}

/** Neighbours of the same section, in order. */
function runs(rows: Row[], sectionOf: (row: Row) => { id: string; title: string } | undefined) {
  const found: { section: { id: string; title: string } | undefined; rows: Row[] }[] = []
  for (const row of rows) {
    const section = sectionOf(row)
    const last = found.at(-1)
    if (last && last.section?.id === section?.id) last.rows.push(row)
    else found.push({ section, rows: [row] })
  }
  return found
}
