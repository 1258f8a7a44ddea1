/** Tab "Gaps": what the documentation lacks, where it was looked for, and the query to the provider. */
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import type { GapOption } from "@/engine/types"
import { Icon } from "../components/icons"
import { Empty, Skeleton } from "../components/notice"
import { readLine } from "../session/chart-state"
import { foundOption } from "../session/gap-words"
import {
  boardOf,
  entriesOf,
  foldedLine,
  type GapBoard,
  type GapEntry,
  type GapReason,
  NO_BOARD,
  nextBoard,
  type ShownBoard
} from "../session/gaps-board"
import { answerKey, gapKey } from "../session/groups"
import { NOTHING_HELD } from "../session/panel-model"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { GAP_KEYS, type GapAction, GapCard } from "./gaps-card"
import { EmEstimatePart } from "./gaps-em"
import { GapsFoot } from "./gaps-foot"
import { usePanel } from "./panel-context"
import { QueryComposer } from "./query-composer"
import { useInUse } from "./use-in-use"

export function GapsScreen() {
  const panel = usePanel()
  const { phase, findings, documents, problem } = useWatched(panel.chart.state)
  const { gaps } = useWatched(panel.gaps.state)
  const query = useWatched(panel.query.state)
  useEffect(() => () => panel.gaps.leave(), [panel])
  const own = query && !query.gap ? <QueryComposer /> : null
  if (gaps === undefined || phase !== "ready") {
    const reading =
      !problem && (phase === "reading" || phase === "starting" || (phase === "ready" && !findings))
    return reading ? (
      <Skeleton label="Looking for gaps" />
    ) : (
      <>
        <Empty title="No chart is read">
          <p>Open a note in the chart. What its documentation lacks stands here then.</p>
        </Empty>
        {own}
        <GapsFoot />
      </>
    )
  }
  return (
    <>
      {gaps.length === 0 ? (
        <Empty title="No gap found">
          <p>
            Read: {readLine(documents)}, with {plural(findings?.suggestions.length ?? 0, "suggested code")}.
          </p>
          <p>
            Looked for: side, type, stage, acuity, 7th character and other details that a code asks for;
            findings and treatment without a diagnosis; causes and statements that conflict. Elsewhere in the
            chart was looked first.
          </p>
        </Empty>
      ) : (
        <GapList />
      )}
      <EmEstimatePart />
      {own}
      <GapsFoot />
    </>
  )
}

function GapList() {
  const panel = usePanel()
  const state = useWatched(panel.gaps.state)
  const { documents } = useWatched(panel.chart.state)
  const { letterKeys } = useWatched(panel.settings)
  const query = useWatched(panel.query.state)
  const list = useRef<HTMLDivElement>(null)
  const { held, letGo } = useInUse(list)
  const board = useMemo(() => boardOf(state.gaps ?? [], state, state.counts), [state])
  const [shown, setShown] = useState<ShownBoard>({ board: NO_BOARD, chart: undefined, waiting: 0 })
  // A query that is being written holds everything in its place too, and so does a decision just taken.
  const next = nextBoard(shown, board, state.chart, held || query !== undefined)
  if (next !== shown) setShown(next)
  const [open, setOpen] = useState({ folded: false, away: false })
  const [asking, setAsking] = useState<string>()
  const [currentKey, setCurrent] = useState<string>()
  const entries = visible(next.board, open)
  const current = entries.find(({ gap }) => gap.key === currentKey) ?? entries[0]
  const { waiting } = next

  useEffect(() => () => panel.chart.marks.light(undefined), [panel])
  useEffect(() => {
    panel.held.set({ waiting, show: letGo })
    return () => panel.held.set(NOTHING_HELD)
  }, [panel, waiting, letGo])

  const act = ({ gap }: GapEntry, action: GapAction) => {
    if (action === "goTo") void panel.goTo(gapKey(gap))
    else if (action === "goToFound") void (gap.foundElsewhere && panel.goTo(answerKey(gap)))
    else if (action === "lookUp") void (gap.code && panel.lookUp(gap.code))
    else if (action === "take") {
      const option = foundOption(gap)
      if (option) panel.gaps.take(gap, option)
    } else if (action === "dismiss") {
      if (state.dismissed.has(gap.key)) panel.gaps.restore(gap)
      else setAsking(asking === gap.key ? undefined : gap.key)
    } else if (query?.gap?.key === gap.key) panel.query.close()
    else void panel.query.open(gap)
  }

  const answer = ({ gap }: GapEntry, reason: GapReason | undefined) => {
    setAsking(undefined)
    focusCard(list.current, gapKey(gap))
    if (reason) panel.gaps.dismiss(gap, reason)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return
    if (target.closest("input, textarea, .query, .reasons")) return
    const here = entries.indexOf(current)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 }[event.key]
    const goal = to === undefined ? undefined : entries[Math.min(Math.max(to, 0), entries.length - 1)]
    if (goal) {
      event.preventDefault()
      focusCard(list.current, gapKey(goal.gap))
      return
    }
    const action = letterKeys && !event.shiftKey ? GAP_KEYS[event.key.toLowerCase()] : undefined
    if (!action || !target.closest("[data-key]")) return
    event.preventDefault()
    act(current, action)
  }

  const card = (entry: GapEntry) => {
    const { gap } = entry
    const key = gapKey(gap)
    return (
      <li
        key={gap.key}
        onPointerEnter={() => panel.chart.marks.light(key)}
        onPointerLeave={() => panel.chart.marks.light(undefined)}
        onFocus={() => {
          setCurrent(gap.key)
          panel.chart.marks.light(key)
        }}
        onBlur={() => panel.chart.marks.light(undefined)}
      >
        <GapCard
          entry={entry}
          current={entry === current}
          dismissed={state.dismissed.get(gap.key)}
          taken={state.taken.get(gap.key)}
          asking={asking === gap.key}
          text={({ doc }) => panel.chart.text(doc)}
          documentLabel={({ doc }) =>
            documents.length > 1 ? panel.chart.label(doc) || undefined : undefined
          }
          onAction={(action) => act(entry, action)}
          onTake={(option: GapOption) => panel.gaps.take(gap, option)}
          onReason={(reason) => answer(entry, reason)}
        >
          {query?.gap?.key === gap.key ? (
            <QueryComposer onClosed={() => focusCard(list.current, key)} />
          ) : undefined}
        </GapCard>
      </li>
    )
  }
  const { high, medium, folded, away } = next.board
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the cards inside, which hold the focus
    <div className="findings gaps" ref={list} onKeyDown={onKeyDown}>
      <Group title="High" hint="invalid or in conflict" entries={high} card={card} />
      <Group title="Medium" hint="asked by the classification" entries={medium} card={card} />
      <Folded
        line={foldedLine(folded)}
        count={folded.length}
        entries={folded}
        open={open.folded}
        onOpen={(now) => setOpen({ ...open, folded: now })}
        card={card}
      />
      <Folded
        line={`${away.length} dismissed`}
        count={away.length}
        entries={away}
        open={open.away}
        onOpen={(now) => setOpen({ ...open, away: now })}
        card={card}
      />
    </div>
  )
}

interface GroupProps {
  title: string
  hint: string
  entries: GapEntry[]
  card(entry: GapEntry): ReactNode
}

function Group({ title, hint, entries, card }: GroupProps) {
  if (entries.length === 0) return null
  return (
    <section className="group">
      <h2>
        {title}
        <span className="group-hint">{hint}</span>
        <span className="count">{entries.length}</span>
      </h2>
      <ul>{entries.map(card)}</ul>
    </section>
  )
}

interface FoldedProps {
  line: string
  count: number
  entries: GapEntry[]
  open: boolean
  onOpen(open: boolean): void
  card(entry: GapEntry): ReactNode
}

function Folded({ line, count, entries, open, onOpen, card }: FoldedProps) {
  if (count === 0) return null
  return (
    <section className="group group-not">
      <h2>
        <button type="button" aria-expanded={open} onClick={() => onOpen(!open)}>
          <Icon name="more" />
          {line}
        </button>
      </h2>
      {open && <ul>{entries.map(card)}</ul>}
    </section>
  )
}

function visible(board: GapBoard, open: { folded: boolean; away: boolean }): GapEntry[] {
  return entriesOf({
    ...board,
    folded: open.folded ? board.folded : [],
    away: open.away ? board.away : []
  })
}

function focusCard(list: HTMLElement | null, key: string): void {
  for (const card of list?.querySelectorAll<HTMLElement>("[data-key]") ?? []) {
    if (card.dataset.key !== key) continue
    card.focus()
    card.scrollIntoView?.({ block: "nearest" })
    return
  }
}
