/**
 * Tab "Look-up": results while typing. The field keeps the focus; arrows walk through the results
 * (combobox with a grid, so that rows may hold buttons).
 */
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react"
import type { LookupHit } from "@/classification/pack-api"
import { Button, IconButton } from "../components/button"
import { CodeMarks } from "../components/code-line"
import { Icon } from "../components/icons"
import { Notice, Skeleton } from "../components/notice"
import type { PanelModel } from "../session/panel-model"
import { useWatched } from "../session/state"
import { CodeDetailView } from "./code-detail-view"
import { usePanel } from "./panel-context"

const LIST = "lookup-results"
const rowId = (index: number) => `lookup-row-${index}`

export function LookupScreen() {
  const panel = usePanel()
  const { phase, problem, notices } = useWatched(panel.lookup.state)
  const { open } = useWatched(panel.view)
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
      {open ? (
        <CodeDetailView key={`${open.system} ${open.code}`} code={open} />
      ) : (
        <Search ready={phase === "ready"} />
      )}
      {phase === "ready" &&
        notices.map((notice) => (
          <p key={notice} className="fine-print">
            {notice}
          </p>
        ))}
    </>
  )
}

function Search({ ready }: { ready: boolean }) {
  const panel = usePanel()
  const { text, at } = useWatched(panel.search)
  const { packs } = useWatched(panel.lookup.state)
  const { focusSearch } = useWatched(panel.view)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLTableElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `packs` changes what the search finds
  const answer = useMemo(() => panel.lookup.search(text), [panel, text, packs])
  const { results } = answer
  const active = results[at]

  // biome-ignore lint/correctness/useExhaustiveDependencies: rises whenever the field is asked for
  useEffect(() => {
    if (!panel.takeSearchFocus()) return
    field.current?.focus()
    field.current?.select()
  }, [focusSearch])

  const setText = (next: string) => panel.search.set({ text: next, at: 0 })

  const go = (to: number) => {
    const next = Math.min(Math.max(to, 0), results.length - 1)
    panel.search.patch({ at: next })
    list.current?.querySelector(`#${rowId(next)}`)?.scrollIntoView?.({ block: "nearest" })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const page = 8
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }[event.key]
    if (to !== undefined && results.length > 0) {
      event.preventDefault()
      go(to)
    } else if (event.key === "Enter" && active) {
      event.preventDefault()
      if (event.shiftKey) panel.lookUp(active)
      else if (event.ctrlKey || event.metaKey) void panel.fillWith(active)
      else void panel.copy(active)
    } else if (event.key === "Escape" && text !== "") {
      event.preventDefault()
      event.stopPropagation()
      setText("")
    }
  }

  return (
    <div className="lookup">
      <div className="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Look up a code or words"
          aria-expanded={results.length > 0}
          aria-controls={LIST}
          aria-activedescendant={active ? rowId(at) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          placeholder="Code or words: e1122, dm2 ckd 3b"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {text !== "" && (
          <IconButton
            icon="close"
            label="Clear"
            onClick={() => {
              setText("")
              field.current?.focus()
            }}
          />
        )}
      </div>
      {!ready && text !== "" && <Skeleton label="Opening the code sets" cards={2} />}
      <LookupState answer={answer} text={text} ready={ready} panel={panel} />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the popup of the combobox */}
      <table id={LIST} role="grid" aria-label="Results" className="results" ref={list}>
        <tbody>
          {results.map((hit, index) => (
            <ResultRow
              key={`${hit.system} ${hit.code}`}
              hit={hit}
              id={rowId(index)}
              active={index === at}
              onOpen={() => panel.lookUp(hit)}
              onCopy={() => void panel.copy(hit)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface StateProps {
  answer: ReturnType<PanelModel["lookup"]["search"]>
  text: string
  ready: boolean
  panel: PanelModel
}

function LookupState({ answer, text, ready, panel }: StateProps) {
  if (!ready) return null
  if (text.trim() === "") {
    const systems = panel.lookup.state.get().packs.map(({ info }) => `${info.system} ${info.release}`)
    return (
      <div className="lookup-hint">
        <p>
          Type a code (with or without dot), words, or the short forms you use: <q>lt dist rad fx</q>,{" "}
          <q>htn ckd</q>.
        </p>
        <p>
          <kbd>Enter</kbd> copies, <kbd>Shift</kbd> <kbd>Enter</kbd> opens the notes, <kbd>Ctrl</kbd>{" "}
          <kbd>Enter</kbd> fills.
        </p>
        <p className="fine-print">Open: {systems.join(", ")}</p>
      </div>
    )
  }
  const count = answer.results.length
  return (
    <p className="lookup-count" role="status">
      {answer.corrected && (
        <>
          Understood as <q>{answer.corrected}</q>.{" "}
        </>
      )}
      {count === 0
        ? (answer.hint ?? "Nothing found. Try fewer words, or the main term of the Index.")
        : answer.hint}
      {count > 0 && <span className="unseen">{count} results</span>}
    </p>
  )
}

interface RowProps {
  hit: LookupHit
  id: string
  active: boolean
  onOpen(): void
  onCopy(): void
}

function ResultRow({ hit, id, active, onOpen, onCopy }: RowProps) {
  return (
    <tr id={id} className="result" aria-selected={active}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Shift Enter in the search field does the same */}
      <td className="code-line result-text" onClick={onOpen}>
        <span className="code-line-head">
          <span className="code">{hit.code}</span>
          <CodeMarks system={hit.system} billable={hit.billable} />
        </span>
        <span className="code-line-title">{hit.title}</span>
        {hit.via !== "title" && hit.via !== "code" && <span className="result-via">{hit.via}</span>}
      </td>
      <td className="result-actions">
        <Button look="quiet" tabIndex={-1} aria-label={`Copy ${hit.code}`} onClick={onCopy}>
          Copy
        </Button>
      </td>
    </tr>
  )
}
