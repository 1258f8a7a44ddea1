/** Not suggested, and why: the words that decided, and the rule. */
import { useId } from "react"
import type { Evidence } from "@/engine/types"
import type { SuppressedItem } from "../session/groups"
import { REASONS } from "../session/wording"
import { Button } from "./button"
import { EvidenceQuote } from "./evidence-quote"
import type { CardAction } from "./suggestion-card"

interface Props {
  item: SuppressedItem
  current: boolean
  text(evidence: Evidence): string | undefined
  documentLabel(evidence: Evidence): string | undefined
  onAction(action: CardAction): void
}

export function SuppressedCard({ item, current, text, documentLabel, onAction }: Props) {
  const { code, title, reason, trigger, rule, evidence } = item.suppressed
  const titleId = useId()
  const tabIndex = current ? 0 : -1
  const first = evidence[0]
  return (
    <article
      className="card card-not"
      data-key={item.key}
      tabIndex={tabIndex}
      aria-labelledby={titleId}
      aria-keyshortcuts="G L"
    >
      <div className="code-line" id={titleId}>
        <div className="code-line-title">
          <span className="code">{code}</span> {title}
        </div>
      </div>
      <p className="why">
        <strong>{REASONS[reason]}</strong>
        {trigger && (
          <>
            : <q>{trigger.text}</q>
          </>
        )}
        <span className="rule">{rule}</span>
      </p>
      {first && <EvidenceQuote evidence={first} text={text(first)} document={documentLabel(first)} />}
      <div className="card-actions">
        <Button
          look="quiet"
          tabIndex={tabIndex}
          aria-label={`Go to ${code}`}
          title="Go to (G)"
          onClick={() => onAction("goTo")}
        >
          Go to
        </Button>
        <Button
          look="quiet"
          tabIndex={tabIndex}
          aria-label={`Look up ${code}`}
          title="Look up (L)"
          onClick={() => onAction("lookUp")}
        >
          Look up
        </Button>
      </div>
    </article>
  )
}
