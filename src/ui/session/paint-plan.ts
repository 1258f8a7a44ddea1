/** From findings to marks in the page: which document paints what. Pure. */
import type { Span } from "@/engine/types"
import type { PaintSpan } from "@/messages/page-protocol"
import { evidenceOf, type FindingGroups, type Item, triggerOf } from "./groups"

/** Where a document of the findings lives, and on which version of its text they rest. */
export interface Anchor {
  documentId: string
  source: string
  version: number
}

export interface DocumentMarks {
  spans: PaintSpan[]
  active: PaintSpan[]
}

/** Marks of one item in documents that are on screen. */
export function spansOf(
  item: Item,
  anchors: ReadonlyMap<string, Anchor>
): { documentId: string; span: PaintSpan }[] {
  const tier = item.kind === "suggestion" ? item.suggestion.tier : "suppressed"
  const spans: { documentId: string; span: PaintSpan }[] = []
  const add = (span: Span, quote: string) => {
    const anchor = anchors.get(span.doc ?? "")
    if (!anchor) return
    const { documentId, source, version } = anchor
    spans.push({ documentId, span: { source, version, start: span.start, end: span.end, quote, tier } })
  }
  for (const evidence of evidenceOf(item)) add(evidence, evidence.quote)
  const trigger = triggerOf(item)
  if (trigger)
    add(
      { doc: trigger.doc ?? evidenceOf(item)[0]?.doc, start: trigger.start, end: trigger.end },
      trigger.text
    )
  return spans
}

/**
 * Every suggestion is marked by its tier; what was not suggested is only marked while it is looked at.
 * Documents without marks are in the plan too, so that old marks go away.
 */
export function paintPlan(
  groups: FindingGroups,
  anchors: ReadonlyMap<string, Anchor>,
  active?: Item
): Map<string, DocumentMarks> {
  const plan = new Map<string, DocumentMarks>()
  for (const { documentId } of anchors.values()) plan.set(documentId, { spans: [], active: [] })
  const seen = new Set<string>()
  for (const item of [...groups.code, ...groups.consider, ...groups.lane]) {
    for (const { documentId, span } of spansOf(item, anchors)) {
      const place = [documentId, span.source, span.start, span.end].join(" ")
      if (seen.has(place)) continue
      seen.add(place)
      plan.get(documentId)?.spans.push(span)
    }
  }
  if (active)
    for (const { documentId, span } of spansOf(active, anchors)) plan.get(documentId)?.active.push(span)
  return plan
}
