/** Below the lines: totals, what no check covers, the ways out, and the history of decisions. */
import { useEffect, useState } from "react"
import { COPY_STYLES, type CopyStyle } from "@/worksheet/copy-sheet"
import { allLines } from "@/worksheet/sheet"
import { checksOfSheet, type LineStatus, notCovered, STATUS_WORDS, verdictOf } from "@/worksheet/status"
import { Button } from "../components/button"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import type { WorksheetState } from "../session/worksheet-session"
import { usePanel } from "./panel-context"
import { WorksheetFill } from "./worksheet-fill"

const ORDER: LineStatus[] = ["fail", "warn", "overridden", "not-covered", "unchecked", "pass"]

export function WorksheetFoot({ state }: { state: WorksheetState }) {
  const { sheet } = state.history
  const some = allLines(sheet).length > 0
  return (
    <footer className="worksheet-foot">
      {some && <Totals state={state} />}
      {some && <WaysOut />}
      <WorksheetFill lines={allLines(sheet).length} />
      {some && <RemoteHint />}
      <Decisions state={state} some={some} />
    </footer>
  )
}

function Totals({ state }: { state: WorksheetState }) {
  const panel = usePanel()
  const { packs } = useWatched(panel.chart.state)
  const { sheet } = state.history
  const { totals, allGreen } = verdictOf(sheet, state.checks, packs?.complete === true)
  const open = state.checks ? notCovered(state.checks) : []
  return (
    <>
      {state.checks &&
        checksOfSheet(sheet, state.checks).map(({ id, text, status }) => (
          <p key={id + text} className="sheet-check" data-status={status}>
            <strong>{status === "fail" ? "Fails" : "Verify"}</strong>
            {`: ${text}`}
          </p>
        ))}
      <p className="worksheet-totals" role="status" data-green={allGreen || undefined}>
        {allGreen
          ? `All ${plural(allLines(sheet).length, "line")} pass every check of the classification. Verify against the record.`
          : ORDER.filter((status) => totals[status] > 0)
              .map((status) => `${totals[status]} ${STATUS_WORDS[status]}`)
              .join(" · ")}
        {state.checking && " · checking …"}
      </p>
      {state.checkProblem && <p className="fine-print">{`Not checked: ${state.checkProblem}`}</p>}
      {open.length > 0 && (
        <details className="worksheet-uncovered">
          <summary>{`Not covered: ${[...new Set(open.map(({ id }) => shortName(id)))].join(", ")}`}</summary>
          <ul>
            {open.map(({ id, text, codes }) => (
              <li key={id + text + codes.map(({ code }) => code).join()}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** "edit.ncci" -> "ncci", "conv.release-validity" -> "release validity": a footer line has little room. */
const shortName = (id: string) => (id.split(".").at(-1) ?? id).replaceAll("-", " ")

function WaysOut() {
  const panel = usePanel()
  const { style } = useWatched(panel.copying.state)
  return (
    <div className="worksheet-ways">
      <Button look="main" onClick={() => void panel.copying.all()}>
        Copy all
      </Button>
      <label className="worksheet-style">
        <span className="unseen">Shape of the copy</span>
        <select
          value={style}
          title={COPY_STYLES.find(({ value }) => value === style)?.hint}
          onChange={(event) => panel.copying.choose({ style: event.currentTarget.value as CopyStyle })}
        >
          {COPY_STYLES.map(({ value, label, hint }) => (
            <option key={value} value={value} title={hint}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Button
        aria-keyshortcuts="N"
        title="Each press copies the next code (N)"
        onClick={() => void panel.copying.next()}
      >
        Copy next
      </Button>
    </div>
  )
}

/** Where forms are out of reach (Citrix, remote desktops) the clipboard is the way: one key, one code after the other. */
function RemoteHint() {
  const panel = usePanel()
  const [may, setMay] = useState<boolean>()
  useEffect(() => {
    void panel.copying.mayCopyBehind().then(setMay)
  }, [panel])
  return (
    <details className="worksheet-uncovered">
      <summary>Copying into a remote desktop</summary>
      <p>
        The key “Copy the next code” (<kbd>Alt</kbd> <kbd>Shift</kbd> <kbd>N</kbd> unless you changed it)
        copies one code after the other and names it. In the browser’s list of keys (type{" "}
        <strong>chrome://extensions/shortcuts</strong> into the address bar) it can be made global, so that it
        works while the remote desktop is in front and this panel is open.
      </p>
      {may === false && (
        <Button onClick={() => void panel.copying.askToCopyBehind().then(setMay)}>
          Allow copying while another program is in front
        </Button>
      )}
      {may && <p>Copying while another program is in front is allowed.</p>}
    </details>
  )
}

function Decisions({ state, some }: { state: WorksheetState; some: boolean }) {
  const panel = usePanel()
  const [sure, setSure] = useState(false)
  const { done, undone } = state.history
  if (!some && done.length === 0 && undone.length === 0) return null
  return (
    <div className="worksheet-ways">
      <Button
        look="quiet"
        disabled={done.length === 0}
        title={done.length > 0 ? `Undo: ${done.at(-1)?.name} (Ctrl Z)` : undefined}
        onClick={() => void panel.worksheet.undo()}
      >
        Undo
      </Button>
      <Button
        look="quiet"
        disabled={undone.length === 0}
        title={undone.length > 0 ? `Do again: ${undone.at(-1)?.name} (Ctrl Shift Z)` : undefined}
        onClick={() => void panel.worksheet.redo()}
      >
        Do again
      </Button>
      <Button
        look="quiet"
        title="The history of decisions as a file that can be verified"
        onClick={() => void panel.worksheet.exportReceipts()}
      >
        Export receipts
      </Button>
      {sure ? (
        <>
          <span>Remove for good?</span>
          <Button
            onClick={() => {
              setSure(false)
              void panel.worksheet.remove()
            }}
          >
            Remove
          </Button>
          <Button look="quiet" onClick={() => setSure(false)}>
            Keep
          </Button>
        </>
      ) : (
        <Button look="quiet" onClick={() => setSure(true)}>
          Remove worksheet
        </Button>
      )}
    </div>
  )
}
