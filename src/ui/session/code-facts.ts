/** What lists beside the classification say of a code, each with the list that says so. Pure. */
import type { AttributeList } from "@/classification/model"
import type { CodePack, Row } from "@/classification/pack-api"
import { dayName } from "./wording"

export interface CodeFact {
  text: string
  /** Codes named behind the text, as printed: "C56.1 and C56.2, or C56.9". */
  codes?: string
  /** The list and its version; none when the code set itself says it. */
  list?: string
}

export interface CodeFacts {
  plain: CodeFact[]
  /** Marks of payment models: they say nothing about which code is right. */
  payment: CodeFact[]
}

/** Flags of the Medicare Code Editor, in the words of its own definitions. */
const MCE: Record<string, string> = {
  unacceptable: "unacceptable as principal diagnosis",
  reqsdx: "as principal diagnosis only with a secondary diagnosis",
  manifestation: "a manifestation, not acceptable as principal diagnosis",
  qadm: "questionable reason for an admission",
  unspecified: "unspecified code, to be used only when side or site is not documented",
  ecodepdx: "an external cause, not acceptable as principal diagnosis",
  newborn: "newborn diagnosis",
  pediatric: "pediatric diagnosis",
  maternity: "maternity diagnosis",
  adult: "adult diagnosis",
  wrngproc: "wrong procedure performed, not covered",
  diabtypei: "type 1 diabetes, counts for the coverage of a procedure",
  delout: "outcome of delivery",
  clintrial: "clinical trial",
  ncov6: "decides whether a procedure is covered",
  ncov_z302: "decides whether a procedure is covered"
}

/** Fields of a HCPCS record by the names of its official layout; others tell a coder nothing. */
const RECORD: Record<string, string> = {
  short: "Short description",
  pricing: "Pricing",
  coverage: "Coverage",
  coverageManual: "Coverage manual reference",
  carriersManual: "Carriers manual reference",
  statute: "Statute",
  labCertification: "Lab certification",
  crossReference: "See also code",
  ascGroup: "ASC payment group",
  outpatientGroup: "OPPS payment group",
  betos: "BETOS",
  typeOfService: "Type of service",
  actionEffective: "Last changed on"
}

/** Values as the official record layout explains them. */
const VALUES: Record<string, Record<string, string>> = {
  coverage: {
    C: "carrier judgment",
    D: "special coverage instructions apply",
    I: "not payable by Medicare",
    M: "not covered by Medicare",
    S: "not covered by Medicare statute"
  },
  pricing: {
    "00": "not priced separately by Part B",
    "11": "physician fee schedule",
    "13": "set by carriers",
    "21": "clinical laboratory fee schedule",
    "31": "DME, frequently serviced",
    "32": "DME, inexpensive and routinely purchased",
    "33": "oxygen and oxygen equipment",
    "34": "supplies",
    "35": "surgical dressings",
    "36": "DME, capped rental",
    "37": "ostomy, tracheostomy and urological supplies",
    "38": "orthotics, prosthetics, prosthetic devices and vision services",
    "39": "parenteral and enteral nutrition",
    "46": "set by carriers",
    "51": "drugs",
    "52": "reasonable charge",
    "53": "statute",
    "54": "vaccinations",
    "57": "set by carriers",
    "99": "value not established"
  }
}

/** "Coverage: D, special coverage instructions apply"; undefined for what only a payment system reads. */
function recordWords(name: string, value: string): string | undefined {
  const label = RECORD[name]
  if (label === undefined) return undefined
  if (name === "actionEffective") return `${label} ${dayName(value)}`
  const meaning = value
    .split(/,\s*/)
    .flatMap((each) => VALUES[name]?.[each] ?? [])
    .join("; ")
  return meaning ? `${label}: ${value}, ${meaning}` : `${label}: ${value}`
}

export function codeFacts(pack: CodePack, row: Row): CodeFacts {
  const lists = pack.lists()
  const attributes = pack.attributes(row)
  const named = (kind: AttributeList["kind"], model?: string) => listNames(lists, kind, model)
  const plain: CodeFact[] = validity(pack, row)
  if (attributes.poaExempt)
    plain.push({ text: "Exempt from present-on-admission reporting", ...named("poa") })
  for (const flag of attributes.mce ?? [])
    plain.push({ text: `Code editor: ${editWords(flag, lists)}`, ...named("mce") })
  for (const [name, value] of Object.entries(attributes.hcpcs ?? {})) {
    const text = recordWords(name, value)
    if (text !== undefined) plain.push({ text, ...named("hcpcs") })
  }
  const payment: CodeFact[] = []
  if (attributes.cc)
    payment.push({
      text:
        attributes.cc === "MCC"
          ? "Major complication or comorbidity (MCC)"
          : "Complication or comorbidity (CC)",
      ...named("cc")
    })
  for (const [model, category] of Object.entries(attributes.hcc ?? {}))
    payment.push({ text: `${model}: ${hccWords(model, category, lists)}`, ...named("hcc", model) })
  return { plain, payment }
}

/** "maternity diagnosis (age 9 to 64)": the ages are those of the list. */
function editWords(flag: string, lists: AttributeList[]): string {
  const words = MCE[flag.toLowerCase()] ?? `flag "${flag}"`
  const ages = lists.find(({ ages }) => ages?.[flag.toLowerCase()])?.ages?.[flag.toLowerCase()]
  return ages ? `${words} (age ${ages[0]} to ${ages[1]})` : words
}

/** "HCC 37 Diabetes with Chronic Complications"; several categories are one after the other. */
function hccWords(model: string, categories: string, lists: AttributeList[]): string {
  const labels = lists.find(({ labels }) => labels?.[model])?.labels?.[model] ?? {}
  return categories
    .split(",")
    .map((category) => `HCC ${category.trim()} ${labels[category.trim()] ?? ""}`.trim())
    .join(", ")
}

function validity(pack: CodePack, row: Row): CodeFact[] {
  const facts: CodeFact[] = []
  const { added, ended } = pack.dates(row)
  const { headerSince, addedSince, previous } = pack.history(row)
  const { from, to } = pack.info.effective
  if (ended) facts.push({ text: `Ended: not valid after ${dayName(ended)}` })
  else if (pack.billable(row))
    facts.push({
      text: `Valid ${dayName(from)} to ${to ? dayName(to) : "the next release"} (${pack.info.release})`
    })
  const since = addedSince ?? added
  if (since) facts.push({ text: `Added on ${dayName(since)}` })
  if (headerSince) facts.push({ text: `No longer billable since ${dayName(headerSince)}` })
  if (previous && previous.length > 0) facts.push({ text: "Coded before as", codes: previous.join(", or ") })
  return facts
}

function listNames(lists: AttributeList[], kind: AttributeList["kind"], model?: string): { list?: string } {
  const ofKind = lists.filter((list) => list.kind === kind)
  const ofModel = model ? ofKind.filter(({ name }) => name.includes(model)) : []
  const chosen = ofModel.length > 0 ? ofModel : ofKind
  const names = chosen.map(({ name, borrowed }) => (borrowed ? `${name}, made for another release` : name))
  return names.length > 0 ? { list: names.join("; ") } : {}
}
