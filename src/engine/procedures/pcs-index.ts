/**
 * Procedures that only the Index of ICD-10-PCS knows: "Pharyngoplasty - see Repair, Mouth and Throat". One word
 * names them, and the Index says where; what several tables may hold is left to the coder.
 */
import type { CodePack, IndexLine } from "@/classification/pack-api"
import { foldedWords } from "./said"

/** Names of operations: -ectomy, -otomy, -plasty and so on. Others ("Repair", "Foot") say nothing alone. */
const OPERATION =
  /(?:ectomy|otomy|ostomy|plasty|rrhaphy|pexy|desis|centesis|scopy|tripsy|lysis|clasis|plication|phlebotomy)$/
/**
 * Ways in, never a procedure beside the one they lead to (B3.1b), and names so wide that the Index leads to parts
 * that the note does not mean: a toe's arthroplasty is no radius.
 */
const TELLS_TOO_LITTLE: ReadonlySet<string> = new Set(
  (
    "laparotomy thoracotomy sternotomy craniotomy arthrotomy capsulotomy venotomy arteriotomy colotomy enterotomy " +
    "gastrotomy cystotomy hysterotomy durotomy corticotomy minilaparotomy mediastinotomy arthroplasty laminectomy " +
    "laminotomy foraminotomy facetectomy colostomy tracheotomy"
  ).split(" ")
)
/** A name with more tables than this tells too little. */
const MOST_BEGINNINGS = 6

/** Names of the index with the beginnings of codes they lead to. Worked out once for a pack. */
export function operationsOf(pack: CodePack): Map<string, { term: string; begins: string[] }> {
  const operations = new Map<string, { term: string; begins: string[] }>()
  const book = pack.indexBook
  if (!book) return operations
  const count = book.sources().find(({ source }) => source === "pcs")?.mainTerms ?? 0
  for (const line of book.mainTerms("pcs", 0, count)) {
    const title = line.title.replace(/[,;].*$/, "")
    if (!/^[A-Za-z-]+$/.test(title) || !OPERATION.test(title.toLowerCase())) continue
    const begins = new Set(beginningsOf(line))
    for (const below of line.children > 0 ? book.children(line.id) : []) {
      // A subterm with words of its own narrows the name: only references without words are the name itself.
      if (below.title === "") for (const each of beginningsOf(below)) begins.add(each)
    }
    const words = foldedWords(title)
    if (TELLS_TOO_LITTLE.has(title.toLowerCase())) continue
    if (words.length !== 1 || begins.size === 0 || begins.size > MOST_BEGINNINGS) continue
    operations.set(words[0]!, { term: title, begins: [...begins] })
  }
  return operations
}

/** "-ectomy" of a whole part is Resection, of a piece Excision; a mend with material is Supplement. */
const PIECE: ReadonlySet<string> = new Set([
  "partial",
  "subtotal",
  "wedge",
  "biopsy",
  "segmental",
  "excisional"
])
const MATERIAL: ReadonlySet<string> = new Set([
  "mesh",
  "graft",
  "patch",
  "prosthesis",
  "implant",
  "allograft"
])

/** Fluid let out makes a Drainage of what is cut; a tube left makes one of what is opened. */
const FLUID: ReadonlySet<string> = new Set(
  "drain drained drainage drains pus abscess fluid aspirated aspiration tube decompression".split(" ")
)
/** Pulled or stripped out by force: Extraction, not Excision. */
const PULLED: ReadonlySet<string> = new Set("stripping stripped stab avulsed avulsion hook hooked".split(" "))

/**
 * Of the beginnings of a name those that the words fit: root operations that differ by the extent or by the
 * material, as the definitions of the classification part them.
 */
export function fittingBeginnings(begins: readonly string[], said: ReadonlySet<string>): string[] {
  const operations = new Set(begins.map((start) => start[2]))
  const has = (words: ReadonlySet<string>) => [...words].some((word) => said.has(word))
  return begins.filter((start) => {
    if (operations.has("B") && operations.has("T")) {
      if (start[2] === "B") return has(PIECE)
      if (start[2] === "T") return !has(PIECE)
    }
    if (operations.has("Q") && (operations.has("U") || operations.has("R"))) {
      if (start[2] === "Q") return !has(MATERIAL)
      if (start[2] === "U" || start[2] === "R") return has(MATERIAL)
    }
    if (operations.has("9") && operations.size > 1) {
      if (start[2] === "9") return has(FLUID)
      return !has(FLUID)
    }
    if (operations.has("B") && operations.has("D")) {
      if (start[2] === "D") return has(PULLED)
      if (start[2] === "B") return !has(PULLED)
    }
    return true
  })
}

function beginningsOf(line: IndexLine): string[] {
  return line.beginnings ?? (line.code && /^[0-9A-HJ-NP-Z]{7}$/.test(line.code) ? [line.code] : [])
}
