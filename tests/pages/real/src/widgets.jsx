import "@mantine/core/styles.css"
import "@shoelace-style/shoelace/dist/themes/light.css"
import "ag-grid-community/styles/ag-grid.css"
import "ag-grid-community/styles/ag-theme-alpine.css"
import "devextreme/dist/css/dx.light.css"
import "tom-select/dist/css/tom-select.css"
import "choices.js/public/assets/styles/choices.min.css"
import { Autocomplete, MantineProvider, MultiSelect, TagsInput } from "@mantine/core"
import MuiAC from "@mui/material/Autocomplete"
import TextField from "@mui/material/TextField"
import Choices from "choices.js"
import { useState } from "react"
import { createRoot } from "react-dom/client"
import Creatable from "react-select/creatable"
import TomSelect from "tom-select"
import "@shoelace-style/shoelace/dist/components/input/input.js"
import "@shoelace-style/shoelace/dist/components/textarea/textarea.js"
import "@shoelace-style/shoelace/dist/components/select/select.js"
import "@shoelace-style/shoelace/dist/components/option/option.js"
import { createGrid } from "ag-grid-community"
import DataGrid from "devextreme/ui/data_grid"
import TagBox from "devextreme/ui/tag_box"
import { cpt, dx, labs } from "./codes"

const st = (window.__state = {})
const up = () => {
  document.getElementById("state").textContent = JSON.stringify(window.readState(), null, 1)
}
const set = (k, v) => {
  st[k] = v
  setTimeout(up, 0)
}
const $ = window.$
window.readState = () => ({
  ...st,
  s2m: $("#s2m").val(),
  s2a: $("#s2a").val(),
  jqac_code: $("#jqac_code").val(),
  hot: window._hot?.getData(),
  ag: window._agrows.filter((r) => r.code || r.ptr),
  tab: window._tab?.getData?.(),
  sli: document.getElementById("sli").value,
  sls: document.getElementById("sls").value,
  closed: window._xc?.value
})
setInterval(up, 1000)
dx.forEach((o) => $("#s2m").append(new Option(o.label, o.value)))
$("#s2m").select2({ width: 500, placeholder: "Search ICD-10" })
$("#s2a").select2({
  width: 500,
  placeholder: "Search CPT",
  minimumInputLength: 2,
  ajax: {
    transport: (p, ok) => {
      const q = (p.data.term || p.data.q || "").toLowerCase()
      setTimeout(
        () =>
          ok({
            results: cpt
              .filter((o) => o.label.toLowerCase().includes(q))
              .map((o) => ({ id: o.value, text: o.label }))
          }),
        300
      )
      return { abort() {} }
    }
  }
})
$("#jqac").autocomplete({
  minLength: 2,
  source: (r, cb) =>
    setTimeout(
      () =>
        cb(
          dx
            .filter((o) => o.label.toLowerCase().includes(r.term.toLowerCase()))
            .map((o) => ({ label: o.label, value: o.label, code: o.value }))
        ),
      200
    ),
  select: (e, u) => {
    $("#jqac_code").val(u.item.code)
    up()
  }
})
$("#jqdlg").dialog({ autoOpen: false, modal: true })
$("#jqdlgb").on("click", () => $("#jqdlg").dialog("open"))
function RS() {
  const [v, s] = useState([])
  set(
    "reactselect",
    v.map((x) => x.value)
  )
  return (
    <Creatable isMulti options={dx} value={v} onChange={s} inputId="rs-in" placeholder="Diagnosis codes" />
  )
}
function MT() {
  const [a, sa] = useState([]),
    [b, sb] = useState([]),
    [c, sc] = useState("")
  set("mantine", { tags: a, multi: b, auto: c })
  return (
    <MantineProvider>
      <TagsInput label="ICD-10 codes" value={a} onChange={sa} data={labs.slice(0, 7)} />
      <MultiSelect searchable label="Diagnoses" value={b} onChange={sb} data={dx} />
      <Autocomplete label="CPT" value={c} onChange={sc} data={labs.slice(7)} />
    </MantineProvider>
  )
}
function MU() {
  const [v, s] = useState([])
  set("mui", v)
  return (
    <MuiAC
      multiple
      freeSolo
      options={labs}
      value={v}
      onChange={(e, x) => s(x)}
      renderInput={(p) => <TextField {...p} label="Billing codes" />}
    />
  )
}
function RR() {
  const [r, s] = useState([0, 1, 2].map(() => ({ cpt: "", mod: "", units: "1", ptr: "" })))
  set("reactRows", r)
  return (
    <table>
      <thead>
        <tr>
          <th>CPT/HCPCS</th>
          <th>Modifier</th>
          <th>Units</th>
          <th>Dx ptr</th>
        </tr>
      </thead>
      <tbody>
        {r.map((x, i) => (
          <tr key={i}>
            {["cpt", "mod", "units", "ptr"].map((k) => (
              <td key={k}>
                <input
                  value={x[k]}
                  aria-label={k + " line " + (i + 1)}
                  onChange={(e) => {
                    const v = k === "cpt" ? e.target.value.toUpperCase().slice(0, 5) : e.target.value
                    s((q) => q.map((y, j) => (j === i ? { ...y, [k]: v } : y)))
                  }}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
for (const [id, X] of [
  ["rs", RS],
  ["mt", MT],
  ["mui", MU],
  ["rr", RR]
])
  createRoot(document.getElementById(id)).render(<X />)
const ts = new TomSelect("#tom", {
  options: dx.map((o) => ({ value: o.value, text: o.label })),
  create: true,
  onChange: (v) => set("tom", v)
})
const ch = new Choices("#ch", { choices: dx, removeItemButton: true })
document.getElementById("ch").addEventListener("change", () => set("choices", ch.getValue(true)))
dx.forEach((o) => {
  const e = document.createElement("sl-option")
  e.value = o.value
  e.textContent = o.label
  document.getElementById("sls").append(e)
})
customElements.define(
  "x-code",
  class extends HTMLElement {
    constructor() {
      super()
      const s = this.attachShadow({ mode: "closed" })
      s.innerHTML = "<p>Closed-shadow note: chronic sinusitis, stable.</p><label>Code <input></label>"
      window._xc = s.querySelector("input")
    }
  }
)
const H = ["Code", "Mod", "Units", "Dx ptr"]
window._hot = new window.Handsontable(document.getElementById("hot"), {
  data: [
    ["99214", "", "1", "A"],
    ["", "", "", ""],
    ["", "", "", ""]
  ],
  colHeaders: H,
  rowHeaders: true,
  licenseKey: "non-commercial-and-evaluation"
})
window._agrows = Array.from({ length: 60 }, (_, i) => ({
  line: i + 1,
  code: i ? "" : "99214",
  mod: "",
  units: 1,
  ptr: ""
}))
createGrid(document.getElementById("ag"), {
  rowData: window._agrows,
  defaultColDef: { editable: true, width: 130 },
  columnDefs: [
    { field: "line", editable: false },
    { field: "code", headerName: "CPT/HCPCS" },
    { field: "mod", headerName: "Modifier" },
    { field: "units" },
    { field: "ptr", headerName: "Dx pointer" }
  ],
  onCellValueChanged: up
})
window._tab = new window.Tabulator("#tab", {
  data: [
    { id: 1, code: "I10", desc: "Essential hypertension" },
    { id: 2, code: "", desc: "" },
    { id: 3, code: "", desc: "" }
  ],
  layout: "fitColumns",
  columns: [
    { title: "ICD-10", field: "code", editor: "input" },
    { title: "Description", field: "desc", editor: "input" }
  ]
})
const dxrows = [
  { id: 1, code: "99214", units: 1 },
  { id: 2, code: "", units: 1 },
  { id: 3, code: "", units: 1 }
]
st.dxgrid = dxrows
new DataGrid(document.getElementById("dxg"), {
  dataSource: dxrows,
  keyExpr: "id",
  editing: { mode: "cell", allowUpdating: true },
  columns: ["code", "units"]
})
new TagBox(document.getElementById("dxt"), {
  items: labs,
  acceptCustomValue: true,
  searchEnabled: true,
  label: "Diagnosis codes",
  onValueChanged: (e) => set("dxtag", e.value)
})
document.getElementById("cms").innerHTML =
  "<p>21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY</p>" +
  [..."ABCDEFGHIJKL"]
    .map((l) => `<label>${l}. <input name="diag${l}" maxlength="8" size="8"></label> `)
    .join("") +
  "<table><tr><th>24.A Date</th><th>B POS</th><th>D CPT/HCPCS</th><th>Modifier</th><th>E Diagnosis pointer</th><th>F $ Charges</th><th>G Units</th></tr>" +
  [1, 2, 3, 4, 5, 6]
    .map(
      (i) =>
        `<tr><td><input name="dos${i}" size=10></td><td><input name="pos${i}" size=3></td><td><input name="cpt${i}" maxlength=5 size=7></td><td><input name="mod${i}" size=4></td><td><input name="ptr${i}" maxlength=4 size=5></td><td><input name="chg${i}" size=7></td><td><input name="qty${i}" size=3></td></tr>`
    )
    .join("") +
  "</table>"
