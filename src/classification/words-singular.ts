/**
 * Singular of an English or Greco-Latin plural, for words already in lower case and American spelling.
 * Conservative: a word in -s that is no plural (diabetes, pancreatitis, lens) must come back unchanged.
 */

/** Never plurals, whatever their ending says. */
const KEEP: ReadonlySet<string> = new Set(
  (
    "diabetes herpes rabies scabies caries series species facies ascites feces menses measles mumps shingles " +
    "rickets hives biceps triceps quadriceps forceps lens pancreas atlas tabes lues sepses stapes nates pubes " +
    "aids sars mers sirs ards pcos pots mods texas christmas alias bias always perhaps besides sometimes less " +
    "across yaws sanies paries does goes hers ours aedes ascaris was hellps fragilitas vas vitas asbestos " +
    "chaos kudos ethos cosmos pathos rhabdos molluscos canvas clitoris dorsales palmaris"
  ).split(" ")
)

/** Plurals that no rule below gives. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    feet: "foot",
    teeth: "tooth",
    children: "child",
    women: "woman",
    men: "man",
    mice: "mouse",
    lice: "louse",
    calves: "calf",
    lenses: "lens",
    gases: "gas",
    axes: "axis",
    crises: "crisis",
    pelvises: "pelvis",
    penises: "penis",
    irises: "iris",
    atlases: "atlas",
    bases: "base",
    indices: "index",
    apices: "apex",
    vertices: "vertex",
    cervices: "cervix",
    appendices: "appendix",
    varices: "varix",
    calices: "calyx",
    calyces: "calyx",
    cicatrices: "cicatrix",
    phalanges: "phalanx",
    metatarsi: "metatarsus",
    diverticula: "diverticulum",
    ganglia: "ganglion",
    phenomena: "phenomenon",
    atria: "atrium",
    septa: "septum",
    hordeola: "hordeolum",
    chalazia: "chalazion",
    fungi: "fungus",
    nuclei: "nucleus",
    bronchi: "bronchus",
    calculi: "calculus",
    emboli: "embolus",
    thrombi: "thrombus",
    foci: "focus",
    nevi: "nevus",
    menisci: "meniscus",
    humeri: "humerus",
    villi: "villus",
    bacilli: "bacillus",
    tophi: "tophus",
    vertebrae: "vertebra",
    bursae: "bursa",
    fistulae: "fistula",
    papillae: "papilla",
    petechiae: "petechia",
    sequelae: "sequela",
    striae: "stria",
    larvae: "larva",
    fasciae: "fascia",
    bullae: "bulla",
    verrucae: "verruca",
    scapulae: "scapula",
    fibulae: "fibula",
    tibiae: "tibia",
    maculae: "macula",
    pleurae: "pleura",
    corneae: "cornea",
    conjunctivae: "conjunctiva",
    maxillae: "maxilla",
    calories: "calorie",
    movies: "movie",
    headaches: "headache",
    toes: "toe",
    shoes: "shoe",
    canoes: "canoe",
    doses: "dose",
    noses: "nose",
    hoses: "hose",
    roses: "rose",
    poses: "pose",
    exposes: "expose",
    closes: "close",
    loses: "lose",
    overdoses: "overdose",
    underdoses: "underdose",
    purposes: "purpose",
    recluses: "recluse",
    abuses: "abuse",
    uses: "use",
    fuses: "fuse",
    infuses: "infuse",
    excuses: "excuse",
    accuses: "accuse"
  })
)

/** First rule whose ending fits decides: [ending, letters to cut, letters to add]. */
const RULES: readonly (readonly [RegExp, number, string])[] = [
  [/(?:ss|us|is)$/, 0, ""],
  [/(?:omas|emas|ias|eas|nas|las|ras|tas|vas|cas)$/, 1, ""],
  [/[a-z]as$/, 0, ""],
  [/[a-z]{2}ies$/, 3, "y"],
  [/ies$/, 1, ""],
  [/sses$/, 2, ""],
  [/xes$/, 2, ""],
  [/(?:tches|nches|rches|oaches|eeches|shes|zzes)$/, 2, ""],
  [/(?:a|o)uses$/, 1, ""],
  [/uses$/, 2, ""],
  [/(?:oses|yses|stases|[^b]iases|(?:th|r|n|g|m|k)eses)$/, 2, "is"],
  [/oes$/, 2, ""],
  [/s$/, 1, ""]
]

/** Singular of a folded word; unchanged when it is no plural that the rules are sure of. */
export function singular(word: string): string {
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return irregular
  if (word.endsWith("omata")) return word.slice(0, -2)
  if (!word.endsWith("s") || word.length < 4 || KEEP.has(word) || /\d/.test(word)) return word
  for (const [ending, cut, add] of RULES) {
    if (!ending.test(word)) continue
    return cut === 0 ? word : word.slice(0, word.length - cut) + add
  }
  return word
}
