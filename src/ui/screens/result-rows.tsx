/** The rows below the search field. */
import { memo } from "react"
import type { LookupHit } from "@/classification/pack-api"
import { Button } from "../components/button"
import { CodeMarks } from "../components/code-line"
import { Icon } from "../components/icons"
import { Matched } from "../components/matched"
import type { CodeLineData } from "../session/code-detail"
import type { LookupRow, RowGroup } from "../session/lookup-rows"
import { dayName } from "../session/wording"
import type { How } from "./search-view"

export const rowId = (index: number) => `lookup-row-${index}`

type Act = (row: LookupRow, how: How) => void

interface GroupsProps {
  groups: RowGroup[]
  active: number
  onAct: Act
}

export function ResultGroups({ groups, active, onAct }: GroupsProps) {
  let first = 0
  return groups.map((group) => {
    const from = first
    first += group.rows.length
    return (
      <tbody key={group.title ?? ""}>
        {group.title && (
          <tr className="results-title">
            <th scope="rowgroup" colSpan={2}>
              {group.title}
            </th>
          </tr>
        )}
        {group.rows.map((row, index) => (
          <ResultRow
            key={row.key}
            row={row}
            id={rowId(from + index)}
            active={from + index === active}
            onAct={onAct}
          />
        ))}
      </tbody>
    )
  })
}

interface RowProps {
  row: LookupRow
  id: string
  active: boolean
  onAct: Act
}

/** `onAct` only passes on to the panel: a new one is no reason to draw the row again. */
const ResultRow = memo(
  function ResultRow({ row, id, active, onAct }: RowProps) {
    const copied =
      row.kind === "hit" ? row.hit : row.kind === "child" || row.kind === "own" ? row.line : undefined
    const missing = row.kind === "own" && row.missing
    return (
      <tr id={id} className={`result result-${row.kind}`} aria-selected={active}>
        {copied ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Shift Enter in the search field does the same
          <td className="code-line result-text" onClick={() => onAct(row, "open")}>
            <RowText row={row} />
          </td>
        ) : (
          <td className="result-text" colSpan={2}>
            <button type="button" className="row-button" tabIndex={-1} onClick={() => onAct(row, "open")}>
              <RowText row={row} />
            </button>
          </td>
        )}
        {copied && (
          <td className="result-actions">
            {!missing && (
              <>
                <Button
                  look="quiet"
                  tabIndex={-1}
                  aria-label={`Copy ${copied.code}`}
                  onClick={() => onAct(row, "copy")}
                >
                  Copy
                </Button>
                {!(row.kind === "hit" && row.hit.modifier) && (
                  <Button
                    look="quiet"
                    tabIndex={-1}
                    aria-label={`Accept ${copied.code}`}
                    title="Onto the worksheet (Alt Enter)"
                    onClick={() => onAct(row, "accept")}
                  >
                    Accept
                  </Button>
                )}
              </>
            )}
          </td>
        )}
      </tr>
    )
  },
  (before, after) => before.row === after.row && before.active === after.active && before.id === after.id
)

function RowText({ row }: { row: LookupRow }) {
  switch (row.kind) {
    case "hit":
      return <HitText hit={row.hit} via={row.via} own={row.own} />
    case "child":
      return <LineText line={row.line} />
    case "own":
      return row.missing ? <MissingText line={row.line} /> : <LineText line={row.line} />
    case "term":
      return (
        <>
          <span className="term">{row.text}</span>
          {row.hint && <span className="result-via">{row.hint}</span>}
        </>
      )
    case "place":
      return (
        <>
          <span className="term">{row.label}</span>
          <span className="result-via">{row.hint}</span>
        </>
      )
  }
}

function HitText({ hit, via, own }: { hit: LookupHit; via: string; own: "pin" | "recent" | undefined }) {
  return (
    <>
      <span className="code-line-head">
        <span className="code">{hit.code}</span>
        <CodeMarks system={hit.system} billable={hit.billable && !hit.ended} />
        {hit.ended && <span className="mark mark-header">Ended {dayName(hit.ended)}</span>}
        {own && (
          <span className="mark mark-own">
            <Icon name={own === "pin" ? "pin" : "clock"} />
            {own === "pin" ? "Pinned" : "Used lately"}
          </span>
        )}
      </span>
      <Matched className="code-line-title" text={hit.title} spans={hit.matched} />
      {via !== "" && <span className="result-via">{via}</span>}
      {hit.replaces && <span className="result-via">took the place of {hit.replaces}</span>}
      {hit.headerSince && (
        <span className="result-via">A header since {dayName(hit.headerSince)}: choose one of these.</span>
      )}
    </>
  )
}

function LineText({ line }: { line: CodeLineData }) {
  return (
    <>
      <span className="code-line-head">
        <span className="code">{line.code}</span>
        <CodeMarks system={line.system} billable={line.billable} />
      </span>
      <span className="code-line-title">{line.title}</span>
    </>
  )
}

function MissingText({ line }: { line: CodeLineData }) {
  return (
    <>
      <span className="code-line-head">
        <span className="code">{line.code}</span>
        <span className="mark mark-header">Not in this release</span>
      </span>
      {line.title && <span className="code-line-title">{line.title}</span>}
    </>
  )
}
