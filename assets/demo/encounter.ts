import list from "./encounters.json"

export interface DemoEncounter {
  id: string
  setting: string
  patient: { name: string; mrn: string; born: string; sex: string }
  account: string
  dateOfService: string
  title: string
  notes: { title: string; author: string; text: string }[]
}

export const encounters: DemoEncounter[] = list

/** The encounter that the address names; the first one when it names none. */
export function encounterOf(search: string): { encounter: DemoEncounter; note: number } {
  const params = new URLSearchParams(search)
  const encounter = encounters.find((e) => e.id === params.get("encounter")) ?? encounters[0]
  if (!encounter) throw new Error("encounters.json is empty")
  const note = Number(params.get("note") ?? 0)
  return { encounter, note: encounter.notes[note] ? note : 0 }
}
