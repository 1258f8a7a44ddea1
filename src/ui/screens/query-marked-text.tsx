/** A text field in which the words of findings are marked: a plain field over a copy of its text that holds the marks. */
import type { RefObject } from "react"
import type { QueryFinding } from "@/engine/provider-query/types"

interface Props {
  id: string
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  placeholder: string
  findings: readonly QueryFinding[]
  describedBy: string
  onChange(text: string): void
}

export function MarkedText({ id, field, text, placeholder, findings, describedBy, onChange }: Props) {
  return (
    <div className="marked-text">
      <div className="marked-text-below" aria-hidden="true">
        {pieces(text, findings).map(({ from, words, level }) =>
          level === undefined ? (
            words
          ) : (
            <mark key={from} data-level={level}>
              {words}
            </mark>
          )
        )}
        {"\n"}
      </div>
      <textarea
        id={id}
        ref={field}
        value={text}
        placeholder={placeholder}
        aria-describedby={describedBy}
        spellCheck
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

interface TextPiece {
  from: number
  words: string
  level?: QueryFinding["level"]
}

/** The text cut where findings begin and end; where two meet, the graver one counts. */
export function pieces(text: string, findings: readonly QueryFinding[]): TextPiece[] {
  const spans = findings.filter(
    (each) => each.in === "text" && each.end > each.start && each.end <= text.length
  )
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b
  )
  return cuts.slice(0, -1).map((from, n) => {
    const to = cuts[n + 1]!
    const on = spans.filter(({ start, end }) => start <= from && end >= to)
    const level = on.some((each) => each.level === "F") ? "F" : on[0]?.level
    return { from, words: text.slice(from, to), ...(level === undefined ? {} : { level }) }
  })
}
