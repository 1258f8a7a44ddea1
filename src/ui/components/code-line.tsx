/** A code with its official title and whether it can be billed. */
import type { System } from "@/classification/model"

export function CodeMarks({ system, billable }: { system: System; billable: boolean }) {
  return (
    <>
      {system !== "ICD-10-CM" && <span className="mark">{system}</span>}
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

interface Props {
  code: string
  title: string
  system: System
  billable: boolean
  titleId?: string
}

export function CodeLine({ code, title, system, billable, titleId }: Props) {
  return (
    <div className="code-line" id={titleId}>
      <div className="code-line-head">
        <span className="code">{code}</span>
        <CodeMarks system={system} billable={billable} />
      </div>
      <div className="code-line-title">{title}</div>
    </div>
  )
}
