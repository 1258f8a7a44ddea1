/** The Alphabetic Index to leaf through: main terms, subterms, references, and the two tables. */
import { useEffect, useMemo, useRef, useState } from "react"
import type { IndexSource } from "@/classification/model"
import { Icon } from "../components/icons"
import { Empty } from "../components/notice"
import { Tree } from "../components/tree"
import { indexLabel, indexPack } from "../session/browse-places"
import { INDEX_PAGE, type IndexState, toggled } from "../session/browse-session"
import { type IndexTreeLine, indexLines, lineOfPath, mainTermCount, placeOfLine } from "../session/index-walk"
import { useWatched } from "../session/state"
import { IndexEntry } from "./index-entry"
import { MoreLines } from "./more-lines"
import { usePanel } from "./panel-context"
import { PlaceHead } from "./place-head"

/** Main terms before the one that was sought, so that one sees where one is. */
const BEFORE = 2

export function IndexView({ source, at }: { source: IndexSource; at: string | undefined }) {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const { visit } = useWatched(panel.view)
  const pack = indexPack(packs, source)
  const state = panel.browse.index(source, pack)
  const { from, to, letters, open, current } = useWatched(state)
  const [focus, setFocus] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const book = pack?.indexBook
  const lines = useMemo(
    () => (book ? indexLines(book, source, from, to, open) : []),
    [book, source, from, to, open]
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a step to this place moves in it
  useEffect(() => {
    if (!pack) return
    const here = panel.place
    const kept = panel.browse.kept(here, pack)
    if (kept) state.set(kept)
    return () => panel.browse.keep(here, pack, state.get())
  }, [visit, pack])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a step to this place moves in it
  useEffect(() => {
    if (!panel.takeFocus()) return
    const line = book && at !== undefined && panel.browse.isNew(panel.place) ? lineAt(book, source, at) : -1
    const place = book && line >= 0 ? placeOfLine(book, line) : undefined
    if (place) {
      state.patch({
        ...windowAt(place.position),
        open: new Set([...state.get().open, ...place.path]),
        current: line
      })
    }
    if (place || state.get().current !== undefined) setFocus((times) => times + 1)
    else field.current?.focus()
  }, [visit, book])

  if (!pack || !book) return <Empty title={`The ${indexLabel(source)} is not open`} />

  const total = mainTermCount(book, source)
  const seek = (text: string) => {
    const position = Math.min(book.seek(source, text), Math.max(0, total - 1))
    const [line] = book.mainTerms(source, position, 1)
    state.patch({
      letters: text,
      ...(text.trim() === "" ? windowAt(0) : windowAt(position)),
      current: line?.id
    })
  }
  const toggle = (line: IndexTreeLine, next: boolean) =>
    state.patch({ open: toggled(open, line.line.id, next), current: line.line.id })
  const system = pack.info.system
  const openCode = (code: string) => panel.lookUp({ system, code })
  const follow = (reference: string) => {
    const line = book.follow(reference)
    if (line >= 0) panel.go({ kind: "index", source: book.line(line).source, at: reference })
    else panel.searchFor(reference)
  }
  const more = (end: "first" | "last") =>
    state.patch(
      end === "last" ? { to: Math.min(total, to + INDEX_PAGE) } : { from: Math.max(0, from - INDEX_PAGE) }
    )

  return (
    <div className="browse">
      <PlaceHead title={indexLabel(source)} release={pack.info.borrowedFrom ?? pack.info.release}>
        <div className="search-field seek-field">
          <Icon name="search" />
          <input
            ref={field}
            type="text"
            aria-label="Go to a main term"
            autoComplete="off"
            spellCheck={false}
            placeholder="First letters of a main term"
            value={letters}
            onChange={(event) => seek(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown" && event.key !== "Enter") return
              event.preventDefault()
              setFocus((times) => times + 1)
            }}
          />
        </div>
      </PlaceHead>
      {from > 0 && <MoreLines label="Terms before" byHand onMore={() => more("first")} />}
      <Tree
        label={indexLabel(source)}
        lines={lines}
        current={current === undefined ? undefined : String(current)}
        focus={focus}
        onCurrent={(id) => state.patch({ current: Number(id) })}
        onToggle={toggle}
        onAct={(line) => {
          const { code, row, see, cells, seeAlso } = line.line
          if (row !== undefined && code !== undefined) openCode(pack.code(row))
          else if (see !== undefined) follow(see)
          else if (line.expanded !== undefined) toggle(line, !line.expanded)
          else if (seeAlso !== undefined && !cells) follow(seeAlso)
        }}
        onType={(text) => seek(text)}
        onEdge={more}
        row={({ line, expanded }, isCurrent) => (
          <IndexEntry
            line={line}
            expanded={expanded === true}
            columns={book.columns(source)}
            tabIndex={isCurrent ? 0 : -1}
            onCode={openCode}
            onBeginning={(prefix) => panel.go({ kind: "pcs", prefix })}
            onFollow={follow}
          />
        )}
      />
      {to < total && <MoreLines label="Terms behind" onMore={() => more("last")} />}
    </div>
  )
}

function windowAt(position: number): Pick<IndexState, "from" | "to"> {
  const from = Math.max(0, position - BEFORE)
  return { from, to: from + INDEX_PAGE }
}

/** A reference as printed, or a path as codes name it. */
function lineAt(book: Parameters<typeof lineOfPath>[0], source: IndexSource, text: string): number {
  const line = book.follow(text)
  return line >= 0 ? line : lineOfPath(book, source, text)
}
