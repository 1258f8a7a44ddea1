/** A text with the words that a search accounts for set off by weight. */

interface Props {
  className?: string
  text: string
  /** UTF-16 spans, ascending, never overlapping; anything else in them is left out. */
  spans: { start: number; end: number }[] | undefined
}

export function Matched({ className, text, spans = [] }: Props) {
  const parts: { text: string; at: number; matched: boolean }[] = []
  let from = 0
  for (const { start, end } of spans) {
    if (start < from || end <= start || end > text.length) continue
    if (start > from) parts.push({ text: text.slice(from, start), at: from, matched: false })
    parts.push({ text: text.slice(start, end), at: start, matched: true })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from), at: from, matched: false })
  return (
    <span className={className}>
      {parts.map((part) =>
        part.matched ? (
          <mark key={part.at} className="matched">
            {part.text}
          </mark>
        ) : (
          part.text
        )
      )}
    </span>
  )
}
