/**
 * Present on admission (guidelines, Appendix I): the coder's word alone, only on inpatient claims. Nothing is ever
 * filled in ahead; what was not chosen is not covered.
 */
import { diagnosesOf, result } from "./result"
import type { Check, Line, PresentOnAdmission, Worksheet } from "./types"

const SOURCE = "Guidelines, Appendix I"

export function checkAdmission(sheet: Worksheet): Check[] {
  if (sheet.setting !== "inpatient") return []
  const lines = diagnosesOf(sheet).filter((line) => line.pack.billable(line.row))
  if (lines.length === 0) return []
  const list = lines[0]!.pack.lists().find((each) => each.kind === "poa")
  const source = list ? `${SOURCE}; ${list.name}${list.borrowed ? ", made for another release" : ""}` : SOURCE
  const exempt = (line: Line) => line.pack.attributes(line.row).poaExempt === true
  const chosen = (line: Line) => line.ref.poa
  const say = (status: Check["status"], group: readonly Line[], text: string): Check[] =>
    group.length === 0 ? [] : [result(sheet, group, { id: "conv.poa", status, text, source })]

  const asked = lines.filter((line) => !exempt(line))
  const right = asked.filter(
    (line) => chosen(line) !== undefined && chosen(line) !== "1" && chosen(line) !== "U"
  )
  return [
    ...say(
      "not-covered",
      asked.filter((line) => chosen(line) === undefined),
      list
        ? "Present on admission is for the coder to choose for each of these codes."
        : "Present on admission is for the coder to choose; the list of exempt codes is not installed."
    ),
    ...say(
      list ? "fail" : "warn",
      asked.filter((line) => chosen(line) === "1"),
      "Marked exempt from present on admission, but the list of exempt codes does not name it."
    ),
    ...say(
      "warn",
      asked.filter((line) => chosen(line) === "U"),
      "U says that the documentation does not tell whether it was present on admission: the provider can be asked."
    ),
    ...say(
      "warn",
      lines.filter((line) => exempt(line) && isAnswer(chosen(line))),
      "Exempt from present on admission: nothing is reported for it."
    ),
    ...say("pass", right, "Present on admission was chosen by the coder.")
  ]
}

const isAnswer = (value: PresentOnAdmission | undefined) => value !== undefined && value !== "1"
