import "vuetify/styles"
import "@carbon/styles/css/styles.css"
import { ComboBox, FilterableMultiSelect } from "@carbon/react"
import { createRoot } from "react-dom/client"
import { createApp } from "vue"
import { createVuetify } from "vuetify"
import * as vc from "vuetify/components"
import * as vd from "vuetify/directives"

const C = [
  ["E11.42", "Type 2 DM with diabetic polyneuropathy"],
  ["E11.22", "Type 2 DM with diabetic CKD"],
  ["I10", "Essential hypertension"],
  ["I12.9", "Hypertensive CKD"],
  ["N18.31", "CKD stage 3a"],
  ["J18.9", "Pneumonia, unspecified organism"],
  ["Z87.891", "Personal history of nicotine dependence"],
  ["99213", "Office visit 20-29 min"],
  ["99214", "Office visit 30-39 min"],
  ["94060", "Spirometry pre/post"],
  ["94640", "Nebulizer treatment"],
  ["90662", "Flu vaccine high dose"],
  ["90471", "Immunization administration"]
]
const opts = C.map(([v, l]) => ({ value: v, label: v + " " + l })),
  labs = opts.map((o) => o.label),
  dx = opts.slice(0, 7),
  cpt = opts.slice(7)
const st = (window.__state = {})
window.readState = () => ({ ...st })
const set = (k, v) => {
  st[k] = v
  document.getElementById("state").textContent = JSON.stringify(st, null, 1)
}
function CB() {
  return (
    <>
      <ComboBox
        id="cbx"
        titleText="Primary diagnosis"
        items={dx}
        itemToString={(i) => (i ? i.label : "")}
        onChange={({ selectedItem }) => set("carbon", selectedItem?.value)}
      />
      <FilterableMultiSelect
        id="cbm"
        titleText="Secondary diagnoses"
        items={dx}
        itemToString={(i) => (i ? i.label : "")}
        onChange={({ selectedItems }) =>
          set(
            "carbonMulti",
            selectedItems.map((x) => x.value)
          )
        }
      />
    </>
  )
}
createRoot(document.getElementById("cb")).render(<CB />)
createApp({
  data: () => ({ a: [], b: null, items: labs }),
  watch: {
    a(v) {
      set("vuetifyCombo", [...v])
    },
    b(v) {
      set("vuetifyAuto", v)
    }
  },
  template: `<v-app><v-combobox v-model="a" :items="items" label="Diagnosis codes" multiple chips closable-chips/><v-autocomplete v-model="b" :items="items" label="CPT code"/></v-app>`
})
  .use(createVuetify({ components: vc, directives: vd }))
  .mount("#vt")
document.querySelectorAll("#vt .v-application__wrap").forEach((e) => (e.style.minHeight = "0"))
