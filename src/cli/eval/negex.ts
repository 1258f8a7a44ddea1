/** The NegEx set: assertion of given spans. */
import type { Engine } from "@/engine/index"
import { type Counts, scoresOf } from "./figures"
import type { Line } from "./note-sets"
import { readSet, writeErrors } from "./sets"

interface Row {
  id: string
  text: string
  concept: string
  span: [number, number] | null
  label: "Affirmed" | "Negated"
  temporality: "Recent" | "Historical" | "Not particular"
}

const percent = (value: number) => (value * 100).toFixed(1)

function line(name: string, gold: readonly boolean[], said: readonly boolean[]): Line {
  const counts: Counts = { truePositives: 0, predicted: 0, gold: 0 }
  gold.forEach((is, i) => {
    if (is) counts.gold++
    if (said[i]) counts.predicted++
    if (is && said[i]) counts.truePositives++
  })
  const { precision, recall, f1 } = scoresOf([counts])
  return [name, `P ${percent(precision)}  R ${percent(recall)}  F1 ${percent(f1)}  (${counts.gold} rows)`]
}

export function evalNegex(engine: Engine): Line[] | undefined {
  const all = readSet<Row>("negex/sentences.jsonl")
  if (!all) return undefined
  const rows = all.filter((row) => row.span !== null)
  const answers = rows.map((row) => engine.assert({ text: row.text, span: row.span ?? [0, 1] }))
  const negated = answers.map((each) => each.negation === "negated")
  const historical = answers.map((each) => each.temporality === "historical")
  const hypothetical = answers.map((each) => each.temporality === "hypothetical")
  const errors = rows.flatMap((row, i) => {
    const wrong: string[] = []
    if ((row.label === "Negated") !== negated[i]) wrong.push(`negation: ${row.label}`)
    if ((row.temporality === "Historical") !== historical[i]) wrong.push(`temporality: ${row.temporality}`)
    if ((row.temporality === "Not particular") !== hypothetical[i])
      wrong.push(`hypothetical: ${row.temporality}`)
    return wrong.length === 0 ? [] : [{ id: row.id, concept: row.concept, wrong, answer: answers[i] }]
  })
  writeErrors("negex", errors)
  return [
    ["mentions", `${rows.length} (${all.length - rows.length} without span skipped)`],
    line(
      "negated",
      rows.map((row) => row.label === "Negated"),
      negated
    ),
    line(
      "historical",
      rows.map((row) => row.temporality === "Historical"),
      historical
    ),
    line(
      "hypothetical",
      rows.map((row) => row.temporality === "Not particular"),
      hypothetical
    )
  ]
}
