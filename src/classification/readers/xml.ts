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

const CHUNK_BYTES = 256 * 1024

/** The text piece by piece: an official file has 10 MB. @throws ReaderError for another encoding than it says */
function* decoded(file: SourceFile): Generator<string> {
  const { content } = file
  if (typeof content === "string") {
    yield content.replace(/^\uFEFF/, "")
    return
  }
  const head = new TextDecoder("windows-1252").decode(content.subarray(0, 200))
  const encoding = /^[^<]*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? "utf-8"
  const refuse = () => new ReaderError(file.name, undefined, `XML in ${encoding}`, "bytes that are not")
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    throw refuse()
  }
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    let text: string
    try {
      text = decoder.decode(content.subarray(at, at + CHUNK_BYTES), {
        stream: at + CHUNK_BYTES < content.length
      })
    } catch {
      throw refuse()
    }
    yield text
  }
}

/**
 * @param take called when an element at most two levels below the root ends, with the names of the elements around it and the root as it is by
 * then; true: it was dealt with and is not kept. So a large file is read subtree by subtree.
 * @throws ReaderError with the line, for anything that is not well-formed
 */
export function parseXml(
  file: SourceFile,
  take: (element: XmlElement, path: string, root: XmlElement) => boolean = () => false
): XmlElement {
  const parser = new SaxesParser()
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let text = ""
  parser.on("error", (error) => {
    // saxes starts its messages with its own position.
    const what = error.message.replace(/^\d+:\d+: /, "")
    throw new ReaderError(file.name, parser.line, "well-formed XML", what)
  })
  /** Text comes in pieces; only when a tag ends it is known whether it is more than layout. */
  const endText = () => {
    const parent = open[open.length - 1]
    // Between elements blanks are layout; inside the <t> of a workbook they part words.
    if (parent && text !== "" && (parent.name === "t" || /\S/.test(text))) parent.content.push(text)
    text = ""
  }
  parser.on("opentag", (tag) => {
    endText()
    const element: XmlElement = {
      name: tag.name,
      attributes: tag.attributes as Record<string, string>,
      content: [],
      line: parser.line
    }
    root ??= element
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
    endText()
    const element = open.pop()
    const parent = open[open.length - 1]
    if (!element || !parent || !root) return
    // Only elements near the root are offered: a path of each term would cost more than it saves.
    const near = open.length <= 2 && take(element, open.map(({ name }) => name).join("/"), root)
    if (!near) parent.content.push(element)
  })
  const onText = (piece: string) => {
    text += piece
  }
  parser.on("text", onText)
  parser.on("cdata", onText)
  for (const piece of decoded(file)) parser.write(piece)
  parser.close()
  if (!root) throw new ReaderError(file.name, undefined, "an XML element", "none")
  return root
}

/** Child elements, in order. */
export function elements(parent: XmlElement): XmlElement[] {
  return parent.content.filter((each): each is XmlElement => typeof each !== "string")
}

/** All text below an element, white space collapsed. `<old>` of an addenda markup is not current text. */
export function textIn(element: XmlElement): string {
  const only = element.content[0]
  if (element.content.length === 1 && typeof only === "string" && !/\s\s|[^\S ]/.test(only))
    return only.trim()
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
