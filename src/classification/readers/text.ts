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

/** ISO form of YYYYMMDD; undefined when blank. @throws ReaderError when it is no date */
export function isoFromCompact(text: string, file: string, line: number, what: string): string | undefined {
  const compact = text.trim()
  if (compact === "") return undefined
  const match = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(compact)
  if (!match) throw new ReaderError(file, line, `${what} as YYYYMMDD`, compact)
  return `${match[1]}-${match[2]}-${match[3]}`
}
