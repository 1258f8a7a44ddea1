/**
 * An ICD-10-PCS code axis by axis, with the keyboard alone: type a character or words, arrows choose,
 * Enter takes, Backspace in the empty field goes back. Values that have no alternative come by themselves.
 */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react"
import type { PcsValue } from "@/classification/model"
import { Button } from "../components/button"
import { Icon } from "../components/icons"
import { Empty } from "../components/notice"
import { fittingValues, pcsState, stepBack, validPrefix, withOnlyValues } from "../session/pcs-walk"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"
import { PcsSteps } from "./pcs-steps"
import { PlaceHead } from "./place-head"

const LIST = "pcs-values"
const optionId = (index: number) => `pcs-value-${index}`

export function PcsView({ prefix }: { prefix: string }) {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const { visit } = useWatched(panel.view)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const pack = packs.find(({ info }) => info.system === "ICD-10-PCS")
  const book = pack?.pcsBook
  const state = useMemo(() => book && pcsState(book, prefix), [book, prefix])
  const values = useMemo(() => fittingValues(state?.next?.values ?? [], typed), [state, typed])
  const active = values[at]

  // biome-ignore lint/correctness/useExhaustiveDependencies: rises with every step
  useEffect(() => {
    setTyped("")
    setAt(0)
    if (!panel.takeFocus()) return
    field.current?.focus()
    field.current?.closest(".panel-body")?.scrollTo?.(0, 0)
  }, [panel, visit])

  if (!pack || !book || !state) return <Empty title="ICD-10-PCS is not open" />

  const choose = (to: string) => {
    setTyped("")
    panel.go({ kind: "pcs", prefix: withOnlyValues(book, to) })
  }
  const take = (value: PcsValue) => choose(prefix + value.value)
  const whole = state.next === undefined && book.valid(prefix)
  const row = whole ? pack.find(prefix) : -1

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (to !== undefined && values.length > 0) {
      const next = Math.min(Math.max(to, 0), values.length - 1)
      setAt(next)
      document.getElementById(optionId(next))?.scrollIntoView?.({ block: "nearest" })
    } else if (event.key === "Enter" && whole) {
      if (event.shiftKey) panel.lookUp({ system: "ICD-10-PCS", code: prefix })
      else void panel.copy({ system: "ICD-10-PCS", code: prefix, title: row >= 0 ? pack.title(row) : "" })
    } else if (event.key === "Enter" && active) take(active)
    else if (event.key === "Backspace" && typed === "" && prefix !== "") {
      panel.go({ kind: "pcs", prefix: stepBack(book, prefix) })
    } else return
    event.preventDefault()
  }

  /** Several characters of a code at once, as they are pasted or typed: "0DB64". */
  const onText = (text: string) => {
    setAt(0)
    const compact = text.replace(/\s/g, "").toUpperCase()
    const on = /\d/.test(compact) && compact.length > 1 ? validPrefix(book, prefix + compact) : ""
    const anew = /^[0-9A-Z]{3,7}$/.test(compact) && /\d/.test(compact) ? validPrefix(book, compact) : ""
    if (on === prefix + compact) choose(on)
    else if (anew === compact && anew.length >= 3) choose(anew)
    else setTyped(text)
  }

  return (
    <div className="browse">
      <PlaceHead title="ICD-10-PCS tables" release={pack.info.release}>
        <div className="search-field seek-field">
          <Icon name="search" />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={state.next ? `${state.next.title}: a character or words` : "The code is whole"}
            aria-expanded={values.length > 0}
            aria-controls={LIST}
            aria-activedescendant={active ? optionId(at) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={state.next ? `${state.next.title}: character or words` : "Backspace to change"}
            value={typed}
            onChange={(event) => onText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
      </PlaceHead>
      <PcsSteps
        steps={state.steps}
        next={state.next?.title}
        onBackTo={(index) => panel.go({ kind: "pcs", prefix: prefix.slice(0, index) })}
      />
      {whole && (
        <div className="pcs-whole" role="status">
          <p className="detail-title">
            {row >= 0 ? pack.title(row) : "Allowed by its table, but not in the list of codes."}
          </p>
          {row >= 0 && (
            <div className="card-actions">
              <Button
                onClick={() =>
                  void panel.copy({ system: "ICD-10-PCS", code: prefix, title: pack.title(row) })
                }
              >
                Copy {prefix}
              </Button>
              <Button onClick={() => panel.lookUp({ system: "ICD-10-PCS", code: prefix })}>Open</Button>
              <Button look="quiet" onClick={() => panel.go({ kind: "pcs", prefix: "" })}>
                Another
              </Button>
            </div>
          )}
        </div>
      )}
      {!whole && values.length === 0 && (
        <p className="lookup-count" role="status">
          {state.next ? `No value of “${state.next.title}” fits these words.` : "No table goes on from here."}
        </p>
      )}
      <div id={LIST} className="values" role="listbox" aria-label={state.next?.title ?? "Values"}>
        {values.map((value, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={value.value}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="value"
            onClick={() => take(value)}
          >
            <span className="code">{value.value}</span>
            <span>
              {value.label}
              {value.definition && <span className="result-via">{value.definition}</span>}
              {value.includes && value.includes.length > 0 && (
                <span className="result-via">Includes {value.includes.join("; ")}</span>
              )}
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
