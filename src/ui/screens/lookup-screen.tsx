/** Tab "Look-up": the search, or one of the places that are reached from it. */
import type { ReactNode } from "react"
import { Button } from "../components/button"
import { Notice } from "../components/notice"
import type { Place } from "../session/places"
import { placeOf } from "../session/places"
import { useWatched } from "../session/state"
import { ChangesView } from "./changes-view"
import { CodeDetailView } from "./code-detail-view"
import { IndexView } from "./index-view"
import { usePanel } from "./panel-context"
import { PcsView } from "./pcs-view"
import { SearchView } from "./search-view"
import { TabularView } from "./tabular-view"

export function LookupScreen() {
  const panel = usePanel()
  const { phase, problem, notices } = useWatched(panel.lookup.state)
  const { trail } = useWatched(panel.view)
  const place = placeOf(trail)
  return (
    <>
      {phase === "importing" && (
        <Notice>The code sets are being put in place. This takes a moment, once after each update.</Notice>
      )}
      {problem && (
        <Notice
          tone="warn"
          alert
          action={<Button onClick={() => void panel.lookup.retry()}>Try again</Button>}
        >
          {problem}
        </Notice>
      )}
      {shown(place)}
      {phase === "ready" &&
        (place.kind === "search" || place.kind === "code") &&
        notices.map((notice) => (
          <p key={notice} className="fine-print lookup-notice">
            {notice}
          </p>
        ))}
    </>
  )
}

function shown(place: Place): ReactNode {
  switch (place.kind) {
    case "search":
      return <SearchView />
    case "code":
      return <CodeDetailView key={`${place.ref.system} ${place.ref.code}`} code={place.ref} />
    case "tabular":
      return <TabularView key={place.system} system={place.system} at={place.at} />
    case "index":
      return <IndexView key={place.source} source={place.source} at={place.at} />
    case "changes":
      return <ChangesView />
    case "pcs":
      return <PcsView prefix={place.prefix} />
  }
}
