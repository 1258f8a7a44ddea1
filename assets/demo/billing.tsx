/** A claim form in the shape of CMS-1500 boxes 21 and 24: controlled React fields, as real billing pages have. */
import { useState } from "react"
import { createRoot } from "react-dom/client"
import { encounterOf } from "./encounter"

const LETTERS = [..."ABCDEFGHIJKL"]
const LINES = [1, 2, 3, 4]

interface Line {
  code: string
  modifier: string
  pointer: string
  units: string
}

/** Box 21 takes seven characters at most: the form keeps codes without the dot, in capitals. */
const asClaimCode = (value: string) =>
  value
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .slice(0, 7)

function Claim() {
  const { encounter } = encounterOf(location.search)
  const [diagnoses, setDiagnoses] = useState<string[]>(LETTERS.map(() => ""))
  const [lines, setLines] = useState<Line[]>(
    LINES.map(() => ({ code: "", modifier: "", pointer: "", units: "" }))
  )
  const [saved, setSaved] = useState(0)
  Object.assign(window, { readState: () => ({ diagnoses, lines, saved }) })
  const setLine = (i: number, change: Partial<Line>) =>
    setLines((all) => all.map((line, k) => (k === i ? { ...line, ...change } : line)))
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        setSaved((n) => n + 1)
      }}
    >
      <h1>
        Claim for {encounter.patient.name}, {encounter.dateOfService}
      </h1>
      <fieldset>
        <legend>21. Diagnosis or nature of illness or injury</legend>
        <div className="grid">
          {LETTERS.map((letter, i) => (
            <label key={letter}>
              <b>{letter}</b>
              <input
                name={`diagnosis${letter}`}
                aria-label={`Diagnosis ${letter}`}
                value={diagnoses[i]}
                onChange={(e) =>
                  setDiagnoses((all) => all.map((d, k) => (k === i ? asClaimCode(e.target.value) : d)))
                }
              />
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>24. Services</legend>
        <table>
          <thead>
            <tr>
              <th>D. Procedure</th>
              <th>Modifier</th>
              <th>E. Pointer</th>
              <th>G. Units</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, i) => (
              <tr key={LINES[i]}>
                {(["code", "modifier", "pointer", "units"] as const).map((field) => (
                  <td key={field}>
                    <input
                      aria-label={`Service ${LINES[i]} ${field}`}
                      value={line[field]}
                      onChange={(e) => setLine(i, { [field]: e.target.value })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </fieldset>
      <button type="submit">Save claim</button>{" "}
      <output>{saved ? `Saved ${saved} times` : "Not saved"}</output>
    </form>
  )
}

const root = document.getElementById("root")
if (root) createRoot(root).render(<Claim />)
