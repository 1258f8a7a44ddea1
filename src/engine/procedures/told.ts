/** Whether a sentence reports a procedure of this stay, or only speaks of one. */
import type { ReadDocument, Sentence } from "../text/document"

/** What led to the operation: told in the past tense, done at another time. */
const BEFORE: ReadonlySet<string> = new Set(["indications", "chief-complaint", "reason-for-visit"])
/** The story of how the patient came counts where the sentence says it was here. */
const STORY: ReadonlySet<string> = new Set(["hpi", "subjective"])
const HERE: ReadonlySet<string> = new Set(
  "ed er emergency arrival arrived here today icu ward floor admission hospitalization".split(" ")
)

/** True when a procedure of this sentence, by its section, may be one of this stay. */
export function isToldHere({ section }: Sentence, words: readonly string[]): boolean {
  if (BEFORE.has(section)) return false
  return !STORY.has(section) || words.some((word) => HERE.has(word))
}

/** Words of sentences that tell something; the title of an operation has none. */
const TELLING: ReadonlySet<string> = new Set(
  "was were is are be been being has had have we he she they will would should can then felt thought".split(
    " "
  )
)

/** "Right orchiopexy and right inguinal hernia repair." names what was done, and tells nothing else. */
export function isTitle(words: readonly string[]): boolean {
  return !words.some((word) => TELLING.has(word))
}

/** What makes another thing of an operation's name: a tube that lies there, a scar, a plan of visits. */
const THING: ReadonlySet<string> = new Set(
  "site scar stoma incision wound schedule status tray collar care patient patients clinic center".split(" ")
)

/** True for "tracheostomy site": the words in front of a thing only describe it. */
export function describesThing({ atoms }: ReadDocument, last: number): boolean {
  return THING.has(atoms.folded[last] ?? "")
}
