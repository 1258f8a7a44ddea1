/** The cards: groups, roving focus, keys, and marks in the page for the card that is looked at. */
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import type { CodeRef } from "@/classification/model"
import type { Evidence, Findings } from "@/engine/types"
import {
  type DismissReason,
  dismissalOf,
  letterAt,
  linesOf,
  type Sheet,
  type SheetLine
} from "@/worksheet/sheet"
import { Button } from "../components/button"
import { Icon } from "../components/icons"
import { type CardAction, type Decision, SuggestionCard } from "../components/suggestion-card"
import { SuppressedCard } from "../components/suppressed-card"
import { tabId } from "../components/tab-bar"
import { axesOf, chooseRow, plainAxes, type ShownAxis } from "../session/axes"
import type { ChartState } from "../session/chart-state"
import { type CodeLineData, lineOf } from "../session/code-detail"
import {
  type FindingGroups,
  groupFindings,
  type Item,
  isRoutine,
  type SuggestionItem,
  type SuppressedItem
} from "../session/groups"
import { NOTHING_HELD } from "../session/panel-model"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { groundsOf } from "../session/worksheet-desk"
import { EmptyFindings } from "./empty-findings"
import { usePanel } from "./panel-context"
import { useHeld } from "./use-held"

const KEYS: Record<string, CardAction> = {
  a: "accept",
  o: "accept",
  d: "dismiss",
  c: "copy",
  f: "fill",
  g: "goTo",
  l: "lookUp"
}

export function FindingsList({ state, findings }: { state: ChartState; findings: Findings }) {
  const panel = usePanel()
  const { letterKeys } = useWatched(panel.settings)
  const { visit } = useWatched(panel.view)
  const list = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => groupFindings(findings), [findings])
  const { shown, showNow } = useHeld(list, groups, state.epoch)
  const [open, setOpen] = useState(false)
  const [openRoutine, setOpenRoutine] = useState(false)
  const choices = useChoices(state.epoch)
  const items = visibleItems(shown.groups, open, openRoutine)
  const [currentKey, setCurrent] = useState<string>()
  const current = items.find((item) => item.key === currentKey) ?? items[0]
  const [asking, setAsking] = useState<string>()
  const { history } = useWatched(panel.worksheet.state)

  const { waiting } = shown

  useEffect(() => () => panel.chart.marks.light(undefined), [panel])
  useEffect(() => {
    panel.held.set({ waiting, show: showNow })
    return () => panel.held.set(NOTHING_HELD)
  }, [panel, waiting, showNow])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `visit` rises when one comes back from a code
  useEffect(() => {
    const key = panel.takeCard()
    if (key === undefined) return
    if (!focusCard(list.current, key)) document.getElementById(tabId("chart"))?.focus()
  }, [panel, visit])

  const act = (item: Item, action: CardAction) => {
    const code =
      item.kind === "suggestion"
        ? (choices.of(item) ?? item.suggestion)
        : { ...item.suppressed, billable: true }
    if (action === "lookUp") panel.lookUp(code, item.key)
    else if (action === "goTo") void panel.goTo(item.key)
    else if (action === "accept") accept(item, code)
    else if (item.kind === "suppressed") return
    else if (action === "dismiss") dismiss(item, code)
    else if (action === "copy") void panel.copy(code)
    else void panel.fillWith(code, state.epoch)
  }

  /** Pressed again it takes the code off the worksheet. */
  const accept = (item: Item, code: CodeLineData) => {
    const [line] = linesOf(history.sheet, code)
    if (line) void panel.desk.remove(line.id)
    else if (item.kind === "suppressed") void panel.desk.overrule(item.suppressed)
    else void panel.desk.acceptSuggestion(item.suggestion, choices.of(item))
  }

  const dismiss = (item: SuggestionItem, code: CodeLineData) => {
    if (dismissalOf(history.sheet, code)) void panel.desk.restore(code)
    else if (linesOf(history.sheet, code).length > 0)
      panel.announcer.say(`${code.code} is on the worksheet. Take it off first (A).`)
    else setAsking(asking === item.key ? undefined : item.key)
  }

  const answer = (item: SuggestionItem, reason: DismissReason | undefined) => {
    setAsking(undefined)
    focusCard(list.current, item.key)
    if (reason === undefined) return
    const { suggestion } = item
    void panel.desk.dismiss(choices.of(item) ?? suggestion, reason, groundsOf(suggestion))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return
    const here = items.indexOf(current)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key]
    const next = to === undefined ? undefined : items[Math.min(Math.max(to, 0), items.length - 1)]
    if (next) {
      event.preventDefault()
      focusCard(list.current, next.key)
      return
    }
    const action = letterKeys && !event.shiftKey ? KEYS[event.key.toLowerCase()] : undefined
    const card = (event.target as HTMLElement).closest("[data-key]")
    if (!action || !card) return
    event.preventDefault()
    act(current, action)
  }

  const text = (evidence: Evidence) => panel.chart.text(evidence.doc)
  const documentLabel = (evidence: Evidence) =>
    state.documents.length > 1 ? panel.chart.label(evidence.doc) || undefined : undefined
  const frame = (item: Item, card: ReactNode) => (
    <li
      key={item.key}
      onPointerEnter={() => panel.chart.marks.light(item.key)}
      onPointerLeave={() => panel.chart.marks.light(focusedKey(list.current))}
      onFocus={() => {
        setCurrent(item.key)
        panel.chart.marks.light(item.key)
      }}
      onBlur={() => panel.chart.marks.light(undefined)}
    >
      {card}
    </li>
  )
  const suggestionCard = (item: SuggestionItem) =>
    frame(
      item,
      <SuggestionCard
        item={item}
        chosen={choices.of(item)}
        axes={choices.axes(item)}
        current={item === current}
        decision={decisionOf(history.sheet, choices.of(item) ?? item.suggestion)}
        asking={asking === item.key}
        onReason={(reason) => answer(item, reason)}
        text={text}
        documentLabel={documentLabel}
        onChoose={(code) => choices.choose(item, code)}
        onAction={(action) => act(item, action)}
      />
    )
  const suppressedCard = (item: SuppressedItem) =>
    frame(
      item,
      <SuppressedCard
        item={item}
        current={item === current}
        decision={decisionOf(history.sheet, item.suppressed)}
        text={text}
        documentLabel={documentLabel}
        onAction={(action) => act(item, action)}
      />
    )
  const { code, consider, lane, suppressed } = shown.groups
  const told = suppressed.filter((item) => !isRoutine(item))
  const routine = suppressed.filter(isRoutine)

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the cards inside, which hold the focus
    <div className="findings" ref={list} onKeyDown={onKeyDown}>
      {code.length + consider.length + lane.length === 0 && <EmptyFindings documents={state.documents} />}
      <Group title="Code" hint="assessed by the provider" items={code} card={suggestionCard} />
      <Group title="Consider" hint="mentioned, not assessed" items={consider} card={suggestionCard} />
      <Group title="Status, history, external cause" items={lane} card={suggestionCard} />
      {suppressed.length > 0 && (
        <section className="group group-not">
          <h2>
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              <Icon name="more" />
              Not suggested, and why
              <span className="count">{suppressed.length}</span>
            </button>
          </h2>
          {open && (
            <ul>
              {told.map(suppressedCard)}
              {routine.length > 0 && (
                <li className="routine">
                  <Button
                    look="quiet"
                    aria-expanded={openRoutine}
                    onClick={() => setOpenRoutine(!openRoutine)}
                  >
                    {plural(routine.length, "negative")} of the review of systems and of template text
                  </Button>
                </li>
              )}
              {openRoutine && routine.map(suppressedCard)}
            </ul>
          )}
        </section>
      )}
      {findings.notices.map((notice) => (
        <p key={notice} className="fine-print">
          {notice}
        </p>
      ))}
      <p className="fine-print">Suggestions to verify against the record. The coder decides.</p>
    </div>
  )
}

/** What the worksheet says about the code that a card shows. */
function decisionOf(sheet: Sheet, code: CodeRef): Decision | undefined {
  const [line] = linesOf(sheet, code)
  if (line) {
    const list: readonly SheetLine[] = line.kind === "diagnosis" ? sheet.diagnoses : sheet.procedures
    const at = list.indexOf(line)
    return {
      kind: "accepted",
      place: line.kind === "diagnosis" ? (letterAt(at) ?? `${at + 1}`) : `line ${at + 1}`
    }
  }
  const dismissal = dismissalOf(sheet, code)
  return dismissal && { kind: "dismissed", reason: dismissal.reason }
}

interface GroupProps {
  title: string
  hint?: string
  items: SuggestionItem[]
  card(item: SuggestionItem): ReactNode
}

function Group({ title, hint, items, card }: GroupProps) {
  if (items.length === 0) return null
  return (
    <section className="group">
      <h2>
        {title}
        {hint && <span className="group-hint">{hint}</span>}
        <span className="count">{items.length}</span>
      </h2>
      <ul>{items.map(card)}</ul>
    </section>
  )
}

/** Codes chosen through axes, by card. They belong to one chart. */
function useChoices(epoch: number) {
  const panel = usePanel()
  useWatched(panel.lookup.state)
  const chosen = useWatched(panel.choices)
  const codes = chosen.epoch === epoch ? chosen.codes : new Map<string, string>()
  const placeOf = (item: SuggestionItem) => {
    const code = codes.get(item.key)
    return code === undefined ? undefined : panel.lookup.find({ system: item.suggestion.system, code })
  }
  return {
    of(item: SuggestionItem): CodeLineData | undefined {
      const place = placeOf(item)
      return place && lineOf(place.pack, place.row)
    },
    axes(item: SuggestionItem): ShownAxis[] {
      const { system, code, axes } = item.suggestion
      if (axes.length === 0) return []
      const place = placeOf(item) ?? panel.lookup.find({ system, code })
      return place ? axesOf(place.pack, axes, place.row) : plainAxes(axes, code)
    },
    /** @param code undefined goes back to the suggested one */
    choose(item: SuggestionItem, code: string | undefined) {
      const { system, code: suggested } = item.suggestion
      const from = placeOf(item) ?? panel.lookup.find({ system, code: suggested })
      const chosen = code === undefined ? undefined : panel.lookup.find({ system, code })
      if (code !== undefined && !(from && chosen)) {
        panel.announcer.say(`${code} cannot be shown: its code set is not open yet.`, "warn")
        return
      }
      const next = new Map(codes)
      const row = from && chosen ? chooseRow(chosen.pack, from.row, chosen.row) : undefined
      const to = row === undefined || !chosen ? suggested : chosen.pack.code(row)
      if (to === suggested) next.delete(item.key)
      else next.set(item.key, to)
      panel.choices.set({ epoch, codes: next })
    }
  }
}

function visibleItems(groups: FindingGroups, open: boolean, routine: boolean): Item[] {
  const told = groups.suppressed.filter((item) => !isRoutine(item))
  const rest = routine ? groups.suppressed.filter(isRoutine) : []
  return [...groups.code, ...groups.consider, ...groups.lane, ...(open ? [...told, ...rest] : [])]
}

/** @returns false when the card is no longer there */
function focusCard(list: HTMLElement | null, key: string): boolean {
  const cards = list?.querySelectorAll<HTMLElement>("[data-key]") ?? []
  for (const card of cards) {
    if (card.dataset.key !== key) continue
    card.focus()
    card.scrollIntoView?.({ block: "nearest" })
    return true
  }
  return false
}

function focusedKey(list: HTMLElement | null): string | undefined {
  const active = list?.ownerDocument.activeElement
  return list?.contains(active ?? null) ? active?.closest<HTMLElement>("[data-key]")?.dataset.key : undefined
}
