/** How a reader says that a file is not what it should be. */

function clipped(text: string): string {
  const oneLine = text.replace(/\s+/g, " ").trim()
  return oneLine.length > 60 ? `${oneLine.slice(0, 57)}...` : oneLine
}

/**
 * A file that is damaged, of another format, or of a version this reader does not know. The message is a
 * plain sentence for the user; nothing of the file has been taken in.
 */
export class ReaderError extends Error {
  override name = "ReaderError"
  constructor(
    readonly file: string,
    /** 1-based; undefined when the file as a whole is meant. */
    readonly line: number | undefined,
    readonly expected: string,
    readonly found: string
  ) {
    super(
      `${file}${line ? `, line ${line}` : ""}: expected ${expected}, found ${clipped(found) || "nothing"}`
    )
  }
}
