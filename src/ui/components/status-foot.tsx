/** The foot of the panel: where codes go, in which shape, and what was just done. Its height never changes. */
import { useEffect, useRef } from "react"
import type { Announcer } from "../session/announcer"
import type { FillSession } from "../session/fill-session"
import { useWatched } from "../session/state"
import { Button, IconButton } from "./button"
import { Choice } from "./choice"
import { Icon } from "./icons"

/** Characters at the end of a label that are always shown. */
const TAIL = 12

interface Props {
  announcer: Announcer
  fill: FillSession
  dot: boolean
  onDot(dot: boolean): void
  /** Stands there while nothing was done yet. */
  idle: string
}

export function StatusFoot({ announcer, fill, dot, onDot, idle }: Props) {
  const { target, picking, question } = useWatched(fill.state)
  return (
    <footer className="foot">
      <div className="foot-row">
        <IconButton
          icon="aim"
          label="Choose a field on the page"
          aria-pressed={picking}
          onClick={() => void fill.pick()}
        />
        <span className="fill-target" title={target?.field.label}>
          {picking ? (
            "Click a field in the page …"
          ) : target ? (
            <>
              <span className="quiet">Into </span>
              <FieldLabel label={target.field.label} />
            </>
          ) : (
            <span className="quiet">No form field yet</span>
          )}
        </span>
        {target?.chosen && !picking && (
          <IconButton icon="close" label="Follow the focused field again" onClick={() => fill.release()} />
        )}
        {picking && (
          <Button look="quiet" onClick={() => fill.cancelPick()}>
            Give up
          </Button>
        )}
        <Choice
          legend="Shape of ICD-10-CM codes"
          small
          value={dot ? "dot" : "no-dot"}
          options={[
            { value: "dot", label: "E11.9", hint: "Copy and fill with dot" },
            { value: "no-dot", label: "E119", hint: "Copy and fill without dot" }
          ]}
          onChange={(shape) => onDot(shape === "dot")}
        />
      </div>
      {question ? (
        <SiteQuestion
          text={`Fill ${question.code.code} from ${question.from} into ${question.to}?`}
          onAnswer={(yes) => void fill.answer(yes)}
        />
      ) : (
        <StatusLine announcer={announcer} idle={idle} />
      )}
    </footer>
  )
}

/** Labels of a form differ at their end ("... injury: A"): when there is no room, the middle is left out. */
function FieldLabel({ label }: { label: string }) {
  const cut = Math.max(0, label.length - TAIL)
  return (
    <>
      <span className="fill-target-head">{label.slice(0, cut)}</span>
      <span>{label.slice(cut)}</span>
    </>
  )
}

/** Asked before a code of one site goes into a form of another. Takes the focus and gives it back. */
function SiteQuestion({ text, onAnswer }: { text: string; onAnswer(yes: boolean): void }) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    row.current?.querySelector("button")?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      ref={row}
      className="foot-row foot-question"
      role="alertdialog"
      aria-label={text}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.stopPropagation()
        onAnswer(false)
      }}
    >
      <span>{text}</span>
      <Button look="main" onClick={() => onAnswer(true)}>
        Fill
      </Button>
      <Button onClick={() => onAnswer(false)}>No</Button>
    </div>
  )
}

function StatusLine({ announcer, idle }: { announcer: Announcer; idle: string }) {
  const said = useWatched(announcer.state)
  return (
    <div className="foot-row foot-status">
      {!said && <span className="quiet">{idle}</span>}
      <div className="status-text" role="status" aria-live="polite" data-tone={said?.tone} title={said?.text}>
        {said && (
          <span key={said.serial}>
            {said.tone !== "plain" && <Icon name={said.tone === "good" ? "good" : "warn"} />}
            {said.text}
          </span>
        )}
      </div>
      {said?.action && (
        <Button look="quiet" onClick={said.action.run}>
          {said.action.label}
        </Button>
      )}
    </div>
  )
}
