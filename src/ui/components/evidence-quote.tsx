/** The words a suggestion rests on, in their sentence, with section and why. */
import type { Evidence } from "@/engine/types"
import { type QuoteInContext, quoteInContext } from "../session/context"
import { sectionName, wayOf } from "../session/wording"

interface Props {
  evidence: Evidence
  /** Document the evidence counts in, while it is known. */
  text: string | undefined
  /** Named when the chart has several documents. */
  document?: string
}

export function EvidenceQuote({ evidence, text, document }: Props) {
  const { before, quote, after } = quoteInContext(text, evidence)
  const where = [document, sectionName(evidence.section)].filter(Boolean).join(", ")
  return (
    <figure className="evidence">
      <QuotedWords {...{ before, quote, after }} />
      <figcaption>
        {where && <span className="evidence-where">{where}</span>}
        <span className="evidence-via">{wayOf(evidence.via)}</span>
      </figcaption>
    </figure>
  )
}

/** The words in their sentence. */
export function QuotedWords({ before, quote, after }: QuoteInContext) {
  return (
    <blockquote>
      {before}
      <mark>{quote}</mark>
      {after}
    </blockquote>
  )
}
