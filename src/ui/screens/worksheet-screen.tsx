/** Tab "Worksheet": the accepted codes in the order of the claim, what the checks say, and the ways out. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import type { Check } from "@/engine/types"
import { allLines, lineById, type SheetLine } from "@/worksheet/sheet"
import { Button } from "../components/button"
import { Empty, Notice, Skeleton } from "../components/notice"
import { tabId } from "../components/tab-bar"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import type { WorksheetState } from "../session/worksheet-session"
import { usePanel } from "./panel-context"
import { useInUse } from "./use-in-use"
import { WorksheetAdd } from "./worksheet-add"
import { WorksheetFoot } from "./worksheet-foot"
import { WorksheetLine } from "./worksheet-line"
import { WorksheetSupport } from "./worksheet-support"

export function WorksheetScreen() {
  const panel = usePanel()
  const state = useWatched(panel.worksheet.state)
  const root = useRef<HTMLDivElement>(null)
  useQueueKey()
  if (state.phase === "none") return <Skeleton label="The chart is being read" cards={2} />
  const lines = allLines(state.history.sheet)
  return (
    <div className="worksheet" ref={root}>
      {state.problem && (
        <Notice tone="warn" alert>
          {state.problem}
        </Notice>
      )}
      <Kept state={state} />
      <Left state={state} />
      <WorksheetAdd />
      {lines.length === 0 ? <NoLines /> : <Lines state={state} />}
      <WorksheetSupport state={state} />
      <WorksheetFoot state={state} />
    </div>
  )
}

function NoLines() {
  return (
    <Empty title="No codes yet">
      <p>
        Press <kbd>A</kbd> on a suggestion of the Chart tab, <kbd>Alt</kbd> <kbd>Enter</kbd> on a result of
        the look-up, or type a code above. CPT numbers can be typed as well: 99213-25.
      </p>
      <p>
        The first diagnosis is first-listed. <kbd>Alt</kbd> <kbd>↑</kbd> and <kbd>↓</kbd> move a line; the
        checks of the classification stand below the line they are about.
      </p>
    </Empty>
  )
}

/** Where this worksheet lives: a coder must know what comes back tomorrow and what does not. */
function Kept({ state }: { state: WorksheetState }) {
  if (state.kept === "stored") return null
  return (
    <p className="fine-print worksheet-kept">
      {state.kept === "loose"
        ? "This worksheet belongs to no chart. It is kept until the panel is closed."
        : "The page names no MRN or account number with a date of service: this worksheet is kept until the panel is closed."}
    </p>
  )
}

/** Worksheets whose chart is gone and that could not be stored: nothing that was done is lost in silence. */
function Left({ state }: { state: WorksheetState }) {
  const panel = usePanel()
  return state.left.map(({ slot, lines, at }) => (
    <Notice
      key={slot}
      action={<Button onClick={() => void panel.worksheet.takeOver(slot)}>Take over into this one</Button>}
    >
      {`A worksheet of ${plural(lines, "line")} from earlier in this session (${clock(at)}) belongs to a chart that cannot be found again.`}
    </Notice>
  ))
}

const clock = (time: number) =>
  new Date(time).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })

function Lines({ state }: { state: WorksheetState }) {
  const panel = usePanel()
  const { letterKeys } = useWatched(panel.settings)
  const { sheet } = state.history
  const list = useRef<HTMLDivElement>(null)
  const lines = allLines(sheet)
  const [currentId, setCurrent] = useState<string>()
  const [open, setOpen] = useState<string>()
  const current = lines.find(({ id }) => id === currentId) ?? lines[0]
  const shown = useShownChecks(list, state)
  const drag = useDrag()
  useFocusKept(list, lines)

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    const line = lineById(sheet, target.closest<HTMLElement>("[data-line]")?.dataset.line ?? "")
    if (!line || target.closest("input, select, textarea")) return
    const at = lines.indexOf(line)
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault()
      void panel.desk.moveBy(line.id, event.key === "ArrowUp" ? -1 : 1)
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key]
    const next = to === undefined ? undefined : lines[Math.min(Math.max(to, 0), lines.length - 1)]
    const own = target.matches("[data-line]")
    if (next) focusLine(list.current, next.id)
    else if (own && (event.key === "Enter" || event.key === " "))
      setOpen(open === line.id ? undefined : line.id)
    else if (own && event.key === "Escape" && open === line.id) setOpen(undefined)
    else if (event.key === "Delete" || (own && event.key === "Backspace")) remove(line)
    else if (letterKeys && !event.shiftKey && event.key === "c") void panel.copying.line(line.id)
    else if (letterKeys && !event.shiftKey && event.key === "r" && line.title !== "")
      panel.chooseInstead(line)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const remove = (line: SheetLine) => {
    const at = lines.indexOf(line)
    const next = lines[at + 1] ?? lines[at - 1]
    if (next) focusLine(list.current, next.id)
    else document.getElementById(tabId("worksheet"))?.focus()
    void panel.desk.remove(line.id)
  }

  const group = (title: string, members: readonly SheetLine[]) =>
    members.length > 0 && (
      <section className="group" aria-label={title}>
        <h2>
          {title}
          <span className="count">{members.length}</span>
        </h2>
        <ol>
          {members.map((line, at) => (
            <WorksheetLine
              key={line.id}
              sheet={sheet}
              line={line}
              at={at}
              count={members.length}
              current={line === current}
              open={open === line.id}
              checks={open === line.id ? state.checks : shown}
              fresh={state.checks}
              checking={state.checking}
              support={state.support}
              drag={drag}
              onCurrent={() => setCurrent(line.id)}
              onOpen={(wanted) => setOpen(wanted ? line.id : undefined)}
              onRemove={() => remove(line)}
            />
          ))}
        </ol>
      </section>
    )

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the lines inside, which hold the focus
    <div className="worksheet-lines" ref={list} onKeyDown={onKeyDown}>
      {group("Diagnoses", sheet.diagnoses)}
      {group("Procedures and supplies", sheet.procedures)}
    </div>
  )
}

/**
 * Results that would push lines down wait while the pointer is in the list; dots change at once, and an open line
 * shows what is known now.
 */
function useShownChecks(list: React.RefObject<HTMLDivElement | null>, state: WorksheetState) {
  const { held } = useInUse(list, false)
  const [shown, setShown] = useState<readonly Check[] | undefined>(state.checks)
  if (!held && shown !== state.checks) setShown(state.checks)
  return held ? shown : state.checks
}

export interface Drag {
  /** Line that is being dragged. */
  id: string | undefined
  over: string | undefined
  start(id: string): void
  enter(id: string): void
  drop(id: string): void
  end(): void
}

/** Drag of a line onto another one of its list; keys do the same (Alt with arrows). */
function useDrag(): Drag {
  const panel = usePanel()
  const [{ id, over }, set] = useState<{ id?: string; over?: string }>({})
  const end = () => set({})
  return {
    id,
    over,
    start: (line) => set({ id: line }),
    enter: (line) => set({ ...(id === undefined ? {} : { id, over: line }) }),
    drop: (onto) => {
      end()
      const { sheet } = panel.worksheet
      const [from, to] = [lineById(sheet, id ?? ""), lineById(sheet, onto)]
      if (!from || !to || from.kind !== to.kind || from === to) return
      const members: readonly SheetLine[] = to.kind === "diagnosis" ? sheet.diagnoses : sheet.procedures
      void panel.desk.moveTo(from.id, members.indexOf(to))
    },
    end
  }
}

/** A line that moved takes the focus along; React moves its element, and the browser then drops the focus. */
function useFocusKept(list: React.RefObject<HTMLDivElement | null>, lines: readonly SheetLine[]) {
  const order = lines.map(({ id }) => id).join()
  const last = useRef<string | undefined>(undefined)
  useEffect(() => {
    const element = list.current
    const remember = (event: FocusEvent) => {
      last.current = (event.target as HTMLElement).matches("[data-line]")
        ? (event.target as HTMLElement).dataset.line
        : undefined
    }
    element?.addEventListener("focusin", remember)
    return () => element?.removeEventListener("focusin", remember)
  }, [list])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the order changes
  useEffect(() => {
    const id = last.current
    if (id !== undefined && document.activeElement === document.body) focusLine(list.current, id)
  }, [order])
}

function focusLine(list: HTMLElement | null, id: string): void {
  for (const line of list?.querySelectorAll<HTMLElement>("[data-line]") ?? []) {
    if (line.dataset.line !== id) continue
    line.focus()
    line.scrollIntoView?.({ block: "nearest" })
  }
}

/** N for the queue, while the worksheet is shown. */
function useQueueKey(): void {
  const panel = usePanel()
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (target.closest?.("input:not([type=radio]), textarea, select, dialog")) return
      if (event.key.toLowerCase() !== "n" || !panel.settings.get().letterKeys) return
      event.preventDefault()
      void panel.copying.next()
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [panel])
}
