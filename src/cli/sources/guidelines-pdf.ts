/** The pages of the Official Guidelines (PDF) as paragraphs. Only at build time: nothing of this is shipped. */
import { getDocumentProxy } from "unpdf"
import type { GuidelineBook } from "@/classification/guidelines-api"
import { type PrintedParagraph, readGuidelines } from "@/classification/readers/guidelines"
import { ReaderError } from "@/classification/readers/reader-error"

interface TextItem {
  str: string
  hasEOL: boolean
}

/** The book of one release. @throws ReaderError when the file is damaged or of another release */
export async function guidelineBook(
  file: { name: string; content: Uint8Array },
  release: string,
  source: string
): Promise<GuidelineBook> {
  const book = readGuidelines(await readGuidelinesPdf(file), file.name, source)
  if (book.release !== release)
    throw new ReaderError(file.name, undefined, `the guidelines of ${release}`, book.release)
  return book
}

/**
 * The publisher's PDF is tagged: between two paragraphs stands an empty item, within one each line ends with
 * `hasEOL`. So nothing has to be guessed from the layout.
 * @throws ReaderError when the file is no PDF that can be read
 */
export async function readGuidelinesPdf(file: {
  name: string
  content: Uint8Array
}): Promise<PrintedParagraph[]> {
  const paragraphs: PrintedParagraph[] = []
  try {
    // The library takes its bytes away from the caller: it gets a copy.
    const pdf = await getDocumentProxy(new Uint8Array(file.content), { verbosity: 0 })
    for (let page = 1; page <= pdf.numPages; page++) {
      const { items } = await (await pdf.getPage(page)).getTextContent()
      paragraphs.push(
        ...paragraphsOf(
          items.flatMap((item) => ("str" in item ? [item] : [])),
          page
        )
      )
    }
    await pdf.destroy()
  } catch (error) {
    throw new ReaderError(file.name, undefined, "a whole PDF", (error as Error).message)
  }
  return paragraphs
}

function paragraphsOf(items: readonly TextItem[], page: number): PrintedParagraph[] {
  const paragraphs: PrintedParagraph[] = []
  let current: PrintedParagraph | undefined
  let broken = true
  for (const item of items) {
    if (item.str === "") {
      if (item.hasEOL) current = undefined
      broken = true
      continue
    }
    if (!current) {
      current = { page, text: "" }
      paragraphs.push(current)
      broken = false
    }
    // A word that is divided at its own hyphen goes on without blank.
    const gap = broken && !/[\s-]$/.test(current.text) && !/^\s/.test(item.str) ? " " : ""
    current.text += gap + item.str
    broken = item.hasEOL
  }
  for (const each of paragraphs) each.text = each.text.replace(/\s+/g, " ").trim()
  return paragraphs.filter(({ text }) => text !== "")
}
