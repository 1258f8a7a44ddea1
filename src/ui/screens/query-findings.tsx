/** What a reviewer for compliance would say of a query, with the reason and the way to the words. */
import type { QueryFinding } from "@/engine/provider-query/types"
import { Icon } from "../components/icons"

interface Props {
  findings: readonly QueryFinding[]
  empty: boolean
  reading: boolean
  onShow(finding: QueryFinding): void
}

const NAMES = { F: "Not so", W: "Think again" } as const

export function QueryFindings({ findings, empty, reading, onShow }: Props) {
  if (empty) return null
  if (findings.length === 0) {
    return (
      <p className="query-clean" aria-live="polite">
        {reading ? "Reading …" : "Nothing to object to was seen. Whether it is right, you decide."}
      </p>
    )
  }
  const ordered = [...findings].sort((a, b) => (a.level === b.level ? 0 : a.level === "F" ? -1 : 1))
  return (
    <ul className="query-findings" aria-label="What is wrong with the text">
      {ordered.map((finding) => (
        <li key={`${finding.id} ${finding.in} ${finding.start} ${finding.end}`} data-level={finding.level}>
          <Icon name={finding.level === "F" ? "warn" : "info"} />
          <span>
            <strong>{NAMES[finding.level]}:</strong> {finding.text} <span className="rule">{finding.id}</span>
            {finding.end > finding.start && (
              <button type="button" className="button button-quiet more" onClick={() => onShow(finding)}>
                Show the words{finding.in === "title" ? " in the subject" : ""}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
