/**
 * The official XML as plain lines, read without the readers of the classification: what a check holds against
 * the pack must not come from the code that is checked.
 */
import { SaxesParser } from "saxes"

interface Open {
  name: string
  attributes: Record<string, string>
  text: string
  /** What a child told. */
  told: Record<string, string>
}

/** Calls `close` for every element when it ends, with the elements around it, outermost first. */
function walk(text: string, close: (element: Open, around: readonly Open[]) => void): void {
  const parser = new SaxesParser()
  const open: Open[] = []
  parser.on("error", (error) => {
    throw error
  })
  parser.on("opentag", ({ name, attributes }) => {
    open.push({ name, attributes: attributes as Record<string, string>, text: "", told: {} })
  })
  parser.on("text", (piece) => {
    // Nothing that is wanted holds its text deeper than this.
    for (const each of open.slice(-2)) each.text += piece
  })
  parser.on("closetag", () => {
    const element = open.pop()!
    if (element.text.length < 10_000) element.text = element.text.replace(/\s+/g, " ").trim()
    close(element, open)
  })
  parser.write(text).close()
}

export interface RawNote {
  /** "E11.4", "E08-E13", or the number of a chapter. */
  at: string
  where: "code" | "block" | "chapter"
  /** Name of the element: "excludes1". */
  element: string
  text: string
}

export interface RawTabular {
  /** As printed, with dot. */
  codes: string[]
  notes: RawNote[]
  /** 7th characters by the code at which they are defined. */
  seventh: Map<string, { character: string; text: string }[]>
  /** Categories by the block or chapter around them. */
  categories: Map<string, string[]>
}

const HOLDERS: Record<string, RawNote["where"]> = { diag: "code", section: "block", chapter: "chapter" }

export function rawTabular(xml: string): RawTabular {
  const raw: RawTabular = { codes: [], notes: [], seventh: new Map(), categories: new Map() }
  const nameOf = (holder: Open) =>
    holder.name === "section" ? (holder.attributes.id ?? "") : (holder.told.name ?? "")
  walk(xml, (element, around) => {
    const parent = around[around.length - 1]
    const holder = around[around.length - 2]
    if (element.name === "name" && parent && HOLDERS[parent.name]) {
      parent.told.name = element.text
      if (parent.name === "diag") {
        raw.codes.push(element.text)
        if (!around.slice(0, -1).some(({ name }) => name === "diag")) {
          for (const section of around) {
            if (section.name !== "section" && section.name !== "chapter") continue
            const key = `${section.name} ${nameOf(section)}`
            raw.categories.set(key, [...(raw.categories.get(key) ?? []), element.text])
          }
        }
      }
    } else if (
      element.name === "note" &&
      parent &&
      holder &&
      HOLDERS[holder.name] &&
      parent.name !== "sevenChrDef"
    ) {
      raw.notes.push({
        at: nameOf(holder),
        where: HOLDERS[holder.name]!,
        element: parent.name,
        text: element.text
      })
    } else if (element.name === "extension" && holder?.name === "diag") {
      const at = nameOf(holder)
      const told = { character: element.attributes.char ?? "", text: element.text }
      raw.seventh.set(at, [...(raw.seventh.get(at) ?? []), told])
    }
  })
  return raw
}

export interface RawIndexLine {
  level: number
  title: string
  /** Without dot and dash. */
  code?: string
  manifestation?: string
  see?: string
  seeAlso?: string
  /** Codes of a table row by column number, without dot and dash; "-" left out. */
  cells: Map<number, string>
}

const plain = (text: string) => text.replace(/[.-]/g, "")

/** Main terms and subterms in printed order. */
export function rawIndex(xml: string): RawIndexLine[] {
  const lines: RawIndexLine[] = []
  const open: RawIndexLine[] = []
  const parser = new SaxesParser()
  const path: string[] = []
  let text = ""
  let column = 0
  parser.on("error", (error) => {
    throw error
  })
  parser.on("opentag", ({ name, attributes }) => {
    const parent = path[path.length - 1]
    path.push(name)
    if (name === "mainTerm" || name === "term") {
      const line: RawIndexLine = { level: open.length, title: "", cells: new Map() }
      lines.push(line)
      open.push(line)
    }
    // A title goes on around and behind its <nemod>.
    if (parent !== "title") text = ""
    if (name === "cell") column = Number((attributes as Record<string, string>).col)
  })
  parser.on("text", (piece) => {
    text += piece
  })
  parser.on("closetag", ({ name }) => {
    path.pop()
    if (name === "mainTerm" || name === "term") open.pop()
    const line = open[open.length - 1]
    const said = text.replace(/\s+/g, " ").trim()
    if (!line || said === "" || path[path.length - 1] === "title") return
    if (name === "title") line.title = said
    else if (name === "code") line.code = plain(said)
    else if ((name === "subcat" || name === "seecat") && line.code === undefined) line.code = plain(said)
    else if (name === "manif" && /^[A-Z]\d/.test(said)) line.manifestation = plain(said)
    // The neoplasm table has one bracket with words in it.
    else if (name === "manif") line.title += ` (${said})`
    else if (name === "see") line.see = said
    else if (name === "seeAlso") line.seeAlso = said
    else if (name === "cell" && !/^-*$/.test(said)) line.cells.set(column, plain(said))
  })
  parser.write(xml).close()
  return lines
}
