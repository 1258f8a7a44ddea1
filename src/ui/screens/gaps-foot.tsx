/** The foot of the Gaps tab: a query text from elsewhere, what is not covered, the coder's own counts. */
import { Button } from "../components/button"
import { isNoisy } from "../session/gaps-board"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { usePanel } from "./panel-context"

export function GapsFoot() {
  const panel = usePanel()
  const { leftOut, foreignFrames, packs, phase } = useWatched(panel.chart.state)
  const { counts } = useWatched(panel.gaps.state)
  const query = useWatched(panel.query.state)
  const { em } = useWatched(panel.settings)
  const noisy = [...counts.values()].filter(isNoisy).length
  const missing = [
    ...(packs && !packs.complete ? ["codes beyond the starter set"] : []),
    ...(leftOut > 0 ? [`${plural(leftOut, "character")} that were not read`] : []),
    ...(foreignFrames.length > 0
      ? [plural(foreignFrames.length, "frame of another site", "frames of other sites")]
      : []),
    "scanned documents, orders and results that are not on the page"
  ]
  return (
    <div className="gaps-foot">
      {!query && (
        <Button look="quiet" onClick={() => panel.query.paste()}>
          Check the text of a query
        </Button>
      )}
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={em}
          aria-checked={em}
          onChange={(event) => panel.change({ em: event.currentTarget.checked })}
        />
        Estimate the E/M level
      </label>
      {phase === "ready" && <p className="fine-print">Not covered: {missing.join("; ")}.</p>}
      {counts.size > 0 && (
        <p className="fine-print">
          {plural(counts.size, "rule")} counted by what you accept and dismiss
          {noisy > 0 ? `, ${noisy} folded by it` : ""}. Only numbers are kept.{" "}
          <Button look="quiet" className="more" onClick={() => void panel.gaps.forgetCounts()}>
            Forget them
          </Button>
        </p>
      )}
      <p className="fine-print">Gaps are questions to verify against the record, never a diagnosis.</p>
    </div>
  )
}
