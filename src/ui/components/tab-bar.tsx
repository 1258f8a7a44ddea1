/** Tabs with roving focus: arrows move and switch, Tab goes on to the panel. */
import { type KeyboardEvent, type ReactNode, useRef } from "react"

interface Props<T extends string> {
  label: string
  tabs: { id: T; label: string; count?: number }[]
  current: T
  onChange(id: T, by: "pointer" | "keys"): void
  /** At the far end of the line, beside the tabs. */
  children?: ReactNode
}

export const tabId = (id: string) => `tab-${id}`
export const tabPanelId = (id: string) => `tab-panel-${id}`

export function TabBar<T extends string>({ label, tabs, current, onChange, children }: Props<T>) {
  const bar = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const here = tabs.findIndex((tab) => tab.id === current)
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]!
    onChange(next.id, "keys")
    bar.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus()
  }
  return (
    <div className="tab-bar">
      <div className="tabs" role="tablist" aria-label={label} ref={bar} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            type="button"
            key={tab.id}
            id={tabId(tab.id)}
            role="tab"
            aria-selected={tab.id === current}
            aria-controls={tabPanelId(tab.id)}
            tabIndex={tab.id === current ? 0 : -1}
            onClick={() => onChange(tab.id, "pointer")}
          >
            {tab.label}
            {tab.count !== undefined && <span className="count">{tab.count}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
