/**
 * The root that forms of one word share: fracture, fractured; infection, infected, infectious; diabetes,
 * diabetic; radius, radial. Only used to offer more, with less weight than the word itself.
 */

/** Longest first, so that the first that fits is the whole ending. */
const ENDINGS = (
  "iveness fulness ousness ization ically ational ating ation ative atous iness ities izing ized ement " +
  "ical ious eous ence ance ency ancy ated able ible ator ates ing ion ive ity ous ate ant ent ary ory ial " +
  "ism ist ies ess al ar ic ed es ia us um is ly y a e s"
).split(" ")

/** Root of a folded word; words under five letters are their own root. */
export function stem(word: string): string {
  if (word.length < 4 || /[^a-z]/.test(word)) return word
  // "sclerosis, sclerotic", "arthritis, arthritic": the Greek ending changes before the Latin one is cut.
  if (word.endsWith("osis")) return `${word.slice(0, -4)}ot`
  if (word.endsWith("asis")) return `${word.slice(0, -4)}at`
  for (const ending of ENDINGS) {
    const least = ending.length <= 2 ? 3 : 4
    if (word.endsWith(ending) && word.length - ending.length >= least) return word.slice(0, -ending.length)
  }
  return word
}
