/** Back and forward through the places of the look-up; always there, so that nothing beside them moves. */
import { IconButton } from "../components/button"
import { canGoBack, canGoForward } from "../session/places"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

export function HistoryButtons() {
  const panel = usePanel()
  const { trail } = useWatched(panel.view)
  return (
    <span className="history">
      <IconButton
        icon="back"
        label="Back (Alt ←)"
        aria-disabled={!canGoBack(trail)}
        onClick={() => panel.back()}
      />
      <IconButton
        icon="forward"
        label="Forward (Alt →)"
        aria-disabled={!canGoForward(trail)}
        onClick={() => panel.forward()}
      />
    </span>
  )
}
