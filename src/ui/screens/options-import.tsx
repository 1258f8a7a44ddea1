/** Drop zone, progress and question of an import, on the options page. */
import { type DragEvent, useEffect, useId, useRef, useState } from "react"
import { editsName } from "@/classification/edits/types"
import type { CompiledEdits, ImportProgress } from "@/classification/import/compiled-set"
import type { PackInfo } from "@/classification/pack-api"
import { Button } from "../components/button"
import { Notice } from "../components/notice"
import type { ImportSession, ImportState } from "../session/import-session"
import { useWatched } from "../session/state"
import { sourceName } from "../session/wording"

/** "NCCI PTP edits for practitioners 2026-01" */
const editsOf = (edits: readonly CompiledEdits[] = []) =>
  edits.map(({ facts }) => `${editsName(facts)} ${facts.release}`)

const nameOf = ({ system, release }: PackInfo) => `${system} ${release}`

export function ImportSection({ session }: { session: ImportSession }) {
  const state = useWatched(session.state)
  const [cptLicence, setLicence] = useState(false)
  const [cptYear, setYear] = useState(() => String(new Date().getFullYear()))
  const started = useRef(false)
  const busy = state.phase === "working" || state.phase === "storing" || state.phase === "ready"
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button that had the focus goes with its phase
  useEffect(() => {
    const was = started.current
    started.current = true
    if (!was || document.activeElement !== document.body) return
    place.current
      ?.querySelector<HTMLElement>("[data-action=cancel-import], [data-action=choose-files]")
      ?.focus()
  }, [state.phase])
  const take = (files: File[]) => void session.start(files, { cptLicence, cptYear: cptYear.trim() })
  useEffect(() => {
    // A file dropped beside the zone would be opened by the browser in place of this page.
    const keep = (event: Event) => event.preventDefault()
    window.addEventListener("dragover", keep)
    window.addEventListener("drop", keep)
    return () => {
      window.removeEventListener("dragover", keep)
      window.removeEventListener("drop", keep)
    }
  }, [])
  return (
    <div className="import" ref={place}>
      <h3>Add or replace a code set</h3>
      {!busy && <DropZone onFiles={take} />}
      {!busy && <CptLicence given={cptLicence} onGiven={setLicence} year={cptYear} onYear={setYear} />}
      <div aria-live="polite" className="import-state">
        <StateOf state={state} session={session} />
      </div>
    </div>
  )
}

interface LicenceProps {
  given: boolean
  onGiven: (given: boolean) => void
  year: string
  onYear: (year: string) => void
}

function CptLicence({ given, onGiven, year, onYear }: LicenceProps) {
  return (
    <div className="import-licence">
      <label className="switch">
        <input type="checkbox" checked={given} onChange={(event) => onGiven(event.currentTarget.checked)} />
        <span>
          <strong>CPT licence.</strong> Needed only for CPT files: I have my own licence of the American
          Medical Association for them. They stay on this machine and are never exported or put into a feed.
        </span>
      </label>
      {given && (
        <label className="import-year">
          Year of the CPT files
          <input
            type="text"
            inputMode="numeric"
            size={4}
            maxLength={4}
            value={year}
            onChange={(event) => onYear(event.currentTarget.value)}
          />
        </label>
      )}
    </div>
  )
}

function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const label = useId()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the button inside does the same
    <div
      className={`drop-zone ${over ? "drop-zone-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p id={label}>
        Drop the official files here, zipped or plain, all that belong together at once: for ICD-10-CM the
        order file and the Tabular List and Index XML.
      </p>
      <Button data-action="choose-files" aria-describedby={label} onClick={() => input.current?.click()}>
        Choose files …
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files of a code set"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same files may be chosen again after an error.
          event.currentTarget.value = ""
          onFiles(files)
        }}
      />
      <p className="fine-print">
        ICD-10-CM, ICD-10-PCS, HCPCS Level II and your own CPT files as published, the NCCI and MUE files of
        CMS, or a pack exported from Chartside. They are read on this machine; nothing is sent.
      </p>
    </div>
  )
}

function StateOf({ state, session }: { state: ImportState; session: ImportSession }) {
  switch (state.phase) {
    case "idle":
      return null
    case "working":
      return <Working progress={state.progress} onCancel={() => session.cancel()} />
    case "ready":
      return <Ready state={state} session={session} />
    case "storing":
      return (
        <p role="status">
          Installing {[...state.sets.map(({ info }) => nameOf(info)), ...editsOf(state.edits)].join(", ")} …
        </p>
      )
    case "done":
      return <Done state={state} />
    case "cancelled":
      return <Notice>Cancelled. The installed code sets are as they were.</Notice>
    case "failed":
      return (
        <Notice tone="warn" alert>
          {state.sentence} <span>The installed code sets are as they were.</span>
        </Notice>
      )
  }
}

function Working({ progress, onCancel }: { progress: ImportProgress | undefined; onCancel: () => void }) {
  const label = progress ? `${progress.label} …` : "Starting …"
  return (
    <div className="import-work">
      <div className="import-line">
        <span className="grow">
          {label}
          {progress && (
            <span className="quiet">
              {" "}
              step {progress.step} of {progress.steps}
            </span>
          )}
        </span>
        <Button data-action="cancel-import" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <progress
        aria-label="Import"
        max={progress?.steps ?? 1}
        value={progress ? progress.step - 1 : undefined}
      />
      {progress && progress.done.length > 0 && (
        <ul className="import-done fine-print">
          {progress.done.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Ready({
  state,
  session
}: {
  state: Extract<ImportState, { phase: "ready" }>
  session: ImportSession
}) {
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  return (
    <div className="import-ask">
      <p>
        <strong>
          Replace {state.replaced.map(nameOf).join(" and ")}, which{" "}
          {state.replaced.length === 1 ? "is" : "are"} installed?
        </strong>
      </p>
      <Sets sets={state.sets} replaced={state.replaced} />
      <Unused files={state.unused} />
      <div className="import-line">
        <button
          ref={yes}
          type="button"
          className="button button-main"
          data-action="install"
          onClick={() => void session.install()}
        >
          Replace
        </button>
        <Button data-action="discard" onClick={() => session.cancel()}>
          Keep what is installed
        </Button>
      </div>
    </div>
  )
}

type Sets = Extract<ImportState, { phase: "ready" }>["sets"]

function Sets({ sets, replaced }: { sets: Sets; replaced: PackInfo[] }) {
  return (
    <ul className="rows">
      {sets.map(({ info, files, missing }) => {
        const old = replaced.find(({ id }) => id === info.id)
        return (
          <li key={info.id}>
            <div className="grow">
              <strong>{nameOf(info)}</strong>
              <div className="pack-facts">
                <span>
                  {info.effective.from} to {info.effective.to ?? "further notice"}
                </span>
                <span>{info.codes.toLocaleString("en-US")} codes</span>
                {old && (
                  <span>
                    now {old.codes.toLocaleString("en-US")} codes, source: {sourceName(old.source)}
                  </span>
                )}
                <span>from {files.map((file) => file.split("/").at(-1)).join(", ")}</span>
              </div>
              {missing.map((sentence) => (
                <p key={sentence} className="import-missing">
                  {sentence}
                </p>
              ))}
              {info.remarks.map((remark) => (
                <p key={remark} className="fine-print">
                  {remark}
                </p>
              ))}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Unused({ files }: { files: string[] }) {
  if (files.length === 0) return null
  return (
    <details className="fine-print">
      <summary>
        {files.length === 1 ? "1 file was not needed" : `${files.length} files were not needed`}
      </summary>
      <ul>
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </details>
  )
}

function Done({ state }: { state: Extract<ImportState, { phase: "done" }> }) {
  const all = [...state.sets.map(({ info }) => nameOf(info)), ...editsOf(state.edits)]
  return (
    <div>
      <Notice>
        {all.join(", ")} {state.sets.length === 1 && all.length === 1 ? "is" : "are"} installed and in use. It
        took {(state.ms / 1000).toFixed(1)} s.
      </Notice>
      {state.sets.flatMap(({ info, missing }) =>
        missing.map((sentence) => (
          <p key={info.id + sentence} className="import-missing">
            {nameOf(info)}: {sentence}
          </p>
        ))
      )}
      <Unused files={state.unused} />
    </div>
  )
}
