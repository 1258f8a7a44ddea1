/** A claim form as React applications have it: every value lives in state, the DOM only shows it. */
import { useState } from "react"
import { createRoot } from "react-dom/client"

function Claim() {
  const [code, setCode] = useState("")
  const [upper, setUpper] = useState("")
  const [stubborn, setStubborn] = useState("")
  const [note, setNote] = useState("Old text")
  const [pick, setPick] = useState("")
  const [blurred, setBlurred] = useState(0)
  Object.assign(window, { readState: () => ({ code, upper, stubborn, note, pick, blurred }) })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        Object.assign(window, { submitted: true })
      }}
    >
      <label>
        Diagnosis 1
        <input
          id="code"
          value={code}
          onChange={(e) => setCode(e.target.value)}
          onBlur={() => setBlurred((n) => n + 1)}
        />
      </label>
      {/* Drops the dot, as billing systems do. */}
      <label>
        Diagnosis 2
        <input
          id="upper"
          value={upper}
          onChange={(e) => setUpper(e.target.value.replace(/\./g, "").toUpperCase())}
        />
      </label>
      {/* Takes nothing but digits. */}
      <label>
        Units
        <input
          id="stubborn"
          value={stubborn}
          onChange={(e) => /^\d*$/.test(e.target.value) && setStubborn(e.target.value)}
        />
      </label>
      <label>
        Remarks
        <textarea id="note" value={note} onChange={(e) => setNote(e.target.value)} />
      </label>
      <label>
        Pointer
        <select id="pick" value={pick} onChange={(e) => setPick(e.target.value)}>
          <option value="" />
          <option value="E119">E11.9 Type 2 diabetes</option>
          <option value="I10">I10 Hypertension</option>
        </select>
      </label>
      <button type="submit">Send</button>
    </form>
  )
}

const place = document.getElementById("root")
if (place) createRoot(place).render(<Claim />)
