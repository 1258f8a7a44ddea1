/** One line: place, code, title, status; below it what the checks say, and on demand its fields. */
import { useId, useState } from "react"
import type { CodeSupport } from "@/engine/support/types"
import type { Check, Setting } from "@/engine/types"
import { discardedUnits } from "@/worksheet/claim-rows"
import {
  codeKey,
  letterAt,
  lettersOf,
  linesOf,
  OVERRIDE_REASONS,
  type OverrideReason,
  type ProcedureLine,
  type Sheet,
  type SheetLine
} from "@/worksheet/sheet"
import { checksOf, type LineCheck, type LineStatus, STATUS_WORDS, statusOf } from "@/worksheet/status"
import { Button, IconButton } from "../components/button"
import { ReasonPicker } from "../components/reason-picker"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"
import { WorksheetFields } from "./worksheet-fields"
import type { Drag } from "./worksheet-screen"

/** What the field calls the first diagnosis: principal on an inpatient facility claim (II), else first-listed (IV.A). */
const FIRST: Record<Setting, string> = {
  outpatient: "First-listed",
  professional: "First-listed",
  inpatient: "Principal"
}

interface Props {
  sheet: Sheet
  line: SheetLine
  /** Place in its list, from 0. */
  at: number
  count: number
  current: boolean
  open: boolean
  /** What is shown below the line; may wait while the pointer is in the list. */
  checks: readonly Check[] | undefined
  /** What is known now: the dot always tells it. */
  fresh: readonly Check[] | undefined
  checking: boolean
  support: readonly CodeSupport[] | undefined
  drag: Drag
  onCurrent(): void
  onOpen(open: boolean): void
  onRemove(): void
}

export function WorksheetLine(props: Props) {
  const { sheet, line, at, count, current, open, checks, fresh, checking, drag } = props
  const panel = usePanel()
  const { setting } = useWatched(panel.chart.state)
  const titleId = useId()
  const statusId = useId()
  const tabIndex = current ? 0 : -1
  const place = line.kind === "diagnosis" ? (letterAt(at) ?? String(at + 1)) : String(at + 1)
  const status = statusOf(sheet, line, fresh)
  const results = checks ? checksOf(sheet, line, checks) : []
  const grade = props.support?.find((each) => codeKey(each) === codeKey(line))
  return (
    <li
      className="sheet-line"
      data-line={line.id}
      data-over={drag.over === line.id && drag.id !== line.id ? "" : undefined}
      data-dragged={drag.id === line.id ? "" : undefined}
      tabIndex={tabIndex}
      aria-labelledby={titleId}
      aria-describedby={statusId}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Enter C R Delete"
      onFocus={props.onCurrent}
      // Text in the fields of an open line is selected with the pointer, not dragged.
      draggable={!open}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move"
        // Nothing that could be dropped anywhere else: the code of a patient stays in the panel.
        event.dataTransfer.setData("application/x-chartside-line", "")
        drag.start(line.id)
      }}
      onDragOver={(event) => {
        if (drag.id === undefined) return
        event.preventDefault()
        if (drag.over !== line.id) drag.enter(line.id)
      }}
      onDrop={(event) => {
        event.preventDefault()
        drag.drop(line.id)
      }}
      onDragEnd={drag.end}
    >
      <div className="sheet-line-head">
        <span className="sheet-place" aria-hidden="true">
          {place}
        </span>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the line does the same */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
        <div className="sheet-what" id={titleId} onClick={() => props.onOpen(!open)}>
          <span className="unseen">{`${line.kind === "diagnosis" && letterAt(at) ? "" : "Line "}${place}: `}</span>
          <span className="code">{line.code}</span>
          {line.system === "CPT" && <span className="mark">CPT, typed</span>}
          {!line.billable && <span className="mark mark-header">Header</span>}
          {line.kind === "diagnosis" && at === 0 && <span className="mark mark-first">{FIRST[setting]}</span>}
          <LineMarks sheet={sheet} line={line} />
          {line.title !== "" && <div className="sheet-title">{line.title}</div>}
        </div>
        <StatusDot id={statusId} status={status} checking={checking} />
        <IconButton
          icon="more"
          label={`${open ? "Close" : "Open"} the fields of ${line.code}`}
          aria-expanded={open}
          tabIndex={tabIndex}
          onClick={() => props.onOpen(!open)}
        />
      </div>
      {results.map((result) => (
        <CheckLine key={result.key} sheet={sheet} line={line} result={result} tabIndex={tabIndex} />
      ))}
      {grade && <Grade grade={grade} tabIndex={tabIndex} onRemove={props.onRemove} line={line} />}
      {open && (
        <div className="sheet-open">
          <WorksheetFields sheet={sheet} line={line} />
          <div className="card-actions">
            <Button onClick={() => void panel.copying.line(line.id)}>Copy</Button>
            <Button onClick={() => void panel.fillWith(line)}>Fill</Button>
            <Button disabled={at === 0} onClick={() => void panel.desk.moveBy(line.id, -1)}>
              Up
            </Button>
            <Button disabled={at === count - 1} onClick={() => void panel.desk.moveBy(line.id, 1)}>
              Down
            </Button>
            {line.title !== "" && (
              <>
                <Button look="quiet" onClick={() => panel.chooseInstead(line)}>
                  Replace
                </Button>
                <Button look="quiet" onClick={() => panel.lookUp(line)}>
                  Look up
                </Button>
              </>
            )}
            <Button look="quiet" onClick={props.onRemove}>
              Remove
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}

/** What stands on the claim beside the code, in one glance. */
function LineMarks({ sheet, line }: { sheet: Sheet; line: SheetLine }) {
  if (line.kind === "diagnosis") return line.poa ? <span className="mark">POA {line.poa}</span> : null
  const letters = lettersOf(sheet, line)
  const discarded = discardedUnits(line)
  return (
    <>
      {line.modifiers.length > 0 && <span className="mark">{line.modifiers.join(" ")}</span>}
      {line.units !== undefined && <span className="mark">{`× ${line.units}`}</span>}
      {discarded > 0 && <span className="mark">{`and JW × ${discarded}`}</span>}
      {letters.length > 0 && (
        <span className="mark" title="Points to these diagnoses">
          <span aria-hidden="true">→ </span>
          <span className="unseen">points to </span>
          {letters.join(" ")}
        </span>
      )}
      <BeyondL sheet={sheet} line={line} />
    </>
  )
}

function BeyondL({ sheet, line }: { sheet: Sheet; line: ProcedureLine }) {
  const beyond = line.pointers.length - lettersOf(sheet, line).length
  return beyond > 0 ? <span className="mark mark-header">{`${beyond} beyond L`}</span> : null
}

function StatusDot({ id, status, checking }: { id: string; status: LineStatus; checking: boolean }) {
  return (
    <span className="sheet-status" id={id} data-status={status} data-checking={checking || undefined}>
      <span className="dot" aria-hidden="true" />
      {STATUS_WORDS[status]}
    </span>
  )
}

interface CheckProps {
  sheet: Sheet
  line: SheetLine
  result: LineCheck
  tabIndex: number
}

function CheckLine({ sheet, line, result, tabIndex }: CheckProps) {
  const panel = usePanel()
  const [asking, setAsking] = useState(false)
  const { check, key, overridden } = result
  const reason = line.overrides.find((override) => override.check === key)?.reason
  return (
    <div className="sheet-check" data-status={overridden ? "overridden" : check.status}>
      <p>
        <strong>{overridden ? "Overridden" : check.status === "fail" ? "Fails" : "Verify"}</strong>
        {`: ${check.text}`}
      </p>
      {check.quote && (
        <p className="quiet">
          <q>{check.quote}</q>
        </p>
      )}
      <p className="sheet-source">
        <span>{check.source}</span>
        {reason !== undefined && <span>{OVERRIDE_REASONS[reason]}</span>}
        {!overridden && <MissingCodes sheet={sheet} check={check} tabIndex={tabIndex} />}
        {overridden ? (
          <Button
            look="quiet"
            tabIndex={tabIndex}
            onClick={() => void panel.desk.override(line, check, undefined)}
          >
            Take back
          </Button>
        ) : (
          <Button
            look="quiet"
            tabIndex={tabIndex}
            aria-expanded={asking}
            title={check.exception}
            onClick={() => setAsking(!asking)}
          >
            Override
          </Button>
        )}
      </p>
      {asking && (
        <ReasonPicker
          label={
            check.exception ? `${check.exception} Why does it hold here?` : "Why is it right as it stands?"
          }
          reasons={OVERRIDE_REASONS}
          onPick={(picked: OverrideReason) => {
            setAsking(false)
            void panel.desk.override(line, check, picked)
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </div>
  )
}

/** Codes that a check asks for ("use additional code") and that are not listed: one press away. */
function MissingCodes({ sheet, check, tabIndex }: { sheet: Sheet; check: Check; tabIndex: number }) {
  const panel = usePanel()
  return check.codes
    .filter((ref) => linesOf(sheet, ref).length === 0)
    .map((ref) => (
      <Button
        key={codeKey(ref)}
        look="quiet"
        tabIndex={tabIndex}
        onClick={() => void panel.desk.acceptRef(ref, [check.id])}
      >
        {`Add ${ref.code}`}
      </Button>
    ))
}

/** How the chart supports the code; silent where it does. "Remove" stands as plainly as "add" does elsewhere. */
function Grade({
  grade,
  line,
  tabIndex,
  onRemove
}: {
  grade: CodeSupport
  line: SheetLine
  tabIndex: number
  onRemove(): void
}) {
  const panel = usePanel()
  const { action, text, instead } = grade
  if (action === "keep" || action === "add") return null
  return (
    <div className="sheet-check" data-status="support">
      <p>
        <strong>Chart</strong>
        {`: ${text}`}
      </p>
      <p className="sheet-source">
        {instead && (
          <Button
            look="quiet"
            tabIndex={tabIndex}
            title={instead.title}
            onClick={() => void panel.desk.replace(line.id, { ...instead, billable: true })}
          >
            {`Replace by ${instead.code}`}
          </Button>
        )}
        {action === "remove" && (
          <Button look="quiet" tabIndex={tabIndex} onClick={onRemove}>
            Remove
          </Button>
        )}
      </p>
    </div>
  )
}
