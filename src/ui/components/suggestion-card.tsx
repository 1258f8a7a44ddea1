/** One suggestion: code, title, the words it rests on, what could still be said, and what to do with it. */
import { useId, useState } from "react"
import type { Evidence } from "@/engine/types"
import { DISMISS_REASONS, type DismissReason } from "@/worksheet/sheet"
import type { ShownAxis } from "../session/axes"
import type { CodeLineData } from "../session/code-detail"
import type { SuggestionItem } from "../session/groups"
import { QUOTES_SHOWN } from "../session/held"
import { LANES, plural } from "../session/wording"
import { AxisChips } from "./axis-chips"
import { Button } from "./button"
import { CodeMarks } from "./code-line"
import { EvidenceQuote } from "./evidence-quote"
import { Icon } from "./icons"
import { ReasonPicker } from "./reason-picker"

export type CardAction = "accept" | "dismiss" | "copy" | "fill" | "goTo" | "lookUp"

/** What the coder decided about the code of a card; the card stays where it is. */
export type Decision = { kind: "accepted"; place: string } | { kind: "dismissed"; reason: DismissReason }

interface Props {
  item: SuggestionItem
  /** Code chosen through the axes, instead of the suggested one. */
  chosen: CodeLineData | undefined
  axes: ShownAxis[]
  current: boolean
  decision: Decision | undefined
  /** Asked for a reason, below the card. */
  asking: boolean
  onReason(reason: DismissReason | undefined): void
  documentLabel(evidence: Evidence): string | undefined
  text(evidence: Evidence): string | undefined
  onChoose(code: string | undefined): void
  onAction(action: CardAction): void
}

export function SuggestionCard(props: Props) {
  const { item, chosen, axes, current, decision, onChoose, onAction } = props
  const { suggestion } = item
  const [all, setAll] = useState(false)
  const titleId = useId()
  const tabIndex = current ? 0 : -1
  const shown = chosen ?? suggestion
  const more = suggestion.evidence.length - QUOTES_SHOWN
  return (
    <article
      className="card"
      data-decision={decision?.kind}
      data-key={item.key}
      tabIndex={tabIndex}
      aria-labelledby={titleId}
      aria-keyshortcuts="A D C F G L"
    >
      <div className="code-line" id={titleId}>
        <div className="code-line-head">
          <span className="code">{shown.code}</span>
          <CodeMarks system={shown.system} billable={shown.billable} />
          {suggestion.lane && <span className="mark">{LANES[suggestion.lane]}</span>}
          {decision && <DecisionMark decision={decision} />}
        </div>
        <div className="code-line-title">{shown.title}</div>
      </div>
      {chosen && (
        <p className="card-instead">
          instead of {suggestion.code}
          <Button look="quiet" tabIndex={tabIndex} onClick={() => onChoose(undefined)}>
            Take back
          </Button>
        </p>
      )}
      {suggestion.evidence.slice(0, all ? undefined : QUOTES_SHOWN).map((evidence) => (
        <EvidenceQuote
          key={`${evidence.doc} ${evidence.start} ${evidence.term}`}
          evidence={evidence}
          text={props.text(evidence)}
          document={props.documentLabel(evidence)}
        />
      ))}
      {more > 0 && !all && (
        <Button look="quiet" className="more" tabIndex={tabIndex} onClick={() => setAll(true)}>
          {plural(more, "more mention")}
        </Button>
      )}
      {axes.map((axis) => (
        <AxisChips
          key={axis.name + axis.options[0]?.code}
          axis={axis}
          onChoose={onChoose}
          tabIndex={tabIndex}
        />
      ))}
      <CardActions tabIndex={tabIndex} code={shown.code} decision={decision} onAction={onAction} />
      {props.asking && (
        <ReasonPicker
          label={`Dismiss ${shown.code}: why?`}
          reasons={DISMISS_REASONS}
          onPick={props.onReason}
          onCancel={() => props.onReason(undefined)}
        />
      )}
    </article>
  )
}

/** Said in words as well: colour alone says nothing. */
export function DecisionMark({ decision }: { decision: Decision }) {
  return decision.kind === "accepted" ? (
    <span className="mark mark-accepted">
      <Icon name="good" />
      Accepted, {decision.place}
    </span>
  ) : (
    // The reason would break the line, and what stands below would move: it is said, and shown on pointing.
    <span className="mark mark-dismissed" title={DISMISS_REASONS[decision.reason]}>
      <Icon name="close" />
      Dismissed
      <span className="unseen">: {DISMISS_REASONS[decision.reason].toLowerCase()}</span>
    </span>
  )
}

interface ActionsProps {
  tabIndex: number
  code: string
  decision: Decision | undefined
  onAction(action: CardAction): void
}

function CardActions({ tabIndex, code, decision, onAction }: ActionsProps) {
  const action = (
    name: CardAction,
    label: string,
    key: string,
    look: "plain" | "quiet",
    pressed?: boolean
  ) => (
    <Button
      look={look}
      tabIndex={tabIndex}
      title={`${label} (${key})`}
      aria-label={`${label} ${code}`}
      aria-pressed={pressed}
      onClick={() => onAction(name)}
    >
      {label}
    </Button>
  )
  return (
    <div className="card-actions">
      {action("accept", "Accept", "A", "plain", decision?.kind === "accepted")}
      {action("copy", "Copy", "C", "quiet")}
      {action("fill", "Fill", "F", "quiet")}
      {action("dismiss", "Dismiss", "D", "quiet", decision?.kind === "dismissed")}
      {action("goTo", "Go to", "G", "quiet")}
      {action("lookUp", "Look up", "L", "quiet")}
    </div>
  )
}
