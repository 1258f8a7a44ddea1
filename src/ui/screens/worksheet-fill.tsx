/** The worksheet into the form on the page: what goes where, what the page made of it, and the way back. */
import type { FillAnswer } from "@/messages/page-protocol"
import type { PlannedFill } from "@/worksheet/fill-plan"
import { dismissalOf, linesOf } from "@/worksheet/sheet"
import { Button } from "../components/button"
import { useWatched } from "../session/state"
import { plural } from "../session/wording"
import { usePanel } from "./panel-context"

export function WorksheetFill({ lines }: { lines: number }) {
  const panel = usePanel()
  const { sheetFill } = panel
  const { phase, plan, overwrite, to, foreign, outcomes, problem } = useWatched(sheetFill.state)
  const busy = phase === "looking" || phase === "filling"
  return (
    <>
      <div className="worksheet-ways">
        {lines > 0 && (
          <Button disabled={busy} onClick={() => void sheetFill.preview()}>
            {phase === "looking" ? "Looking for the form …" : "Fill the form …"}
          </Button>
        )}
        <Button look="quiet" disabled={busy} onClick={() => void sheetFill.readForm()}>
          Codes on this page’s form
        </Button>
      </div>
      {plan && phase !== "closed" && phase !== "looking" && (
        <section className="worksheet-fill" aria-label="Fill the form">
          <p>
            <strong>{phase === "preview" ? `Into the form on ${to}:` : `The form on ${to}:`}</strong>
            {foreign && " another site than that of the chart."}
          </p>
          {plan.fills.length === 0 && <p>Nothing is left to fill.</p>}
          <ul>
            {plan.fills.map((fill) => (
              <FillRow key={fill.id} fill={fill} outcome={outcomes.get(fill.id)} />
            ))}
          </ul>
          {plan.there.length > 0 && <p className="quiet">{`There already: ${plan.there.join(", ")}`}</p>}
          {plan.left.length > 0 && (
            <ul>
              {plan.left.map(({ name, why }) => (
                <li key={name + why}>
                  <span className="code">{name}</span>
                  <span>{`not filled: ${why}`}</span>
                </li>
              ))}
            </ul>
          )}
          {phase === "preview" && (
            <label>
              <input
                type="checkbox"
                checked={overwrite}
                onChange={(event) => sheetFill.setOverwrite(event.currentTarget.checked)}
              />{" "}
              Write over what the fields hold
            </label>
          )}
          {problem && <p>{problem}</p>}
          <div className="card-actions">
            {phase === "preview" && plan.fills.length > 0 && (
              <Button look="main" onClick={() => void sheetFill.run()}>
                {`Fill ${plural(plan.fills.length, "field")}${foreign ? ` on ${to}` : ""}`}
              </Button>
            )}
            {phase === "done" && <Button onClick={() => void sheetFill.undo()}>Undo all</Button>}
            <Button look="quiet" disabled={phase === "filling"} onClick={() => sheetFill.close()}>
              {phase === "done" ? "Done" : "Cancel"}
            </Button>
          </div>
        </section>
      )}
      <OnForm />
    </>
  )
}

function FillRow({ fill, outcome }: { fill: PlannedFill; outcome: FillAnswer | undefined }) {
  const { name, value, label, replaces, what } = fill
  return (
    <li data-outcome={outcome?.outcome}>
      <span className="code">{what === "code" ? value : name}</span>
      <span>
        {what === "code" ? "" : `${value} `}
        <span aria-hidden="true">→ </span>
        {label || "a field without a name"}
        {replaces !== "" && !outcome && `, instead of ${replaces.slice(0, 30)}`}
      </span>
      {fill.caution && !outcome && <p>{`Verify: ${fill.caution}.`}</p>}
      {outcome && <p>{told(outcome, value)}</p>}
    </li>
  )
}

function told({ outcome, value, reason }: FillAnswer, wanted: string): string {
  if (outcome === "accepted")
    return value === wanted ? "accepted, read back" : `accepted, read back as ${value.slice(0, 40)}`
  const shows = value === "" ? "it is empty" : `it shows “${value.slice(0, 40)}”`
  return `${outcome}: ${shows}.${reason ? ` ${reason}` : ""}`
}

/** What stands in the form already, against the chart: "remove" as plainly as "add". */
function OnForm() {
  const panel = usePanel()
  const { onForm, documented, problem } = useWatched(panel.sheetFill.state)
  const { history } = useWatched(panel.worksheet.state)
  if (!onForm) return null
  const { sheet } = history
  const add = documented.filter(
    (each) => linesOf(sheet, each).length === 0 && dismissalOf(sheet, each) === undefined
  )
  return (
    <section className="worksheet-fill" aria-label="Codes on this page’s form">
      <p>
        <strong>On the form</strong>
        {onForm.length === 0 && ": no codes were found."}
      </p>
      <ul>
        {onForm.map(({ system, code, support }) => (
          <li key={`${system} ${code}`}>
            <span className="code">{code}</span>
            <span>
              {support
                ? `${ACTIONS[support.action]}: ${support.text}`
                : system === "CPT"
                  ? "not graded: CPT"
                  : "not graded"}
            </span>
          </li>
        ))}
        {add.map((each) => (
          <li key={`add ${each.system} ${each.code}`}>
            <span className="code">{each.code}</span>
            <span>
              {`Add: ${each.text} `}
              <Button
                look="quiet"
                aria-label={`Accept ${each.code}`}
                onClick={() =>
                  void panel.desk.accept({ ...each, billable: true }, "form", { evidence: each.evidence })
                }
              >
                Accept
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {problem && <p>{problem}</p>}
      <div className="card-actions">
        <Button look="quiet" onClick={() => panel.sheetFill.close()}>
          Close
        </Button>
      </div>
    </section>
  )
}

const ACTIONS = { keep: "Keep", verify: "Verify", change: "Change", remove: "Remove", add: "Add" } as const
