/**
 * An accessible tree of lines that are opened as they are asked for (ARIA tree with roving focus):
 * up and down walk, right opens and goes in, left closes and goes out, Enter acts, letters seek.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react"
import { Icon } from "./icons"

export interface TreeLine {
  id: string
  /** 1 for the outermost. */
  level: number
  /** undefined: nothing below it. */
  expanded?: boolean
  position: number
  /** Lines on its level under the same parent; -1 when not known. */
  size: number
}

interface Props<T extends TreeLine> {
  label: string
  lines: T[]
  /** Id of the line that holds the focus when the tree has it. */
  current: string | undefined
  /** Rises when the current line is to take the focus. */
  focus: number
  row(line: T, current: boolean): ReactNode
  onCurrent(id: string): void
  onToggle(line: T, open: boolean): void
  /** Enter, or a click on the words. */
  onAct(line: T): void
  /** Letters typed within a moment of each other. */
  onType(text: string): void
  /** An arrow went over an end of what is loaded. */
  onEdge?(end: "first" | "last"): void
}

const TYPING = 900

export function Tree<T extends TreeLine>(props: Props<T>) {
  const { label, lines, focus, row, onCurrent, onToggle, onAct } = props
  const list = useRef<HTMLDivElement>(null)
  const byKey = useRef(false)
  const typed = useRef({ text: "", at: 0 })
  const current = lines.some(({ id }) => id === props.current) ? props.current : lines[0]?.id

  // biome-ignore lint/correctness/useExhaustiveDependencies: `focus` rises when the focus is asked for
  useEffect(() => {
    if (focus > 0) focusLine(list.current, current)
  }, [focus])
  useEffect(() => {
    if (byKey.current) focusLine(list.current, current)
    byKey.current = false
  }, [current])

  const to = (line: T | undefined) => {
    if (!line || line.id === current) return
    byKey.current = true
    onCurrent(line.id)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = lines.findIndex(({ id }) => id === current)
    const here = lines[at]
    if (!here) return
    const inside =
      event.target !== event.currentTarget && !(event.target as HTMLElement).matches("[role=treeitem]")
    const go: Record<string, () => void> = {
      ArrowDown: () => (at === lines.length - 1 ? props.onEdge?.("last") : to(lines[at + 1])),
      ArrowUp: () => (at === 0 ? props.onEdge?.("first") : to(lines[at - 1])),
      Home: () => to(lines[0]),
      End: () => to(lines.at(-1)),
      ArrowRight: () => (here.expanded === false ? onToggle(here, true) : here.expanded && to(lines[at + 1])),
      ArrowLeft: () =>
        here.expanded
          ? onToggle(here, false)
          : to(lines.slice(0, at).findLast(({ level }) => level < here.level)),
      Enter: () => onAct(here)
    }
    const known = go[event.key]
    // A link inside of the line has Enter of its own.
    if (known && !(inside && event.key === "Enter")) {
      event.preventDefault()
      known()
    } else if (event.key.length === 1 && /[\p{L}\p{N}.]/u.test(event.key)) {
      event.preventDefault()
      event.stopPropagation()
      const now = Date.now()
      const before = now - typed.current.at < TYPING ? typed.current.text : ""
      typed.current = { text: before + event.key, at: now }
      byKey.current = true
      props.onType(typed.current.text)
    }
  }

  return (
    <div ref={list} className="tree" role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {lines.map((line) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
        <div
          key={line.id}
          role="treeitem"
          data-id={line.id}
          className="tree-line"
          style={{ "--level": line.level - 1 } as React.CSSProperties}
          aria-level={line.level}
          aria-expanded={line.expanded}
          aria-setsize={line.size}
          aria-posinset={line.position}
          aria-selected={line.id === current}
          tabIndex={line.id === current ? 0 : -1}
          onFocus={(event) => event.target === event.currentTarget && onCurrent(line.id)}
          onClick={(event) => {
            const arrow = (event.target as Element).closest(".tree-arrow")
            if (arrow && line.expanded !== undefined) onToggle(line, !line.expanded)
            else onAct(line)
          }}
        >
          <span className="tree-arrow" aria-hidden="true">
            {line.expanded !== undefined && <Icon name="more" />}
          </span>
          {row(line, line.id === current)}
        </div>
      ))}
    </div>
  )
}

function focusLine(list: HTMLElement | null, id: string | undefined): void {
  if (id === undefined) return
  const lines = list?.querySelectorAll<HTMLElement>("[data-id]") ?? []
  const line = [...lines].find((each) => each.dataset.id === id)
  line?.focus()
  line?.scrollIntoView?.({ block: "nearest" })
}
