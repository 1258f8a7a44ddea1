/** Code, title, and what can be done with it: stays in sight while the rest scrolls. */
import type { RefObject } from "react"
import { linesOf } from "@/worksheet/sheet"
import { Button, IconButton } from "../components/button"
import { CodeMarks } from "../components/code-line"
import type { CodeDetail, CodeLineData } from "../session/code-detail"
import { useWatched } from "../session/state"
import { HistoryButtons } from "./history-buttons"
import { usePanel } from "./panel-context"

interface Props {
  detail: CodeDetail
  heading: RefObject<HTMLHeadingElement | null>
}

export function CodeHead({ detail, heading }: Props) {
  const panel = usePanel()
  useWatched(panel.own.state)
  const replacing = useWatched(panel.replacing)
  const { history } = useWatched(panel.worksheet.state)
  const accepted = linesOf(history.sheet, detail).length > 0
  const pinned = panel.own.pinned(detail)
  return (
    <>
      <div className="place-head">
        <HistoryButtons />
        <h2 ref={heading} tabIndex={-1} id="code-heading">
          <span className="code">{detail.code}</span>
        </h2>
        <CodeMarks system={detail.system} billable={detail.billable} />
        <IconButton
          icon="pin"
          label={`Pin ${detail.code} (P)`}
          aria-pressed={pinned}
          onClick={() => void panel.own.toggle(detail)}
        />
        <IconButton icon="close" label="To the list (Esc)" onClick={() => panel.leave()} />
      </div>
      <p className="detail-title">{detail.title}</p>
      {detail.derivedTitle && (
        <p className="fine-print">
          This source carries no title for this code; it was put together from its parts.
        </p>
      )}
      <div className="card-actions">
        <Button
          title={
            replacing ? `In the place of ${replacing.code} on the worksheet (A)` : "Onto the worksheet (A)"
          }
          aria-pressed={accepted}
          onClick={() => void panel.acceptLooked(detail)}
        >
          {replacing ? `Replace ${replacing.code}` : "Accept"}
        </Button>
        <Button title="Copy (C)" onClick={() => void panel.copy(detail)}>
          Copy
        </Button>
        <Button title="Fill (F)" onClick={() => void panel.fillWith(detail)}>
          Fill
        </Button>
        <Step label="Previous" line={detail.previous} arrow="←" />
        <Step label="Next" line={detail.next} arrow="→" />
      </div>
      {!detail.billable && <p className="quiet">A header: choose one of its codes below.</p>}
    </>
  )
}

/** One code on or back on the same level; the place is kept when there is none. */
function Step({ label, line, arrow }: { label: string; line: CodeLineData | undefined; arrow: string }) {
  const panel = usePanel()
  return (
    <Button
      look="quiet"
      className="step"
      aria-disabled={!line}
      aria-label={line ? `${label} code: ${line.code} ${line.title}` : `${label} code: none`}
      title={line ? `${line.code} ${line.title} (${arrow})` : undefined}
      onClick={() => line && panel.lookUp(line)}
    >
      {label === "Previous" && <span aria-hidden="true">{arrow} </span>}
      {line?.code ?? "none"}
      {label === "Next" && <span aria-hidden="true"> {arrow}</span>}
    </Button>
  )
}
