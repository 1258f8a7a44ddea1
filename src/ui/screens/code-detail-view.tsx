/** One code with its tabular notes, 7th characters, place in the classification and ways to it. */
import { type ReactNode, useEffect, useRef } from "react"
import type { CodeRef } from "@/classification/model"
import { Button, IconButton } from "../components/button"
import { CodeMarks } from "../components/code-line"
import { Empty } from "../components/notice"
import { codeDetail, type NoteGroup } from "../session/code-detail"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

export function CodeDetailView({ code }: { code: CodeRef }) {
  const panel = usePanel()
  useWatched(panel.lookup.state)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const place = panel.lookup.find(code)
  const back = <IconButton icon="back" label="Back to the results (Esc)" onClick={() => panel.toSearch()} />
  if (!place) {
    return (
      <div className="detail">
        <div className="detail-head">
          {back}
          <h2 ref={heading} tabIndex={-1}>
            {code.code}
          </h2>
        </div>
        <Empty title="Not in the open code sets">
          <p>
            {code.system} {code.code} is not a code of the release that counts for this date.
          </p>
        </Empty>
      </div>
    )
  }
  const detail = codeDetail(place.pack, place.row)
  const open = (next: string) => panel.lookUp({ system: detail.system, code: next })
  return (
    <div className="detail">
      <div className="detail-head">
        {back}
        <h2 ref={heading} tabIndex={-1}>
          <span className="code">{detail.code}</span>
        </h2>
        <CodeMarks system={detail.system} billable={detail.billable} />
        <span className="release">{detail.release}</span>
      </div>
      <p className="detail-title">{detail.title}</p>
      {detail.derivedTitle && (
        <p className="fine-print">
          This source carries no title for this code; it was put together from its parts.
        </p>
      )}
      {(detail.dates.added || detail.dates.ended) && (
        <p className="fine-print">
          {detail.dates.added && `Added ${detail.dates.added}. `}
          {detail.dates.ended && `Not valid after ${detail.dates.ended}.`}
        </p>
      )}
      <div className="card-actions">
        <Button onClick={() => void panel.copy(detail)}>Copy</Button>
        <Button onClick={() => void panel.fillWith(detail)}>Fill</Button>
        {!detail.billable && <span className="quiet">A header: choose one of its codes below.</span>}
      </div>
      <ol className="path">
        {detail.path.map((step) => (
          <li key={step.label}>
            {step.code ? (
              <LinkButton label={step.label} title={step.title} onClick={() => open(step.code ?? "")} />
            ) : (
              <span>
                <span className="code">{step.label}</span> {step.title}
              </span>
            )}
          </li>
        ))}
      </ol>
      {detail.notes.map((group) => (
        <Notes key={group.kind} group={group} onOpen={open} known={(text) => place.pack.find(text) >= 0} />
      ))}
      {detail.seventh.length > 0 && (
        <Part title="7th character">
          <dl className="seventh">
            {detail.seventh.map(({ character, text }) => (
              <div key={character}>
                <dt>{character}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {detail.children.length > 0 && (
        <Part title={`Below ${detail.code}`}>
          <ul className="children">
            {detail.children.map((child) => (
              <li key={child.code}>
                <LinkButton label={child.code} title={child.title} onClick={() => open(child.code)} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {detail.indexPaths.length > 0 && (
        <Part title="Alphabetic Index">
          <ul className="index-paths">
            {detail.indexPaths.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Part>
      )}
      <p className="fine-print">
        {detail.system} {detail.release}, source: {detail.source}
      </p>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function LinkButton({ label, title, onClick }: { label: string; title: string; onClick(): void }) {
  return (
    <button type="button" className="link-line" onClick={onClick}>
      <span className="code">{label}</span> <span>{title}</span>
    </button>
  )
}

interface NotesProps {
  group: NoteGroup
  onOpen(code: string): void
  known(code: string): boolean
}

function Notes({ group, onOpen, known }: NotesProps) {
  return (
    <Part title={group.label}>
      <ul className="notes">
        {group.notes.map((note) => (
          <li key={`${note.from ?? ""} ${note.text}`}>
            <NoteText text={note.text} onOpen={onOpen} known={known} />
            {note.from && <span className="note-from">at {note.from}</span>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** Codes inside a note open; "E11.-" opens the category. Words that only look like a code stay words. */
function NoteText({
  text,
  onOpen,
  known
}: {
  text: string
  onOpen(code: string): void
  known(code: string): boolean
}) {
  const parts = text.split(/\b([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:\.?-)?)(?![0-9A-Z])/)
  return (
    <span>
      {parts.map((part, index) => {
        const code = part.replace(/\.?-$/, "")
        return index % 2 === 1 && known(code) ? (
          // A link, not a button: buttons are boxes, and lines would break before and after them.
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
            key={index}
            href={`#${code}`}
            className="code-link"
            onClick={(event) => {
              event.preventDefault()
              onOpen(code)
            }}
          >
            {part}
          </a>
        ) : (
          part
        )
      })}
    </span>
  )
}
