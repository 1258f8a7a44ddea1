/** The words a suggestion rests on, in their sentence, with section and why. */
import type { Evidence } from "@/engine/types"
import { quoteInContext } from "../session/context"
import { sectionName } from "../session/wording"

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
      <blockquote>
        {before}
        <mark>{quote}</mark>
        {after}
      </blockquote>
      <figcaption>
        {where && <span className="evidence-where">{where}</span>}
        <span className="evidence-via">{why(evidence.via)}</span>
      </figcaption>
    </figure>
  )
}

function why(via: string): string {
  if (via === "title") return "Title of the code"
  if (via === "includes") return "Inclusion term"
  return via.charAt(0).toUpperCase() + via.slice(1)
}
