/** Sections of the Official Guidelines that concern a code: titles in sight, the text when asked for. */
import { useEffect, useMemo, useState } from "react"
import { guidelinesFor } from "@/classification/guidelines"
import type { GuidelineSection } from "@/classification/guidelines-api"
import type { System } from "@/classification/model"
import { Button } from "../components/button"
import { Icon } from "../components/icons"
import { NoteText, Part } from "../components/part"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { usePanel } from "./panel-context"

const FIRST = 5

interface Props {
  system: System
  code: string
  chapter: string | undefined
  onOpen(code: string): void
  known(code: string): boolean
}

export function CodeGuidelines({ system, code, chapter, ...links }: Props) {
  const panel = usePanel()
  const { book, problem } = useWatched(panel.guidelines.state)
  const [all, setAll] = useState(false)
  useEffect(() => panel.guidelines.want(), [panel])
  const sections = useMemo(
    () =>
      (book && book.system === system ? guidelinesFor(book, code, chapter) : []).filter(
        // Headings have their text in their subsections.
        ({ paragraphs }) => paragraphs.length > 0
      ),
    [book, system, code, chapter]
  )
  if (problem && system === "ICD-10-CM") {
    return (
      <Part title="Official Guidelines">
        <p className="quiet">{problem}</p>
      </Part>
    )
  }
  if (!book || sections.length === 0) return null
  const shown = all ? sections : sections.slice(0, FIRST)
  const more = sections.length - shown.length
  return (
    <Part title={`Official Guidelines ${book.release}`}>
      <ul>
        {shown.map((section) => (
          <li key={section.id}>
            <Section section={section} {...links} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button look="quiet" className="more" onClick={() => setAll(true)}>
          {plural(more, "more section")}
        </Button>
      )}
    </Part>
  )
}

function Section({ section, ...links }: { section: GuidelineSection } & Pick<Props, "onOpen" | "known">) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="more" />
        <span>
          <span className="guideline-id">{section.id}</span> {section.title}
        </span>
      </button>
      {open && (
        <div className="guideline">
          {section.paragraphs.map((paragraph, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: printed paragraphs never change places
            <p key={index}>
              <NoteText text={paragraph} {...links} />
            </p>
          ))}
        </div>
      )}
    </>
  )
}
