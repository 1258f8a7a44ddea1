/** Conditions named in a text, by the engine's matcher: diagnoses, not symptoms, findings or reasons for a visit. */
import type { Engine } from "../index"
import type { NamedCondition } from "./types"

/** R: symptoms and findings; V to Y: causes; Z: status and reasons. None of them is a diagnosis that could lead. */
const NO_DIAGNOSIS = /^[RV-Z]/

export function conditionsBy(engine: Engine, date?: string): (text: string) => NamedCondition[] {
  return (text) => {
    const { suggestions } = engine.suggest({
      documents: [{ doc: "", text }],
      allMentions: true,
      ...(date === undefined ? {} : { date })
    })
    return suggestions
      .filter((each) => each.system === "ICD-10-CM" && !NO_DIAGNOSIS.test(each.code))
      .flatMap((each) =>
        each.evidence.map(({ start, end, assertion: { negation, experiencer } }) => ({
          start,
          end,
          category: each.code.slice(0, 3),
          ...(negation === "negated" || experiencer === "other" ? { denied: true as const } : {})
        }))
      )
      .sort((a, b) => a.start - b.start)
  }
}
