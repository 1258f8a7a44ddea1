/** A plain sentence about the state of things, with at most one thing to do about it. */
import type { ReactNode } from "react"
import { Icon, type IconName } from "./icons"

interface Props {
  tone?: "info" | "warn"
  children: ReactNode
  action?: ReactNode
  /** Said at once by screen readers: for things that went wrong just now. */
  alert?: boolean
}

export function Notice({ tone = "info", children, action, alert = false }: Props) {
  const icon: IconName = tone === "warn" ? "warn" : "info"
  return (
    <div className={`notice notice-${tone}`} role={alert ? "alert" : undefined}>
      <Icon name={icon} />
      <div className="notice-text">{children}</div>
      {action && <div className="notice-action">{action}</div>}
    </div>
  )
}

/** Nothing to show yet: why, and what to do. */
export function Empty({
  title,
  children,
  action
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <div className="empty-text">{children}</div>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  )
}

/** Grey shapes where cards will be. Takes the room of the real thing, so that nothing jumps. */
export function Skeleton({ label, cards = 3 }: { label: string; cards?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{label}</span>
      {Array.from({ length: cards }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes without identity
        <div key={index} className="skeleton-card" aria-hidden="true">
          <span style={{ width: "22%" }} />
          <span style={{ width: "86%" }} />
          <span style={{ width: "64%" }} />
        </div>
      ))}
    </div>
  )
}
