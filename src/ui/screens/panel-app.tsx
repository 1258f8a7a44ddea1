/** The side panel: header, tabs, the screens, the foot, and the keys that work everywhere. */
import { useEffect, useRef, useState } from "react"
import { allLines } from "@/worksheet/sheet"
import { Button } from "../components/button"
import { Icon } from "../components/icons"
import { ShortcutsSheet } from "../components/shortcuts-sheet"
import { StatusFoot } from "../components/status-foot"
import { TabBar, tabId, tabPanelId } from "../components/tab-bar"
import type { PanelServices } from "../services"
import { readLine } from "../session/chart-state"
import { openGaps } from "../session/gaps-board"
import { PANEL_TABS, PanelModel, type PanelTab } from "../session/panel-model"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { ChartScreen } from "./chart-screen"
import { GapsScreen } from "./gaps-screen"
import { LookupScreen } from "./lookup-screen"
import { PanelProvider } from "./panel-context"
import { PanelHeader } from "./panel-header"
import { WorksheetScreen } from "./worksheet-screen"

/** Makes the model once, and stops it when the panel closes. */
export function PanelApp({ services }: { services: PanelServices }) {
  const [model, setModel] = useState<PanelModel>()
  useEffect(() => {
    const fresh = new PanelModel(services)
    setModel(fresh)
    void fresh.start()
    return () => fresh.stop()
  }, [services])
  return model ? (
    <PanelProvider value={model}>
      <div className="panel-frame">
        <Panel model={model} services={services} />
      </div>
    </PanelProvider>
  ) : null
}

function Panel({ model, services }: { model: PanelModel; services: PanelServices }) {
  const view = useWatched(model.view)
  const { findings, phase, epoch, working, documents } = useWatched(model.chart.state)
  const gapState = useWatched(model.gaps.state)
  const { history } = useWatched(model.worksheet.state)
  const { shape } = useWatched(model.copying.state)
  const [sheet, setSheet] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  usePanelKeys(model, () => setSheet(true))
  useLookForField(model)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chart starts at the top
  useEffect(() => {
    scroller.current?.scrollTo?.(0, 0)
  }, [epoch])

  const count = phase === "ready" ? findings?.suggestions.length : undefined
  const lineCount = allLines(history.sheet).length
  const gapCount = gapState.gaps && openGaps(gapState.gaps, gapState, gapState.counts)
  const panelOf = (tab: PanelTab) => ({
    id: tabPanelId(tab),
    role: "tabpanel",
    "aria-labelledby": tabId(tab),
    hidden: view.tab !== tab
  })
  return (
    <div className="panel">
      <PanelHeader onShortcuts={() => setSheet(true)} onOptions={() => services.openOptions()} />
      <main className="panel-main">
        <TabBar
          label="Views"
          tabs={[
            { id: "chart", label: "Chart", ...(count === undefined ? {} : { count }) },
            { id: "gaps", label: "Gaps", ...(gapCount ? { count: gapCount } : {}) },
            { id: "lookup", label: "Look-up" },
            { id: "worksheet", label: "Worksheet", ...(lineCount ? { count: lineCount } : {}) }
          ]}
          current={view.tab}
          onChange={(tab, by) => model.showTab(tab, by === "pointer")}
        >
          <News model={model} working={phase === "ready" && working} />
        </TabBar>
        <div className="panel-body" ref={scroller}>
          <div {...panelOf("chart")}>
            <ChartScreen />
          </div>
          <div {...panelOf("gaps")}>{view.tab === "gaps" && <GapsScreen />}</div>
          <div {...panelOf("lookup")}>{view.tab === "lookup" && <LookupScreen />}</div>
          <div {...panelOf("worksheet")}>{view.tab === "worksheet" && <WorksheetScreen />}</div>
        </div>
      </main>
      <StatusFoot
        announcer={model.announcer}
        fill={model.fill}
        dot={shape === "dot"}
        onDot={(dot) => model.change({ dot })}
        idle={phase === "ready" ? `Read: ${readLine(documents)}` : "Press ? for the keys"}
      />
      <ShortcutsSheet open={sheet} onClose={() => setSheet(false)} />
    </div>
  )
}

/** Beside the tabs, where nothing has to move for it: changes that wait, and work under way. */
function News({ model, working }: { model: PanelModel; working: boolean }) {
  const { waiting, show } = useWatched(model.held)
  const words = `${plural(waiting, "change")}: show`
  return (
    <span className="tab-bar-news" aria-live="polite">
      {waiting > 0 ? (
        <Button look="quiet" aria-label={words} title={words} onClick={show}>
          <span className="news-words">{words}</span>
          <span className="news-short" aria-hidden="true">
            <Icon name="again" /> {waiting}
          </span>
        </Button>
      ) : (
        working && (
          <>
            <span className="news-words">looking </span>…
          </>
        )
      )}
    </span>
  )
}

/** "/", "?" and Escape. Letters stay letters inside of fields. */
function usePanelKeys(model: PanelModel, openSheet: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey) {
        if (undone(model, event, target)) event.preventDefault()
        return
      }
      if (event.altKey) {
        const step = { ArrowLeft: () => model.back(), ArrowRight: () => model.forward() }[event.key]
        if (!step || model.view.get().tab !== "lookup") return
        step()
        event.preventDefault()
        return
      }
      if (event.key === "Escape") {
        if (model.fill.state.get().picking) model.fill.cancelPick()
        else if (model.view.get().tab === "lookup") model.leave()
        return
      }
      const typing = target.closest("input:not([type=radio]), textarea, select, [contenteditable]")
      if (typing || !model.settings.get().letterKeys) return
      const tab = PANEL_TABS[Number(event.key) - 1]
      if (tab) {
        model.showTab(tab, false)
        document.getElementById(tabId(tab))?.focus()
      } else if (event.key === "/") model.toSearch()
      else if (event.key === "?") openSheet()
      else if (event.key === "b") model.toTabular()
      else return
      event.preventDefault()
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [model, openSheet])
}

/** Ctrl Z takes back the last decision, on any tab; in a field it belongs to the field. */
function undone(model: PanelModel, event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.altKey || target.closest("input:not([type=radio]), textarea, dialog")) return false
  const key = event.key.toLowerCase()
  if (key === "z") void (event.shiftKey ? model.worksheet.redo() : model.worksheet.undo())
  else if (key === "y") void model.worksheet.redo()
  else return false
  return true
}

/** When the coder turns to the panel, the field that had the focus in the page becomes the fill target. */
function useLookForField(model: PanelModel): void {
  useEffect(() => {
    const look = () => {
      const { phase } = model.chart.state.get()
      if (phase === "ready" || phase === "no-notes" || phase === "unreachable") void model.fill.look()
    }
    window.addEventListener("focus", look)
    document.addEventListener("pointerenter", look)
    return () => {
      window.removeEventListener("focus", look)
      document.removeEventListener("pointerenter", look)
    }
  }, [model])
}
