/** Fields of one line: POA of a diagnosis; modifiers, units, amount of a drug and pointers of a procedure. */
import { type KeyboardEvent, useEffect, useId, useState } from "react"
import { POA_VALUES } from "@/engine/checks/types"
import { pointable, toggledPointer } from "@/worksheet/actions"
import { drugUnits, perUnit } from "@/worksheet/drug-units"
import {
  type DiagnosisLine,
  letterAt,
  POA_WORDS,
  type Poa,
  type ProcedureLine,
  type Sheet,
  type SheetLine
} from "@/worksheet/sheet"
import { Choice } from "../components/choice"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

export function WorksheetFields({ sheet, line }: { sheet: Sheet; line: SheetLine }) {
  const panel = usePanel()
  const { setting } = useWatched(panel.chart.state)
  if (line.kind === "diagnosis") return setting === "inpatient" ? <PoaField line={line} /> : null
  return (
    <div className="sheet-fields">
      <TextField
        label="Modifiers"
        value={line.modifiers.join(" ")}
        hint="25 59"
        onDone={(text) =>
          void panel.desk.change(line.id, {
            modifiers: text
              .toUpperCase()
              .split(/[\s,;-]+/)
              .filter(Boolean)
          })
        }
      />
      <TextField
        label="Units"
        value={line.units === undefined ? "" : String(line.units)}
        hint="1"
        numeric
        onDone={(text) =>
          void panel.desk.change(line.id, { units: text.trim() === "" ? undefined : Number(text) })
        }
      />
      {line.system === "HCPCS" && perUnit(line.title) && <DrugFields line={line} />}
      {line.system !== "ICD-10-PCS" && <Pointers sheet={sheet} line={line} />}
    </div>
  )
}

function PoaField({ line }: { line: DiagnosisLine }) {
  const panel = usePanel()
  const options = [
    { value: "", label: "–", hint: "Not said yet" },
    ...POA_VALUES.map((value) => ({ value, label: value, hint: POA_WORDS[value] }))
  ]
  return (
    <div className="sheet-fields">
      <div className="sheet-field">
        <span aria-hidden="true">POA</span>
        <Choice
          legend={`Present on admission: ${line.code}`}
          small
          value={line.poa ?? ""}
          options={options}
          onChange={(value) =>
            void panel.desk.change(
              line.id,
              { poa: value === "" ? undefined : (value as Poa) },
              value === ""
                ? `${line.code}: POA is not said.`
                : `${line.code}: POA ${value}, ${POA_WORDS[value as Poa].toLowerCase()}.`
            )
          }
        />
      </div>
    </div>
  )
}

interface TextFieldProps {
  label: string
  value: string
  hint: string
  numeric?: boolean
  onDone(text: string): void
}

/** Takes effect when it is left or Enter is pressed; Escape puts back what was there. */
function TextField({ label, value, hint, numeric = false, onDone }: TextFieldProps) {
  const id = useId()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const done = () => {
    if (text.trim() !== value) onDone(text)
    // What was refused goes back; what was taken comes from the line.
    setText(value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") done()
    else if (event.key === "Escape" && text !== value) setText(value)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="sheet-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={numeric ? "numeric" : "text"}
        autoComplete="off"
        spellCheck={false}
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={done}
      />
    </div>
  )
}

/** Amount given and discarded: units and JZ follow, JW is a line of its own on the claim. */
function DrugFields({ line }: { line: ProcedureLine }) {
  const panel = usePanel()
  const per = perUnit(line.title)?.text ?? ""
  const { given = "", discarded } = line.drug ?? {}
  const answer = line.drug && drugUnits(line.title, line.drug)
  return (
    <>
      <TextField
        label="Given"
        value={given}
        hint={`at ${per} a unit`}
        onDone={(text) =>
          void panel.desk.setDrug(line, { given: text, ...(discarded === undefined ? {} : { discarded }) })
        }
      />
      <TextField
        label="Discarded"
        value={discarded === "" ? "0" : (discarded ?? "")}
        hint="0 for none"
        onDone={(text) =>
          void panel.desk.setDrug(line, { given, ...(text.trim() === "" ? {} : { discarded: text }) })
        }
      />
      {answer && <p className="sheet-sum">{answer.ok ? answer.units.sum : answer.why}</p>}
    </>
  )
}

function Pointers({ sheet, line }: { sheet: Sheet; line: ProcedureLine }) {
  const panel = usePanel()
  const diagnoses = pointable(sheet)
  if (diagnoses.length === 0)
    return <p className="sheet-sum quiet">Pointers: there is no diagnosis to point to yet.</p>
  return (
    <fieldset className="sheet-pointers">
      <legend>Points to</legend>
      {diagnoses.map((diagnosis, at) => {
        const place = line.pointers.indexOf(diagnosis.id)
        return (
          <button
            key={diagnosis.id}
            type="button"
            className="chip"
            aria-pressed={place >= 0}
            title={`${diagnosis.code} ${diagnosis.title}`}
            aria-label={`${letterAt(at)}: ${diagnosis.code}${place >= 0 ? `, pointer ${place + 1}` : ""}`}
            onClick={() =>
              void panel.desk.change(line.id, { pointers: toggledPointer(line, diagnosis.id) }, undefined)
            }
          >
            {letterAt(at)}
          </button>
        )
      })}
    </fieldset>
  )
}
