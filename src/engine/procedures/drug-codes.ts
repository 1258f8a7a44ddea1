/**
 * The drugs of a HCPCS pack by their words: "Injection, triamcinolone acetonide, not otherwise specified, 10 mg"
 * is triamcinolone acetonide, in units of 10 mg. Only what is injected or infused: tablets and inhaled drugs are
 * not given by a provider's hand in a way that notes tell apart.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { type Dose, dosesIn } from "./dose"
import { foldedWords } from "./said"

export interface DrugCode {
  row: Row
  code: string
  /** Words of the drug's name, without salts. */
  name: string[]
  /** Salts and esters of the name ("acetate"), which notes leave out. */
  salts: string[]
  /** Another name of the same drug: "adrenalin, epinephrine". */
  alias?: string
  /** What the title narrows the drug to ("preservative free"), function words left out. */
  narrows: string[]
  /** One unit of the code. */
  per: Dose | undefined
  added?: string
  ended?: string
}

/** Words that belong to a drug's name in titles and are left out in notes. */
const SALTS: ReadonlySet<string> = new Set(
  (
    "sodium hcl hydrochloride acetate phosphate sulfate sulphate chloride citrate tromethamine succinate potassium " +
    "calcium mesylate tartrate maleate lactate besylate nitrate bromide acetonide dihydrate hydrate pamoate fumarate " +
    "disodium bitartrate gluconate decanoate palmitate cypionate enanthate valerate edisylate isethionate hyclate " +
    "trihydrate monohydrate lactobionate hydrobromide carbonate bicarbonate benzathine procaine axetil"
  ).split(" ")
)

/** Words that make another drug of it although they look like salts: never left out. */
const TELLING: ReadonlySet<string> = new Set(
  "benzathine procaine decanoate palmitate bicarbonate gluconate".split(" ")
)

/** Words of a name that make another product of the drug: what does not say them is not that product. */
export const FORMULATIONS: ReadonlySet<string> = new Set(
  "liposome liposomal lipid protein-bound implant depot microspheres decanoate palmitate lauroxil".split(" ")
)

/** Words of titles that name no drug. */
const NO_NAME: ReadonlySet<string> = new Set(
  (
    "and or in of for per up to with mg human recombinant injection injectable infusion solution suspension complex " +
    "subcutaneous intravenous intramuscular implant powder form single dose vial agent system extended release oil " +
    "water sterile the an a use only unit"
  ).split(" ")
)

const NARROWING =
  /\(([^)]*)\)|,\s*(?:not otherwise specified|nos)\b|\b(?:excludes biosimilar|hydrochloride)\b/gi

/** Title parts that only say how much or how. */
const MEASURE =
  /^(?:per|up to|each)\b|^\d|^(?:intravenous|intramuscular|subcutaneous|im|iv|for intravenous|non-lyophilized|lyophilized)/i

export function readDrugTitle(
  title: string
): Pick<DrugCode, "name" | "salts" | "alias" | "narrows" | "per"> | undefined {
  const match = /^(?:Injection|Inj\.?),\s*(.+)$/i.exec(title)
  if (!match) return undefined
  const parts = match[1]!.split(/,\s*(?!\d{3}\b)/)
  const words = foldedWords(parts[0]!.replace(NARROWING, " ")).filter((word) => /\w/.test(word))
  const own = words.filter((word) => !/^\d/.test(word) && !NO_NAME.has(word))
  const name = own.filter((word) => !SALTS.has(word) || TELLING.has(word))
  if (name.length === 0) return undefined
  const rest = parts.slice(1)
  // "…, intravenous, 1 mg" names a way of giving, not the drug again.
  const other = rest[0] ?? ""
  const isName =
    /^[a-z]{7,}$/i.test(other) &&
    !MEASURE.test(other) &&
    !NO_NAME.has(other.toLowerCase()) &&
    !FORMULATIONS.has(other.toLowerCase())
  const alias = isName ? foldedWords(rest.shift()!)[0] : undefined
  const narrows = [
    ...[...title.matchAll(/\(([^)]*)\)/g)].map((each) => each[1]!),
    ...rest.filter(
      (part) => !MEASURE.test(part) && !/not otherwise specified|excludes biosimilar/i.test(part)
    )
  ].flatMap((part) => foldedWords(part).filter((word) => /[a-z]/.test(word)))
  // "3 mg and ... 3 mg": a mixture is counted by the whole, which no dose of one drug tells.
  const doses = dosesIn(title)
  const per = doses[doses.length - 1]
  return {
    name,
    salts: own.filter((word) => SALTS.has(word) && !TELLING.has(word)),
    ...(alias ? { alias } : {}),
    narrows,
    per:
      doses.length === 1 || (doses.length > 1 && rest.length > 0 && dosesIn(parts[0]!).length === 0)
        ? per
        : undefined
  }
}

/** By the first word of the name; drugs with a letter J or Q, and chemotherapy. */
export function drugCodesOf(pack: CodePack): Map<string, DrugCode[]> {
  const byWord = new Map<string, DrugCode[]>()
  for (let row = 0; row < pack.size; row++) {
    const code = pack.code(row)
    if (!/^[JQ]/.test(code)) continue
    const read = readDrugTitle(pack.title(row))
    if (!read) continue
    const drug: DrugCode = { row, code, ...read, ...pack.dates(row) }
    for (const word of new Set([...read.name, ...(read.alias ? [read.alias] : [])])) {
      const listed = byWord.get(word)
      if (listed) listed.push(drug)
      else byWord.set(word, [drug])
    }
  }
  return byWord
}
