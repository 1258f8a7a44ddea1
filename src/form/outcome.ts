/** From what was written and what the page shows to what the coder is told. */
import type { FillAnswer } from "@/messages/page-protocol"
import { isSameCode } from "./codes"
import type { Fillable } from "./fillable"

export type Outcome = Pick<FillAnswer, "outcome" | "value" | "reason">

export const rejected = (value: string, reason: string): Outcome => ({ outcome: "rejected", value, reason })

const quoted = (text: string) =>
  text === "" ? "nothing" : `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`

/**
 * @param before what the field showed before
 * @param wanted what it should show now
 * @param shown what it shows
 * @param wasValid whether the form found no fault with the field before
 */
export function judge(
  el: Fillable,
  before: string,
  wanted: string,
  shown: string,
  wasValid: boolean
): Outcome {
  if (shown === wanted) {
    const fault = wasValid || before !== wanted ? faultOf(el) : undefined
    if (fault === undefined) return { outcome: "accepted", value: shown }
    return rejected(shown, `The field shows ${quoted(shown)}, but the form marks it as not valid${fault}.`)
  }
  if (shown === "") return rejected(shown, "The form emptied the field.")
  if (shown === before) return rejected(shown, `The form put back ${quoted(shown)}.`)
  const same = isSameCode(shown, wanted) ? " (the same code, written in another way)" : ""
  return {
    outcome: "altered",
    value: shown,
    reason: `The form shows ${quoted(shown)} instead of ${quoted(wanted)}${same}.`
  }
}

/** Does the form say that a value is wrong? */
export function faultOf(el: Fillable): string | undefined {
  const { validity, validationMessage } = el as HTMLInputElement
  if (validity && !validity.valid)
    return validationMessage ? `: ${validationMessage.replace(/[.\s]+$/, "")}` : ""
  return el.getAttribute("aria-invalid") === "true" ? "" : undefined
}
