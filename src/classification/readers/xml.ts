/** XML as a plain tree, enough for the official files: elements, attributes, text in order, line numbers. */
import { SaxesParser } from "saxes"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  /** Elements and text, in order; text of white space only is left out, but for the `<t>` of workbooks. */
  content: (XmlElement | string)[]
  line: number
}

/** Any XML that nests deeper than this is none of ours, and would only exhaust memory. */
const MAX_DEPTH = 64

function decoded(file: SourceFile): string {
  if (typeof file.content === "string") return file.content.replace(/^\uFEFF/, "")
  const head = new TextDecoder("windows-1252").decode(file.content.subarray(0, 200))
  const encoding = /^[^<]*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? "utf-8"
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file.content)
  } catch {
    throw new ReaderError(file.name, undefined, `XML in ${encoding}`, "bytes that are not")
  }
}

/** @throws ReaderError with the line, for anything that is not well-formed */
export function parseXml(file: SourceFile): XmlElement {
  const parser = new SaxesParser()
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  parser.on("error", (error) => {
    // saxes starts its messages with its own position.
    const what = error.message.replace(/^\d+:\d+: /, "")
    throw new ReaderError(file.name, parser.line, "well-formed XML", what)
  })
  parser.on("opentag", (tag) => {
    const element: XmlElement = {
      name: tag.name,
      attributes: tag.attributes as Record<string, string>,
      content: [],
      line: parser.line
    }
    const parent = open[open.length - 1]
    if (parent) parent.content.push(element)
    else root = element
    open.push(element)
    if (open.length > MAX_DEPTH) {
      throw new ReaderError(
        file.name,
        parser.line,
        `XML of at most ${MAX_DEPTH} levels`,
        `a deeper <${tag.name}>`
      )
    }
  })
  parser.on("closetag", () => {
    open.pop()
  })
  const onText = (text: string) => {
    const parent = open[open.length - 1]
    // Between elements blanks are layout; inside the <t> of a workbook they part words.
    if (parent && (parent.name === "t" || /\S/.test(text))) parent.content.push(text)
  }
  parser.on("text", onText)
  parser.on("cdata", onText)
  parser.write(decoded(file)).close()
  if (!root) throw new ReaderError(file.name, undefined, "an XML element", "none")
  return root
}

/** Child elements, in order. */
export function elements(parent: XmlElement): XmlElement[] {
  return parent.content.filter((each): each is XmlElement => typeof each !== "string")
}

/** All text below an element, white space collapsed. `<old>` of an addenda markup is not current text. */
export function textIn(element: XmlElement): string {
  const parts: string[] = []
  const walk = (each: XmlElement) => {
    for (const part of each.content) {
      if (typeof part === "string") parts.push(part)
      else if (part.name !== "old") walk(part)
    }
  }
  walk(element)
  return parts.join("").replace(/\s+/g, " ").trim()
}

/** The `<version>` of a file: the year of its release. @throws ReaderError when missing or of another kind */
export function versionOf(root: XmlElement, file: string): string {
  const version = elements(root).find((each) => each.name === "version")
  const text = version ? textIn(version) : ""
  if (!/^20[1-9]\d$/.test(text)) {
    throw new ReaderError(file, version?.line ?? root.line, "a <version> that is a year such as 2026", text)
  }
  return text
}

/** @throws ReaderError when the root is another, or the file holds addenda only */
export function expectRoot(root: XmlElement, name: string, file: string): void {
  if (root.name !== name)
    throw new ReaderError(file, root.line, `<${name}> as root element`, `<${root.name}>`)
  if (root.attributes.isAddenda === "true") {
    throw new ReaderError(file, root.line, "a whole edition", "addenda (isAddenda)")
  }
}
