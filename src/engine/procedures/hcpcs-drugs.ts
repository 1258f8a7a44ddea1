/**
 * Drugs that the note says were given here, as HCPCS codes with units. A prescription, a home medication, a
 * tablet or an inhaler gives nothing. Tier *code* only with route or wording that says it was given, a dose, and
 * one code that fits; what was only ordered is *consider*.
 */
import type { CodePack } from "@/classification/pack-api"
import type { PhraseTable } from "../lexicon/phrases"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import type { Axis } from "../types"
import { type Dose, dosesIn, unitsOf } from "./dose"
import { type DrugCode, FORMULATIONS } from "./drug-codes"
import { evidenceAt, type Finding } from "./finding"
import { phrasesIn, type Says, type SentenceReasons } from "./said"
import type { DrugBrand } from "./types"

export interface DrugTables {
  pack: CodePack
  byWord: ReadonlyMap<string, readonly DrugCode[]>
  brands: PhraseTable<{ brand: DrugBrand; generic: string[] }>
}

/** Atoms before and behind a drug's name that may belong to it. */
const BEFORE = 8
const BEHIND = 10

const INJECTED: ReadonlySet<string> = new Set(
  "im iv sq sc subq subcut subcutaneous subcutaneously intramuscular intramuscularly intravenous intravenously ivp ivpb infusion infused injection injected intraarticular intra-articular intralesional bolus".split(
    " "
  )
)

/** Other ways than through a needle. */
const OTHER_ROUTE: ReadonlySet<string> = new Set(
  "po oral orally tablet tab capsule cap mouth inhaler inhaled nebulized nebulizer neb puff nasal intranasal spray topical cream ointment gel patch drop suppository rectal sublingual sl odt lozenge bid tid qid daily qhs prn nightly weekly monthly".split(
    " "
  )
)

/** Drugs that numb the place of a procedure: a part of it, never a code of their own unless given into a vein. */
const LOCAL_ANESTHETICS: ReadonlySet<string> = new Set(
  "lidocaine bupivacaine mepivacaine ropivacaine chloroprocaine tetracaine prilocaine articaine".split(" ")
)
const INTO_A_VEIN: ReadonlySet<string> = new Set(["iv", "ivp", "intravenous", "intravenously", "ivpb"])
/** "1:100,000": the epinephrine in a local anesthetic. */
const DILUTION = /\b1\s*:\s*\d{2,3},?000\b/
/** Put to sleep for a procedure: the anesthesia's, not a drug given. */
const GENERAL_ANESTHETICS: ReadonlySet<string> = new Set(
  "propofol etomidate rocuronium succinylcholine vecuronium sevoflurane".split(" ")
)

/** Sections that tell what was done here, where "was given" needs neither a way nor a dose. */
const TOLD_HERE: ReadonlySet<string> = new Set([
  "procedure",
  "treatment",
  "ed-course",
  "orders",
  "nursing",
  "imaging",
  "immunizations"
])

/** Given by mouth as often as by needle: without a route it is for the coder to find out which it was. */
const BY_MOUTH_TOO: ReadonlySet<string> = new Set(
  (
    "ibuprofen acetaminophen ondansetron granisetron metoclopramide prochlorperazine promethazine diphenhydramine " +
    "hydroxyzine famotidine pantoprazole esomeprazole dexamethasone methylprednisolone prednisolone lorazepam " +
    "diazepam haloperidol chlorpromazine olanzapine ziprasidone aripiprazole metoprolol labetalol diltiazem verapamil " +
    "hydralazine furosemide bumetanide digoxin amiodarone levetiracetam lacosamide phenytoin phenobarbital valproate " +
    "morphine hydromorphone methadone azithromycin doxycycline levofloxacin ciprofloxacin moxifloxacin clindamycin " +
    "metronidazole fluconazole linezolid acyclovir dicyclomine methotrexate cyclophosphamide potassium"
  ).split(" ")
)

/** Given by mouth far more often than by needle: without a word of a needle they were no injection. */
const MOSTLY_BY_MOUTH: ReadonlySet<string> = new Set(
  (
    "ibuprofen acetaminophen prednisolone azithromycin doxycycline levofloxacin ciprofloxacin moxifloxacin " +
    "clindamycin metronidazole fluconazole linezolid acyclovir dicyclomine methotrexate potassium metoprolol"
  ).split(" ")
)

interface Found {
  first: number
  last: number
  words: ReadonlySet<string>
  /** Generic name behind a brand: a code that has only a part of it is another drug. */
  brand?: readonly string[]
  /** Why these words mean this drug. */
  via: string
}

/** Names of drugs in the sentence, brand or generic; where they overlap the first. */
function namesIn({ byWord, brands }: DrugTables, chart: ReadChart, sentence: Sentence): Found[] {
  const { atoms } = chart.read
  const found: Found[] = []
  let end = sentence.first
  const branded = new Map(
    phrasesIn(brands, chart.read, sentence.first, sentence.last).map((hit) => [hit.first, hit])
  )
  for (let at = sentence.first; at < sentence.last; at++) {
    if (at < end) continue
    const brand = branded.get(at)
    const word = atoms.folded[at] ?? ""
    if (brand) {
      end = brand.last
      const { generic, brand: entry } = brand.value
      if (!generic.some((each) => byWord.has(each))) continue
      found.push({
        first: at,
        last: end,
        words: new Set(generic),
        brand: generic,
        via: `brand name: ${entry.id}`
      })
    } else if (word.length > 3 && byWord.has(word)) {
      end = at + 1
      while (end < sentence.last && byWord.has(atoms.folded[end] ?? "")) end++
      const own = atoms.folded.slice(at, end)
      found.push({ first: at, last: end, words: new Set(own), via: "title" })
    }
  }
  return found
}

/** Ends of what may speak of one name: the neighbouring names. */
function windowOf(found: readonly Found[], i: number, sentence: Sentence): [number, number] {
  const { first, last } = found[i]!
  const before = found[i - 1]?.last ?? sentence.first
  const behind = found[i + 1]?.first ?? sentence.last
  return [Math.max(before, first - BEFORE), Math.min(behind, last + BEHIND)]
}

const MOST_NAME_WORDS = 5

interface Scored {
  drug: DrugCode
  score: number
}

function fitting(
  tables: DrugTables,
  name: Found,
  window: ReadonlySet<string>,
  date: string | undefined
): DrugCode[] {
  const candidates = new Set([...name.words].flatMap((word) => tables.byWord.get(word) ?? []))
  const said = (word: string) => name.words.has(word) || window.has(word)
  const scored: Scored[] = []
  for (const drug of candidates) {
    if (date !== undefined && ((drug.ended ?? "9") < date || (drug.added ?? "0") > date)) continue
    if (date === undefined && drug.ended !== undefined) continue
    const named = drug.name.every(said) || (drug.alias !== undefined && said(drug.alias))
    // One long word that no other drug has names it: "cyanocobalamin" of "vitamin b-12 cyanocobalamin".
    // A title that describes in many words ("products with an indication for prophylaxis") names no drug by one.
    const only =
      drug.name.length <= MOST_NAME_WORDS &&
      drug.name.some(
        (word) => word.length > 7 && name.words.has(word) && tables.byWord.get(word)?.length === 1
      )
    if (!named && (!only || drug.name.some((word) => FORMULATIONS.has(word) && !said(word)))) continue
    if (name.brand && !coversBrand(drug, name.brand)) continue
    const score =
      drug.name.filter(said).length +
      0.3 * drug.salts.filter(said).length -
      0.1 * drug.salts.filter((word) => !said(word)).length -
      0.4 * drug.narrows.filter((word) => !said(word)).length
    scored.push({ drug, score })
  }
  const best = Math.max(...scored.map(({ score }) => score))
  return scored.filter(({ score }) => score > best - 0.05).map(({ drug }) => drug)
}

/** "Vicodin" is no acetaminophen alone; salts and the kind of an insulin may be missing in a title. */
function coversBrand(drug: DrugCode, generic: readonly string[]): boolean {
  const told = new Set([...drug.name, ...drug.salts, ...drug.narrows, ...(drug.alias ? [drug.alias] : [])])
  if (told.has("insulin")) return true
  const named = generic.filter((word) => /\w/.test(word))
  // A drug's own long name is enough where only its form or its maker's suffix is left out.
  const missing = named.filter((word) => !told.has(word) && !SAME_DRUG.has(word))
  return missing.length === 0
}
const SAME_DRUG: ReadonlySet<string> = new Set(
  "sodium hydrochloride acetate alfa beta human vaccine preservative free extended release succinate microspheres".split(
    " "
  )
)

/** Marks and words between a dose and a name that part them. */
const PARTING = /[,;]|\band\b|\bplus\b|\bthen\b/gi
/** What stands behind the name is a little more often its dose than what stands in front. */
const IN_FRONT = 3
const PARTED = 30

/** The dose nearest to the name: behind it ("Toradol 30 mg") or in front ("30 mg of Toradol"). */
function doseNear(chart: ReadChart, name: Found, from: number, to: number): Dose | undefined {
  const { atoms, text } = chart.read
  const offset = atoms.start[from] ?? 0
  const end = atoms.end[to - 1] ?? offset
  const start = atoms.start[name.first] ?? 0
  const stop = atoms.end[name.last - 1] ?? start
  const doses = dosesIn(text.slice(offset, end)).map((dose) => {
    const behind = dose.start + offset >= stop
    const between = behind ? text.slice(stop, dose.start + offset) : text.slice(dose.end + offset, start)
    const parted = between.match(PARTING)?.length ?? 0
    return { dose, far: between.length + (behind ? 0 : IN_FRONT) + parted * PARTED }
  })
  // A volume only says how much fluid it was when a weight stands there too.
  const weights = doses.filter(({ dose }) => dose.unit !== "ml")
  const listed = weights.length > 0 ? weights : doses
  return listed.sort((a, b) => a.far - b.far)[0]?.dose
}

/** Numbing the place, and putting to sleep, belong to the procedure (HCPCS drugs are what was given besides). */
function isPartOfAnesthesia(
  chart: ReadChart,
  name: Found,
  from: number,
  to: number,
  window: ReadonlySet<string>
): boolean {
  const is = (drugs: ReadonlySet<string>) => [...name.words].some((word) => drugs.has(word))
  if (is(GENERAL_ANESTHETICS)) return true
  if (is(LOCAL_ANESTHETICS)) return ![...window].some((word) => INTO_A_VEIN.has(word))
  if (!name.words.has("epinephrine")) return false
  const { atoms, text } = chart.read
  const around = text.slice(atoms.start[from] ?? 0, atoms.end[to - 1] ?? 0)
  return DILUTION.test(around) || [...window].some((word) => LOCAL_ANESTHETICS.has(word))
}

export function drugsIn(
  tables: DrugTables,
  chart: ReadChart,
  sentence: Sentence,
  says: () => ReadonlySet<Says>,
  reasons: SentenceReasons,
  options: { date: string | undefined; several: boolean }
): Finding[] {
  const names = namesIn(tables, chart, sentence)
  const findings: Finding[] = []
  names.forEach((name, i) => {
    const [from, to] = windowOf(names, i, sentence)
    const window = new Set(chart.read.atoms.folded.slice(from, to))
    if ([...window].some((word) => OTHER_ROUTE.has(word))) return
    const said = says()
    const injected = [...window].some((word) => INJECTED.has(word))
    const given =
      said.has("given") || (sentence.section === "treatment" && injected && !said.has("elsewhere"))
    if (!given && !(said.has("ordered") && injected)) return
    if (!given && said.has("elsewhere")) return
    if (isPartOfAnesthesia(chart, name, from, to, window)) return
    // "The Vicodin that she was given last night": neither a way of giving nor a dose, in a story.
    const dose = doseNear(chart, name, from, to)
    const words = chart.read.atoms.folded.slice(sentence.first, sentence.last)
    const told = TOLD_HERE.has(sentence.section) || words.some((word) => INJECTED.has(word))
    if (!told && dose === undefined) return
    if (!TOLD_HERE.has(sentence.section) && words.some((word) => word === "oral" || word === "orally")) return
    if (reasons.isElsewhere(name.first, name.last)) return
    const drugs = fitting(tables, name, window, options.date)
    const [drug] = drugs
    if (!drug) return
    if (!injected && drug.name.some((word) => MOSTLY_BY_MOUTH.has(word))) return
    const units = dose && drug.per ? unitsOf(dose, drug.per) : undefined
    const routed = injected || !drug.name.some((word) => BY_MOUTH_TOO.has(word))
    const certain = given && routed && drugs.length === 1 && units !== undefined
    const { pack } = tables
    findings.push({
      system: "HCPCS",
      code: drug.code,
      title: pack.title(drug.row),
      billable: true,
      tier: certain ? "code" : "consider",
      score: certain ? 0.62 : 0.3,
      evidence: evidenceAt(
        chart,
        sentence,
        name.first,
        name.last,
        { term: chart.read.atoms.folded.slice(name.first, name.last).join(" "), via: name.via },
        options.several
      ),
      axes: [...axesOf(pack, drugs, dose, units), ...(routed ? [] : [{ axis: "route", options: [] }])]
    })
  })
  return findings
}

/** Units and dose as far as they are told, and the codes to choose from when several fit. */
function axesOf(
  pack: CodePack,
  drugs: readonly DrugCode[],
  dose: Dose | undefined,
  units: number | undefined
): Axis[] {
  const { per } = drugs[0]!
  const axes: Axis[] = []
  if (drugs.length > 1) {
    axes.push({
      axis: "code",
      options: drugs.map(({ row, code }) => ({ value: pack.title(row), code }))
    })
  }
  axes.push(
    dose ? { axis: "dose given", value: dose.text, options: [] } : { axis: "dose given", options: [] }
  )
  if (per) {
    axes.push({
      axis: `units of ${per.text}`,
      ...(units === undefined ? {} : { value: String(units) }),
      options: []
    })
  }
  return axes
}
