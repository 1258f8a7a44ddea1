/**
 * Results while typing. The field keeps the focus; arrows walk through everything that stands below it
 * (combobox with a grid, so that rows may hold buttons).
 */
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react"
import type { CodeRef } from "@/classification/model"
import type { LookupAnswer } from "@/classification/pack-api"
import { IconButton } from "../components/button"
import { Icon } from "../components/icons"
import { Skeleton } from "../components/notice"
import { answerRows, type LookupRow, readingsOf, startRows } from "../session/lookup-rows"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { usePanel } from "./panel-context"
import { ResultGroups, rowId } from "./result-rows"
import { ScopeLine, SearchScope } from "./search-scope"

const LIST = "lookup-results"
const PAGE = 8

export function SearchView() {
  const panel = usePanel()
  const { text, at, system } = useWatched(panel.search)
  const { packs, phase } = useWatched(panel.lookup.state)
  const own = useWatched(panel.own.state)
  const { visit } = useWatched(panel.view)
  const changed = useWatched(panel.changes.unseen)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLTableElement>(null)
  const ready = phase === "ready"
  const empty = text.trim() === ""
  // biome-ignore lint/correctness/useExhaustiveDependencies: `packs` changes what the search finds
  const answer = useMemo(() => panel.lookup.search(text, { system, own }), [panel, text, system, packs, own])
  const groups = useMemo(
    () =>
      !ready
        ? []
        : empty
          ? startRows(own, packs, panel.lookup.find, changed)
          : answerRows(answer, own, panel.lookup.find),
    [answer, own, packs, panel, empty, ready, changed]
  )
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups])
  const active = rows[at]

  // biome-ignore lint/correctness/useExhaustiveDependencies: rises whenever the field is asked for
  useEffect(() => {
    if (!panel.takeFocus()) return
    field.current?.focus()
    field.current?.select()
  }, [panel, visit])

  const setText = (next: string) => panel.search.patch({ text: next, at: next.trim() === "" ? -1 : 0 })

  const go = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1)
    panel.search.patch({ at: next })
    list.current?.querySelector(`#${rowId(next)}`)?.scrollIntoView?.({ block: "nearest" })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.altKey && event.key !== "Enter")) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE }[event.key]
    if (to !== undefined && rows.length > 0) {
      event.preventDefault()
      go(to)
    } else if (event.key === "Enter" && active) {
      event.preventDefault()
      const how = event.altKey
        ? "accept"
        : event.shiftKey
          ? "open"
          : event.ctrlKey || event.metaKey
            ? "fill"
            : "copy"
      actOn(panel, active, how)
    } else if (event.key === "Escape" && text !== "") {
      event.preventDefault()
      event.stopPropagation()
      setText("")
    }
  }

  return (
    <div className="lookup">
      <div className="search-head">
        <div className="search-field">
          <Icon name="search" />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label="Look up a code or words"
            aria-expanded={rows.length > 0}
            aria-controls={LIST}
            aria-activedescendant={active ? rowId(at) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            placeholder="Code or words"
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
        <SearchScope />
        <div className="search-says">{ready && !empty ? <AnswerLine answer={answer} /> : <ScopeLine />}</div>
      </div>
      {!ready && text !== "" && <Skeleton label="Opening the code sets" cards={2} />}
      <table
        id={LIST}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the popup of the combobox
        role="grid"
        aria-label={empty ? "To start with" : "Results"}
        className="results"
        ref={list}
      >
        <ResultGroups groups={groups} active={at} onAct={(row, how) => actOn(panel, row, how)} />
      </table>
      {ready && (
        <p className="fine-print lookup-keys">
          <kbd>Enter</kbd> copies, <kbd>Shift</kbd> <kbd>Enter</kbd> opens, <kbd>Ctrl</kbd> <kbd>Enter</kbd>{" "}
          fills, <kbd>Alt</kbd> <kbd>Enter</kbd> accepts.
        </p>
      )}
    </div>
  )
}

export type How = "copy" | "open" | "fill" | "accept"

/** What a key or a click does on a row: places open and words are searched for, whatever the key. */
function actOn(panel: ReturnType<typeof usePanel>, row: LookupRow, how: How): void {
  if (row.kind === "place") {
    panel.go(row.place)
    return
  }
  if (row.kind === "term") {
    panel.searchFor(row.text)
    return
  }
  const code: CodeRef & { title: string; billable: boolean } = row.kind === "hit" ? row.hit : row.line
  // A code that this release does not hold is shown with what became of it, never copied.
  if (how === "open" || (row.kind === "own" && row.missing)) panel.lookUp(code)
  else if (how === "copy") void panel.copy(code)
  else if (how === "accept") void panel.acceptLooked(code)
  else void panel.fillWith(code)
}

/**
 * How the text was understood, and what to do when nothing fits. It has the place of the scope line, so that the
 * results stay where they are while one types.
 */
function AnswerLine({ answer }: { answer: LookupAnswer }) {
  const count = answer.results.length
  const readings = readingsOf(answer)
  const hint =
    count === 0
      ? (answer.hint ?? "Nothing found. Try fewer words, or the main term of the Index.")
      : answer.hint
  const silent = !answer.corrected && !hint && readings.length === 0
  return (
    <>
      <p role="status">
        {answer.corrected && (
          <>
            Corrected to <q>{answer.corrected}</q>.{" "}
          </>
        )}
        {hint}
        {!hint && readings.length > 0 && `Read as ${readings.join("; ")}`}
        {count > 0 && <span className="unseen">{plural(count, "result")}</span>}
      </p>
      {silent && <ScopeLine />}
    </>
  )
}
