/** What the chart documents and assesses, and the worksheet does not list: one line each, folded. */
import { useState } from "react"
import { dismissalOf, isEmpty, linesOf } from "@/worksheet/sheet"
import { Button } from "../components/button"
import { Icon } from "../components/icons"
import type { WorksheetState } from "../session/worksheet-session"
import { usePanel } from "./panel-context"

export function WorksheetSupport({ state }: { state: WorksheetState }) {
  const panel = usePanel()
  const [open, setOpen] = useState(false)
  const { sheet } = state.history
  const missing = (state.support ?? []).filter(
    (each) =>
      each.action === "add" && linesOf(sheet, each).length === 0 && dismissalOf(sheet, each) === undefined
  )
  if (missing.length === 0 || isEmpty(sheet)) return null
  return (
    <section className="group group-not">
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="more" />
          Documented, not listed
          <span className="count">{missing.length}</span>
        </button>
      </h2>
      {open && (
        <ul>
          {missing.map((each) => (
            <li key={`${each.system} ${each.code}`} className="sheet-missing">
              <div>
                <span className="code">{each.code}</span> {each.title}
                <p className="quiet">{each.text}</p>
              </div>
              <Button
                aria-label={`Add ${each.code}`}
                onClick={() =>
                  void panel.desk.accept({ ...each, billable: true }, "suggestion", {
                    evidence: each.evidence
                  })
                }
              >
                Add
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
