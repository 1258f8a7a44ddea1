/** Tab "Chart": what was read, and what is suggested from it. */
import { Button } from "../components/button"
import { Empty, Notice, Skeleton } from "../components/notice"
import type { ChartState } from "../session/chart-state"
import { useWatched } from "../session/state"
import { hostOf } from "../session/wording"
import { NoNotes } from "./empty-findings"
import { FindingsList } from "./findings-list"
import { usePanel } from "./panel-context"

export function ChartScreen() {
  const panel = usePanel()
  const state = useWatched(panel.chart.state)
  return (
    <>
      {state.problem && (
        <Notice tone="warn" alert action={<Button onClick={() => panel.chart.retry()}>Try again</Button>}>
          {state.problem}
        </Notice>
      )}
      <ForeignFrames state={state} />
      {state.leftOut > 0 && (
        <Notice tone="warn">
          This chart is very long: the last {state.leftOut.toLocaleString("en-US")} characters were not read.
        </Notice>
      )}
      <Body state={state} />
    </>
  )
}

function Body({ state }: { state: ChartState }) {
  const panel = usePanel()
  const origin = state.site?.origin ?? ""
  switch (state.phase) {
    case "starting":
    case "reading":
      return state.problem ? null : <Skeleton label="Reading the page" />
    case "impossible":
      return (
        <Empty title="This page cannot be read">
          <p>
            {state.site?.reason ??
              "The browser lets no extension read this page (browser pages, the web store, PDF files)."}
          </p>
          <p>Look-up works here as everywhere.</p>
        </Empty>
      )
    case "not-granted":
      return state.switchedOff ? (
        <SwitchedOff origin={state.switchedOff} onSwitch={() => void allow(panel, state.switchedOff ?? "")} />
      ) : (
        <AskForSite origin={origin} reason={state.site?.reason} />
      )
    case "off":
      return <SwitchedOff origin={origin} onSwitch={() => void panel.chart.turnOn(origin)} />
    case "unreachable":
      return (
        <Empty
          title="The page does not answer"
          action={
            <Button look="main" onClick={() => panel.chart.retry()}>
              Read again
            </Button>
          }
        >
          <p>
            It may still be loading, or it was open before Chartside was updated. Reloading the page helps
            then.
          </p>
        </Empty>
      )
    case "no-notes":
      return <NoNotes />
    case "ready":
      if (!state.findings) return state.problem ? null : <Skeleton label="Looking for codes" />
      return <FindingsList state={state} findings={state.findings} />
  }
}

function SwitchedOff({ origin, onSwitch }: { origin: string; onSwitch(): void }) {
  return (
    <Empty
      title={`Switched off for ${hostOf(origin)}`}
      action={
        <Button look="main" onClick={onSwitch}>
          Switch on
        </Button>
      }
    >
      <p>Nothing of this site is read.</p>
    </Empty>
  )
}

function AskForSite({ origin, reason }: { origin: string; reason: string | undefined }) {
  const panel = usePanel()
  if (origin === "") {
    return (
      <Empty title="This tab is not read">
        <p>{reason ?? "Press the Chartside button in the toolbar while this tab is in front."}</p>
      </Empty>
    )
  }
  return (
    <Empty
      title={`Read ${hostOf(origin)}?`}
      action={
        <Button look="main" onClick={() => void allow(panel, origin)}>
          Read this site
        </Button>
      }
    >
      <p>
        Chartside reads the notes on the pages of this site while this panel is open, and suggests codes. What
        is read stays in memory on this machine.
      </p>
    </Empty>
  )
}

/** Frames of other origins are named and asked for one by one. */
function ForeignFrames({ state }: { state: ChartState }) {
  const panel = usePanel()
  if (state.phase !== "ready" && state.phase !== "no-notes") return null
  return state.foreignFrames.map((origin) => (
    <Notice key={origin} action={<Button onClick={() => void allow(panel, origin)}>Read it too</Button>}>
      Part of this page comes from <strong>{hostOf(origin)}</strong> and is not read.
    </Notice>
  ))
}

async function allow(panel: ReturnType<typeof usePanel>, origin: string): Promise<void> {
  const granted = await panel.chart.allow(origin).catch(() => false)
  if (!granted) panel.announcer.say(`${hostOf(origin)} stays unread: the permission was not given.`, "warn")
}
