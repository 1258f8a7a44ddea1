/** What stands beside a code: its system, and whether it can be billed. */
import type { System } from "@/classification/model"

export function CodeMarks({ system, billable }: { system: System; billable: boolean }) {
  return (
    <>
      {system !== "ICD-10-CM" && (
        <span className="mark" title={system}>
          {system === "ICD-10-PCS" ? "PCS" : system}
        </span>
      )}
      {billable ? (
        <span className="mark mark-billable">Billable</span>
      ) : (
        <span className="mark mark-header" title="A header: more characters are needed">
          Header
        </span>
      )}
    </>
  )
}
