/** One gap: what is missing, what it changes, where it was looked for, and what to do about it. */
import { type ReactNode, useId } from "react"
import type { GapOption } from "@/engine/types"
import { Button } from "../components/button"
import { EvidenceQuote, QuotedWords } from "../components/evidence-quote"
import { Icon } from "../components/icons"
import { ReasonPicker } from "../components/reason-picker"
import { quoteInContext } from "../session/context"
import { foundOption, LEVELS, lookedInLine } from "../session/gap-words"
import { GAP_REASONS, type GapEntry, type GapReason } from "../session/gaps-board"
import { gapKey } from "../session/groups"
import { sectionName } from "../session/wording"

export type GapAction = "goTo" | "goToFound" | "take" | "query" | "dismiss" | "lookUp"

/** Key, what it does in words, and its name on the button. */
export const GAP_KEYS: Record<string, GapAction> = {
  g: "goTo",
  e: "goToFound",
  t: "take",
  q: "query",
  d: "dismiss",
  l: "lookUp"
}

interface Props {
  entry: GapEntry
  current: boolean
  dismissed: GapReason | undefined
  taken: GapOption | undefined
  /** Asked for a reason. */
  asking: boolean
  text(evidence: { doc?: string }): string | undefined
  documentLabel(evidence: { doc?: string }): string | undefined
  onAction(action: GapAction): void
  onTake(option: GapOption): void
  onReason(reason: GapReason | undefined): void
  /** The query, while it is written here. */
  children?: ReactNode
}

const QUOTES = 2
const OPTIONS = 8

export function GapCard(props: Props) {
  const { entry, current, dismissed, taken, asking, onAction, onReason, children } = props
  const { gap } = entry
  const titleId = useId()
  const tabIndex = current ? 0 : -1
  return (
    <article
      className="card gap-card"
      data-key={gapKey(gap)}
      data-decision={dismissed ? "dismissed" : taken ? "accepted" : undefined}
      tabIndex={tabIndex}
      aria-labelledby={titleId}
      aria-keyshortcuts="G E T Q D L"
    >
      <h3 className="gap-title" id={titleId}>
        {gap.title}
      </h3>
      <p className="gap-marks">
        {gap.safety && <span className="mark mark-header">Safety</span>}
        <span className="mark">{LEVELS[gap.level]}</span>
        {gap.code && <span className="code">{gap.code.code}</span>}
        {gap.guideline && <span className="mark">Guideline {gap.guideline}</span>}
        {dismissed && (
          <span className="mark mark-dismissed">
            <Icon name="close" />
            Dismissed: {GAP_REASONS[dismissed].toLowerCase()}
          </span>
        )}
      </p>
      <p className="gap-text">{gap.text}</p>
      {gap.evidence.slice(0, QUOTES).map((evidence) => (
        <EvidenceQuote
          key={`${evidence.doc} ${evidence.start}`}
          evidence={evidence}
          text={props.text(evidence)}
          document={props.documentLabel(evidence)}
        />
      ))}
      <Options {...props} tabIndex={tabIndex} />
      <Found {...props} tabIndex={tabIndex} />
      <p className="fine-print">
        {lookedInLine(gap)}
        {gap.foundElsewhere ? "" : ": not found"}
      </p>
      <div className="card-actions">
        <Button
          tabIndex={tabIndex}
          title="Draft a query to the provider (Q)"
          aria-label={`Draft a query: ${gap.title}`}
          aria-expanded={children !== undefined}
          onClick={() => onAction("query")}
        >
          Draft a query
        </Button>
        <Button
          look="quiet"
          tabIndex={tabIndex}
          title="Dismiss (D)"
          aria-label={`Dismiss ${gap.title}`}
          aria-pressed={dismissed !== undefined}
          onClick={() => onAction("dismiss")}
        >
          Dismiss
        </Button>
        <Button
          look="quiet"
          tabIndex={tabIndex}
          title="Go to its words in the chart (G)"
          aria-label={`Go to ${gap.title}`}
          onClick={() => onAction("goTo")}
        >
          Go to
        </Button>
        {gap.code && (
          <Button
            look="quiet"
            tabIndex={tabIndex}
            title="Look up (L)"
            aria-label={`Look up ${gap.code.code}`}
            onClick={() => onAction("lookUp")}
          >
            Look up
          </Button>
        )}
      </div>
      {asking && (
        <ReasonPicker
          label="Dismiss: why?"
          reasons={GAP_REASONS}
          onPick={onReason}
          onCancel={() => onReason(undefined)}
        />
      )}
      {children}
    </article>
  )
}

type Inner = Props & { tabIndex: number }

/** What could be documented, and the code each leads to. */
function Options({ entry: { gap }, taken, tabIndex, onTake }: Inner) {
  if (gap.options.length === 0) return null
  const shown = gap.options.slice(0, OPTIONS)
  const more = gap.options.length - shown.length
  return (
    <fieldset className="axis gap-options">
      <legend>If documented:</legend>
      {shown.map((option) =>
        option.code === undefined || !gap.code ? (
          <span key={option.value} className="chip chip-plain">
            {option.value}
          </span>
        ) : (
          <button
            key={option.value}
            type="button"
            className="chip"
            tabIndex={tabIndex}
            aria-pressed={taken?.value === option.value}
            title={option.title}
            onClick={() => onTake(option)}
          >
            {option.value} <span className="code">{option.code}</span>
          </button>
        )
      )}
      {more > 0 && <span className="quiet">and {more} more: look it up</span>}
    </fieldset>
  )
}

/** Words away from the diagnosis that answer it. */
function Found({ entry: { gap }, taken, tabIndex, text, documentLabel, onAction }: Inner) {
  const found = gap.foundElsewhere
  if (!found) return null
  const option = foundOption(gap)
  const where = [documentLabel(found), sectionName(found.section)].filter(Boolean).join(", ")
  const may = option?.code !== undefined && gap.code !== undefined
  return (
    <div className="gap-found">
      <p>
        <strong>Found elsewhere: {found.value}</strong>
      </p>
      <figure className="evidence">
        <QuotedWords {...quoteInContext(text(found), found)} />
        <figcaption>
          <span className="evidence-where">{where}</span>
        </figcaption>
      </figure>
      <div className="card-actions">
        {may && (
          <Button
            tabIndex={tabIndex}
            title="Take this value (T)"
            aria-pressed={taken?.value === found.value}
            onClick={() => onAction("take")}
          >
            Take {found.value}: {option?.code}
          </Button>
        )}
        <Button
          look="quiet"
          tabIndex={tabIndex}
          title="Go to these words (E)"
          aria-label={`Go to these words: ${found.value}`}
          onClick={() => onAction("goToFound")}
        >
          Go to these words
        </Button>
      </div>
    </div>
  )
}
