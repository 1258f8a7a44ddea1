/** A query to the provider, in place: what to quote, the text, what a reviewer would say, copy. */
import { type KeyboardEvent, useEffect, useId, useRef } from "react"
import { optionsFor } from "@/engine/provider-query/write"
import { Button, IconButton } from "../components/button"
import { Choice } from "../components/choice"
import { Notice, Skeleton } from "../components/notice"
import type { OpenQuery } from "../session/query-session"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { usePanel } from "./panel-context"
import { QueryFindings } from "./query-findings"
import { MarkedText } from "./query-marked-text"

interface Props {
  /** Gives the focus back. */
  onClosed?(): void
}

export function QueryComposer({ onClosed }: Props) {
  const panel = usePanel()
  const query = useWatched(panel.query.state)
  const box = useRef<HTMLElement>(null)
  const titleId = useId()
  const opened = query !== undefined && (query.material !== undefined || !query.gap)
  useEffect(() => {
    if (!opened) return
    box.current?.focus()
    box.current?.scrollIntoView?.({ block: "nearest" })
  }, [opened])
  if (!query) return null
  const close = () => {
    panel.query.close()
    onClosed?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close()
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void panel.query.copy()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="query" ref={box} tabIndex={-1} aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <div className="query-head">
        <h3 id={titleId}>{query.gap ? "Query to the provider" : "Check the text of a query"}</h3>
        <IconButton icon="close" label="Close the query (Esc)" onClick={close} />
      </div>
      {query.problem && (
        <Notice tone="warn" alert>
          {query.problem}
        </Notice>
      )}
      {query.gap && !query.material ? (
        !query.problem && <Skeleton label="Looking for what can be quoted" cards={1} />
      ) : (
        <Sheet query={query} />
      )}
    </section>
  )
}

function Sheet({ query }: { query: OpenQuery }) {
  const panel = usePanel()
  const fieldId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  const findings = useRef<HTMLDivElement>(null)
  const blocking = query.findings.filter(({ level }) => level === "F")
  // That nobody has read it yet is said by the box below.
  const shown = query.findings.filter(({ id }) => id !== "q.ai-label")
  const why = blocking.filter(({ id }) => id !== "q.ai-label").length
  const show = (at: { in: "title" | "text"; start: number; end: number }) => {
    const target = at.in === "title" ? subject.current : field.current
    target?.focus()
    target?.setSelectionRange(at.start, at.end)
  }
  const copy = async () => {
    const done = await panel.query.copy()
    if (!done && why > 0) findings.current?.querySelector<HTMLElement>("button, li")?.focus()
  }
  return (
    <>
      <Choices query={query} />
      <label className="query-label" htmlFor={`${fieldId}-subject`}>
        Subject
      </label>
      <input
        id={`${fieldId}-subject`}
        ref={subject}
        className="query-subject"
        value={query.title}
        spellCheck
        onChange={(event) => panel.query.edit({ title: event.currentTarget.value })}
      />
      <label className="query-label" htmlFor={fieldId}>
        Text
      </label>
      <MarkedText
        id={fieldId}
        field={field}
        text={query.text}
        placeholder={query.gap ? "" : "Paste or type the text of a query: it is read as you write."}
        findings={query.findings}
        describedBy={`${fieldId}-findings`}
        onChange={(text) => panel.query.edit({ text })}
      />
      <div id={`${fieldId}-findings`} ref={findings}>
        <QueryFindings
          findings={shown}
          empty={query.text.trim() === ""}
          reading={query.reading}
          onShow={show}
        />
      </div>
      {query.material && (
        <label className="switch query-read">
          <input
            type="checkbox"
            checked={query.reviewed}
            onChange={(event) => panel.query.review(event.currentTarget.checked)}
          />
          I have read it, and it says what the record says
        </label>
      )}
      <div className="card-actions">
        <Button
          look="main"
          aria-disabled={blocking.length > 0 || query.text.trim() === ""}
          title="Copy as plain text (Ctrl Enter)"
          onClick={() => void copy()}
        >
          Copy
        </Button>
        {query.edited && query.material && <Button onClick={() => panel.query.again()}>Draft again</Button>}
        <span className="quiet" aria-live="polite">
          {query.text.trim() === ""
            ? ""
            : why > 0
              ? `${plural(why, "reason")} why it cannot be copied`
              : blocking.length > 0
                ? "To be read by you first"
                : ""}
        </span>
      </div>
    </>
  )
}

/** What the text quotes, and in which form it asks. Once the text is edited by hand they wait. */
function Choices({ query }: { query: OpenQuery }) {
  const panel = usePanel()
  const { material, choice, edited } = query
  if (!material) return null
  const may = optionsFor(material, { ...choice, open: false })
  return (
    <>
      {material.remarks.map((remark) => (
        <p key={remark} className="fine-print">
          {remark}
        </p>
      ))}
      {material.indicators.length > 0 && (
        <fieldset className="query-quotes" disabled={edited}>
          <legend>Quote from the chart</legend>
          {material.indicators.map((indicator, at) => (
            <label key={`${indicator.doc} ${indicator.start}`}>
              <input
                type="checkbox"
                checked={choice.indicators.includes(at)}
                onChange={(event) => panel.query.quote(at, event.currentTarget.checked)}
              />
              <span>
                <q>{indicator.quote.replace(/\s+/g, " ")}</q>{" "}
                <span className="quiet">
                  {[indicator.source, indicator.date, indicator.earlier ? "earlier encounter" : ""]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {material.options.length > 0 && !edited && (
        <div className="query-form">
          {may.length === 0 ? (
            <p className="fine-print">
              Asked openly: fewer than two options are supported by what is quoted.
            </p>
          ) : (
            <Choice
              legend="Form of the question"
              small
              value={choice.open ? "open" : "options"}
              options={[
                { value: "options", label: plural(may.length, "option") },
                { value: "open", label: "Open question" }
              ]}
              onChange={(form) => panel.query.askOpenly(form === "open")}
            />
          )}
        </div>
      )}
      {edited && <p className="fine-print">Edited by hand. “Draft again” goes back to the choices above.</p>}
    </>
  )
}
