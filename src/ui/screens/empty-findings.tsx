/** Read, but nothing found: a page that only has a few words is no note. */
import { Empty } from "../components/notice"
import { type DocumentLine, readLine } from "../session/chart-state"

/** Fewer characters are menus and headings. */
const A_NOTE = 240

export function NoNotes() {
  return (
    <Empty title="No notes on this page">
      <p>Open a note in the chart. Suggestions appear as soon as its text is on screen.</p>
    </Empty>
  )
}

export function EmptyFindings({ documents }: { documents: DocumentLine[] }) {
  const characters = documents.reduce((sum, document) => sum + document.characters, 0)
  if (characters < A_NOTE) return <NoNotes />
  return (
    <Empty title="Nothing to suggest">
      <p>No diagnosis that could be coded was found in {readLine(documents)}.</p>
    </Empty>
  )
}
