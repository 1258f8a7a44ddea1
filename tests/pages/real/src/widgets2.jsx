import "vuetify/styles"
import "@carbon/styles/css/styles.css"
import { ComboBox, FilterableMultiSelect } from "@carbon/react"
import { createRoot } from "react-dom/client"
import { createApp } from "vue"
import { createVuetify } from "vuetify"
import * as vc from "vuetify/components"
import * as vd from "vuetify/directives"
import { dx, labs } from "./codes"

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
