/** Bytes to lines, for the fixed-width files. */
import { ReaderError } from "./reader-error"

/** A file as handed to a reader: its name for messages, its content as bytes or as text already decoded. */
export interface SourceFile {
  name: string
  content: Uint8Array | string
}

/**
 * Text of a fixed-width or list file. The official ones are ASCII or Latin-1; UTF-8 is taken when it is
 * valid, so that a file saved again by an editor still reads.
 */
export function textOf(file: SourceFile): string {
  if (typeof file.content === "string") return file.content.replace(/^\uFEFF/, "")
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file.content)
  } catch {
    return new TextDecoder("windows-1252").decode(file.content)
  }
}

/** Lines without their ends (CRLF or LF); an end of the last line makes no empty line behind it. */
export function linesOf(file: SourceFile): string[] {
  const lines = textOf(file).split(/\r?\n/)
  if (lines[lines.length - 1] === "") lines.pop()
  // Ctrl-Z, the end of a DOS text file.
  if (lines[lines.length - 1] === "\u001A") lines.pop()
  if (lines.length === 0) throw new ReaderError(file.name, undefined, "a text file", "an empty file")
  return lines
}

const CHUNK_BYTES = 1024 * 1024

/**
 * The same lines one by one, for the large files: never the whole file as one text.
 * @throws ReaderError when the file is empty
 */
export function* eachLine(file: SourceFile): Generator<string> {
  const { content } = file
  if (typeof content === "string") {
    yield* linesOf(file)
    return
  }
  const encoding = isUtf8(content) ? "utf-8" : "windows-1252"
  const decoder = new TextDecoder(encoding)
  let rest = ""
  let any = false
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const stream = at + CHUNK_BYTES < content.length
    const lines = (rest + decoder.decode(content.subarray(at, at + CHUNK_BYTES), { stream })).split("\n")
    rest = lines.pop()!
    for (const line of lines) {
      any = true
      yield line.endsWith("\r") ? line.slice(0, -1) : line
    }
  }
  if (rest !== "" && rest !== "\u001A") {
    any = true
    yield rest
  }
  if (!any) throw new ReaderError(file.name, undefined, "a text file", "an empty file")
}

function isUtf8(content: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    for (let at = 0; at < content.length; at += CHUNK_BYTES) {
      decoder.decode(content.subarray(at, at + CHUNK_BYTES), { stream: at + CHUNK_BYTES < content.length })
    }
    return true
  } catch {
    return false
  }
}

/** ISO form of YYYYMMDD; undefined when blank. @throws ReaderError when it is no date */
export function isoFromCompact(text: string, file: string, line: number, what: string): string | undefined {
  const compact = text.trim()
  if (compact === "") return undefined
  const match = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(compact)
  if (!match) throw new ReaderError(file, line, `${what} as YYYYMMDD`, compact)
  return `${match[1]}-${match[2]}-${match[3]}`
}
