/** British to American spelling, for words already in lower case without diacritics. */

/**
 * Stems are rewritten wherever they stand in a word. Only stems that no American medical word contains:
 * a blanket "ae" to "e" would spoil "aerobic", "pneumoniae" and "vertebrae".
 */
const STEMS: readonly (readonly [string, string])[] = [
  ["haem", "hem"],
  ["aemi", "emi"],
  ["aesthe", "esthe"],
  ["paed", "ped"],
  ["gynaec", "gynec"],
  ["faec", "fec"],
  ["caec", "cec"],
  ["caesar", "cesar"],
  ["cesarian", "cesarean"],
  ["caesium", "cesium"],
  ["aetiol", "etiol"],
  ["naev", "nev"],
  ["praecox", "precox"],
  ["perinae", "perine"],
  ["spirochaet", "spirochet"],
  ["oedem", "edem"],
  ["oesoph", "esoph"],
  ["oestr", "estr"],
  ["foet", "fet"],
  ["rrhoe", "rrhe"],
  ["pnoe", "pne"],
  ["coelia", "celia"],
  ["amoeb", "ameb"],
  ["homoeo", "homeo"],
  ["manoeuvr", "maneuver"],
  ["tumour", "tumor"],
  ["colour", "color"],
  ["behaviour", "behavior"],
  ["labour", "labor"],
  ["humour", "humor"],
  ["odour", "odor"],
  ["vapour", "vapor"],
  ["rigour", "rigor"],
  ["favour", "favor"],
  ["neighbour", "neighbor"],
  ["sulph", "sulf"],
  ["leuco", "leuko"],
  ["leucaem", "leukem"],
  ["leucemi", "leukemi"],
  ["counsell", "counsel"],
  ["labell", "label"],
  ["travell", "travel"],
  ["tunnell", "tunnel"],
  ["artefact", "artifact"],
  ["aluminium", "aluminum"],
  ["hiccough", "hiccup"],
  ["mould", "mold"],
  ["ageing", "aging"],
  ["aeroplane", "airplane"],
  ["neurone", "neuron"],
  ["fibre", "fiber"],
  ["litre", "liter"],
  ["metre", "meter"],
  ["centre", "center"],
  ["calibre", "caliber"],
  ["goitre", "goiter"],
  ["titre", "titer"]
]

/** One test decides for most words that no stem is there. */
const ANY_STEM = new RegExp(STEMS.map(([from]) => from).join("|"))

const WHOLE: ReadonlyMap<string, string> = new Map([
  ["grey", "gray"],
  ["tyre", "tire"],
  ["tyres", "tires"],
  ["practise", "practice"],
  ["licence", "license"],
  ["defence", "defense"],
  ["programme", "program"],
  ["programmes", "programs"],
  ["disk", "disc"],
  ["disks", "discs"],
  ["analyse", "analyze"],
  ["analysed", "analyzed"],
  ["paralyse", "paralyze"],
  ["paralysed", "paralyzed"],
  ["dialyse", "dialyze"],
  ["dialysed", "dialyzed"]
])

/** Words in -ise that are not verbs in -ize; told by what stands before the ending. */
const TRUE_ISE =
  /(?:w|c|v|pr|gu|u|o|a|chem|prom|prem|dem|expert|advert|treat|an|merchand|parad|franch|tort)is(?:e|ed|es|ing|er|ers)$/

/** -isation is always -ization; -ise, -ised, -ises, -ising only when it is that verb. */
function izeSpelling(word: string): string {
  if (word.length < 7) return word
  if (/isations?$/.test(word)) return word.replace(/isation(s?)$/, "ization$1")
  const ending = /(?:[aeiouy][bdgklmnprst]|[st]et|[nst]t|[lrs]d|[rst]m|r[gkmn])is(?:e|ed|es|ing)$/
  if (!ending.test(word) || TRUE_ISE.test(word)) return word
  return word.replace(/is(e|ed|es|ing)$/, "iz$1")
}

/** American spelling of a lower-case word; a word of no known British form comes back unchanged. */
export function americanSpelling(word: string): string {
  const whole = WHOLE.get(word)
  if (whole !== undefined) return whole
  let w = word
  if (ANY_STEM.test(w)) {
    for (const [from, to] of STEMS) {
      if (w.includes(from)) w = w.replaceAll(from, to)
    }
    // "fibred", "metred", "centred" leave "fiberd": the stem ended in the vowel that was moved.
    w = w.replace(/(fiber|center|maneuver)d$/, "$1ed")
  }
  return w.includes("is") ? izeSpelling(w) : w
}
