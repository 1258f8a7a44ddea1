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

/** "title; syn.renal": the way to the code, as a person would say it. */
function why(via: string): string {
  const ways = via.split("; ").map((way) => {
    if (way === "title") return "title of the code"
    if (way === "includes") return "inclusion term"
    const synonym = /^syn\.(.+)$/.exec(way)?.[1]
    return synonym ? `synonym ${synonym.replaceAll("-", " ")}` : way
  })
  const text = ways.join("; ")
  return text.charAt(0).toUpperCase() + text.slice(1)
}
