/** Tab "Gaps": what the documentation lacks, and where it was looked for. */
import { Empty } from "../components/notice"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

export function GapsScreen() {
  const panel = usePanel()
  const { gaps } = useWatched(panel.gaps.state)
  if (gaps === undefined)
    return (
      <Empty title="No chart is read">
        <p>Open a note in the chart. What its documentation lacks will stand here.</p>
      </Empty>
    )
  return (
    <Empty title="No gap found">
      <p>
        Nothing that the documentation rules of this version look for is missing in what was read. Details
        that the classification itself asks for stand as choices on the cards of the Chart tab.
      </p>
    </Empty>
  )
}
