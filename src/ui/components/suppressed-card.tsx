/** Not suggested, and why: the words that decided, and the rule. */
import { useId } from "react"
import type { Evidence } from "@/engine/types"
import type { SuppressedItem } from "../session/groups"
import { REASONS } from "../session/wording"
import { Button } from "./button"
import { EvidenceQuote } from "./evidence-quote"
import { type CardAction, type Decision, DecisionMark } from "./suggestion-card"

interface Props {
  item: SuppressedItem
  current: boolean
  decision: Decision | undefined
  text(evidence: Evidence): string | undefined
  documentLabel(evidence: Evidence): string | undefined
  onAction(action: CardAction): void
}

export function SuppressedCard({ item, current, decision, text, documentLabel, onAction }: Props) {
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
      aria-keyshortcuts="O G L"
      data-decision={decision?.kind}
    >
      <div className="code-line" id={titleId}>
        <div className="code-line-title">
          <span className="code">{code}</span> {title}
          {decision && (
            <>
              {" "}
              <DecisionMark decision={decision} />
            </>
          )}
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
          aria-label={`Overrule and accept ${code}`}
          aria-pressed={decision?.kind === "accepted"}
          title="Accept it all the same (O)"
          onClick={() => onAction("accept")}
        >
          Overrule
        </Button>
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
