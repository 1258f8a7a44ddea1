/** Which code sets are searched, and of which release. */
import type { System } from "@/classification/model"
import { Choice } from "../components/choice"
import { useWatched } from "../session/state"
import { dayName } from "../session/wording"
import { usePanel } from "./panel-context"

const SHORT: Record<System, string> = {
  "ICD-10-CM": "ICD-10-CM",
  HCPCS: "HCPCS",
  "ICD-10-PCS": "PCS",
  CPT: "CPT"
}
const ALL = "all"

export function SearchScope() {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const { system, text } = useWatched(panel.search)
  if (packs.length === 0) return null
  const systems = packs.map(({ info }) => ({ value: info.system, label: SHORT[info.system] }))
  return (
    <div className="search-scope">
      {packs.length > 1 && (
        <Choice<System | typeof ALL>
          legend="Code set"
          small
          value={system ?? ALL}
          options={[{ value: ALL, label: "All" }, ...systems]}
          onChange={(next) =>
            panel.search.patch({ system: next === ALL ? undefined : next, at: text.trim() === "" ? -1 : 0 })
          }
        />
      )}
    </div>
  )
}

/** The releases that are searched: said while there is nothing else to say of the search. */
export function ScopeLine() {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const { system } = useWatched(panel.search)
  const { typedDate, pickedDate } = useWatched(panel.chart.state)
  const date = typedDate ?? pickedDate?.date
  const searched = packs.filter(({ info }) => system === undefined || info.system === system)
  if (searched.length === 0) return null
  return (
    <p>
      {searched.map(({ info }) => `${SHORT[info.system]} ${info.release}`).join(", ")}
      {date ? `, for ${dayName(date)}` : ", newest installed"}
    </p>
  )
}
