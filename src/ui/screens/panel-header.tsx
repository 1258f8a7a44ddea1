/** Always visible: which site, which setting, which date and release, and what is not complete. */
import { useState } from "react"
import { Button, IconButton } from "../components/button"
import { Choice } from "../components/choice"
import { DateField } from "../components/date-field"
import { Notice } from "../components/notice"
import type { ChartState } from "../session/chart-state"
import { releaseInUse } from "../session/panel-model"
import { useWatched } from "../session/state"
import { hostOf, plural, SETTINGS } from "../session/wording"
import { usePanel } from "./panel-context"

export function PanelHeader({ onShortcuts, onOptions }: { onShortcuts(): void; onOptions(): void }) {
  const panel = usePanel()
  const state = useWatched(panel.chart.state)
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  return (
    <header className="panel-header">
      <h1 className="unseen">Chartside</h1>
      <div className="site-row">
        <SiteLine state={state} />
        <IconButton icon="again" label="Read the page again" onClick={() => panel.chart.retry()} />
        <IconButton icon="keyboard" label="Keys (?)" onClick={onShortcuts} />
        <IconButton icon="options" label="Options" onClick={onOptions} />
      </div>
      <Choice
        legend="Setting"
        value={state.setting}
        options={SETTINGS}
        onChange={(setting) => panel.setSetting(setting)}
      />
      <DateRow state={state} />
      <SettingHint state={state} />
      {state.packs && !state.packs.complete && (
        <p className="incomplete" role="note">
          {capital(state.packs.sentence)}
        </p>
      )}
      {state.packs?.notices
        .filter((notice) => !read.has(notice))
        .map((notice) => (
          <Notice
            key={notice}
            action={<Button onClick={() => setRead(new Set(read).add(notice))}>Got it</Button>}
          >
            {notice}
          </Notice>
        ))}
    </header>
  )
}

function SiteLine({ state }: { state: ChartState }) {
  const host = state.site?.origin ? hostOf(state.site.origin) : ""
  const live = state.documents.filter((document) => document.live).length
  const kept = state.documents.length - live
  const reading = state.phase === "ready" || state.phase === "no-notes" || state.phase === "reading"
  const what =
    state.phase === "ready"
      ? kept > 0
        ? `${live} read, ${kept} kept from before`
        : `${plural(live, "text")} read`
      : state.phase === "reading"
        ? "reading …"
        : state.phase === "no-notes"
          ? "no notes"
          : "not read"
  return (
    <div className="site-line" data-on={reading || undefined}>
      <span className="site-dot" aria-hidden="true" />
      <span className="site-host">{host || "No site"}</span>
      <span className="site-what">{what}</span>
    </div>
  )
}

function DateRow({ state }: { state: ChartState }) {
  const panel = usePanel()
  const { typedDate, pickedDate, setting } = state
  const release = releaseInUse(state)
  const where = typedDate
    ? "typed by you"
    : pickedDate
      ? `from “${pickedDate.from}”`
      : state.phase === "ready"
        ? "not found in the note: newest release"
        : "no date yet: newest release"
  return (
    <div className="date-row">
      <DateField
        label={setting === "inpatient" ? "Discharge" : "Service date"}
        value={typedDate ?? pickedDate?.date ?? ""}
        onChange={(date) => panel.chart.setDate(date)}
        describedBy="date-from"
      />
      {release && (
        <span className="release" title={release.notice ?? `In force from ${release.release.effective.from}`}>
          {release.release.release}
          {release.fit !== "exact" && release.fit !== "no-date" && " (nearest)"}
        </span>
      )}
      <span className="date-from" id="date-from">
        {where}
        {typedDate && (
          <Button look="quiet" onClick={() => panel.chart.setDate("")}>
            Use the note’s
          </Button>
        )}
      </span>
    </div>
  )
}

function SettingHint({ state }: { state: ChartState }) {
  const panel = usePanel()
  if (state.phase !== "ready" || state.settingHint !== "inpatient" || state.setting !== "outpatient")
    return null
  return (
    <Notice action={<Button onClick={() => panel.setSetting("inpatient")}>Switch to inpatient</Button>}>
      This page looks like an inpatient record. The setting is still outpatient.
    </Notice>
  )
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
