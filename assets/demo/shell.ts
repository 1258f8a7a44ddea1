/** The fake EHR around the frames: patient banner, encounter list, note tabs. One page, no reloads. */
import { encounterOf, encounters } from "./encounter"

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
let view = new URLSearchParams(location.search).get("view") ?? "chart"

function setFrame(id: string, src: string) {
  const frame = byId<HTMLIFrameElement>(id)
  if (frame.getAttribute("src") !== src) frame.src = src
}

/** The laboratory viewer lives on another origin, as a bought module would. */
function otherOrigin() {
  const host = location.hostname === "localhost" ? "127.0.0.1" : "localhost"
  return `${location.protocol}//${host}:${location.port}`
}

function render() {
  const { encounter, note } = encounterOf(location.search)
  const { patient } = encounter
  const facts: [string, string][] = [
    ["Patient", patient.name],
    ["MRN", patient.mrn],
    ["DOB", patient.born],
    ["Sex", patient.sex],
    ["Account", encounter.account],
    ["Date of service", encounter.dateOfService],
    ["Encounter", encounter.title]
  ]
  byId("banner").replaceChildren(
    ...facts.map(([label, value]) => {
      const item = document.createElement("span")
      const name = document.createElement("b")
      name.textContent = `${label}: `
      item.append(name, value)
      return item
    })
  )
  byId("encounters").replaceChildren(
    ...encounters.map((e) => {
      const item = document.createElement("li")
      const button = document.createElement("button")
      button.type = "button"
      button.dataset.encounter = e.id
      if (e.id === encounter.id) button.setAttribute("aria-current", "true")
      const kind = document.createElement("small")
      kind.textContent = e.title
      button.append(e.patient.name, kind)
      button.onclick = () => go({ encounter: e.id, note: "0" })
      item.append(button)
      return item
    })
  )
  byId("notes").replaceChildren(
    ...encounter.notes.map((n, i) => {
      const tab = document.createElement("button")
      tab.type = "button"
      tab.setAttribute("role", "tab")
      tab.setAttribute("aria-selected", String(i === note))
      tab.textContent = n.title
      tab.onclick = () => go({ note: String(i) })
      return tab
    })
  )
  for (const b of document.querySelectorAll<HTMLButtonElement>("#views button")) {
    if (b.dataset.view === view) b.setAttribute("aria-current", "page")
    else b.removeAttribute("aria-current")
  }
  byId("chart").hidden = view !== "chart"
  byId("billing").hidden = view !== "billing"
  setFrame("note", `note.html?encounter=${encounter.id}&note=${note}`)
  setFrame("addendum", `addendum.html?encounter=${encounter.id}`)
  setFrame("labs", `${otherOrigin()}/labs.html?encounter=${encounter.id}`)
  setFrame("claim", `billing.html?encounter=${encounter.id}`)
}

function go(change: Record<string, string>) {
  const params = new URLSearchParams(location.search)
  for (const [key, value] of Object.entries(change)) params.set(key, value)
  history.pushState(null, "", `?${params}`)
  render()
}

for (const b of document.querySelectorAll<HTMLButtonElement>("#views button")) {
  b.onclick = () => {
    view = b.dataset.view ?? "chart"
    render()
  }
}
addEventListener("popstate", render)
render()
