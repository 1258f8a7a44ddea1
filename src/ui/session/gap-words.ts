/** Plain words around a gap. */
import type { Gap, GapOption } from "@/engine/types"
import { sectionName } from "./wording"

/** "Looked in: assessment and plan, HPI, exam" */
export function lookedInLine({ lookedIn }: Gap): string {
  const names = [...new Set(lookedIn.map(sectionName).filter((name) => name !== ""))]
  return names.length === 0 ? "Looked in the whole text" : `Looked in: ${names.join(", ")}`
}

/** The option that the words found elsewhere answer. */
export function foundOption({ foundElsewhere, options }: Gap): GapOption | undefined {
  return foundElsewhere && options.find(({ value }) => value === foundElsewhere.value)
}

export const LEVELS: Record<Gap["level"], string> = {
  specificity: "Detail",
  diagnosis: "No diagnosis named",
  link: "Link or conflict"
}
