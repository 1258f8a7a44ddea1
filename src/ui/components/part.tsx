/** A titled part of a screen, and the lines in it that lead somewhere. */
import type { ReactNode } from "react"
import { noteParts } from "../session/note-links"

export function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

export function LinkLine({ label, title, onClick }: { label: string; title: string; onClick(): void }) {
  return (
    <button type="button" className="link-line" onClick={onClick}>
      <span className="code">{label}</span> <span>{title}</span>
    </button>
  )
}

interface TextLinkProps {
  children: ReactNode
  onClick(): void
  tabIndex?: number
  label?: string
}

/** A link, not a button, inside of running text: buttons are boxes, and lines would break around them. */
export function TextLink({ children, onClick, tabIndex, label }: TextLinkProps) {
  return (
    // biome-ignore lint/a11y/useValidAnchor: a link inside of the panel, which has no addresses
    <a
      href="#open"
      className="code-link"
      tabIndex={tabIndex}
      aria-label={label}
      onClick={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onClick()
      }}
    >
      {children}
    </a>
  )
}

interface NoteTextProps {
  text: string
  onOpen(code: string): void
  known(code: string): boolean
}

/** Codes inside a note open. */
export function NoteText({ text, onOpen, known }: NoteTextProps) {
  return (
    <span>
      {noteParts(text, known).map(({ text: part, code }, index) =>
        code === undefined ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
          <TextLink key={index} onClick={() => onOpen(code)}>
            {part}
          </TextLink>
        )
      )}
    </span>
  )
}
