/** One signed note: headings where the note has them, a paragraph a line. */
import { encounterOf } from "./encounter"

const { encounter, note: at } = encounterOf(location.search)
const note = encounter.notes[at]
if (note) {
  const signed = document.getElementById("signed")
  if (signed) signed.textContent = `${note.title}. Signed by ${note.author}, ${encounter.dateOfService}`
  document.title = note.title
  const lines = note.text.split("\n").filter((line) => line !== "")
  const isHeading = (line: string) => line === line.toUpperCase() && line.length < 60
  document.getElementById("text")?.replaceChildren(
    ...lines.map((line) => {
      const block = document.createElement(isHeading(line) ? "h2" : "p")
      block.textContent = line
      return block
    })
  )
}
