/**
 * From the row a wording led to, down the tabular tree as far as the words of the note carry: side, stage,
 * acuity, 7th character. Where the note is silent the unspecified code is taken; where there is none the
 * header stays and the axes say what is missing.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import type { WordsByCode } from "../lexicon/compile"
import { factsOf } from "../match/pack-facts"
import { bare, signedWords } from "../match/polarity"
import { BOTH_SIDES, isSide } from "../match/sides"

const ONE_SIDE = /\b(?:right|left)\b/i

/** Words of titles that add nothing a note would say. */
const SILENT_WORDS: ReadonlySet<string> = new Set([
  "elsewhere",
  "classified",
  "classifiable",
  "not",
  "other",
  "side",
  "part"
])

/** What a title prints in brackets asks nothing of the note: "stage 4 (severe)", "systolic (congestive)". */
const BRACKETS = /\([^()]*\)/g
/** "Undescended and ectopic testicle": each child is one of them, so its own words tell it. */
const SEVERAL = /\band\b|\bor\b/i

function titleWords(title: string): string[] {
  return signedWords(title.replace(BRACKETS, " "))
}

const UNKNOWN_STATUS = /\bstatus unknown\b/i

export type EncounterPhase = "A" | "D" | "S"

interface Child {
  row: Row
  /** Folded words its title adds to the parent's. */
  words: string[]
  /** Those of them that silence means, or that notes leave out. */
  silent: ReadonlySet<string>
  unspecified: boolean
  other: boolean
  /** "With loss of consciousness status unknown": beside it silence is no denial. */
  unknown: boolean
}

const NONE: WordsByCode = new Map()

/** Children of a row as the words that tell them apart. Code-set data only: safe to keep. */
export class Tree {
  private readonly known = new Map<Row, readonly Child[]>()

  constructor(
    readonly pack: CodePack,
    /** Words that silence means, and words that notes leave out. */
    private readonly defaults: WordsByCode = NONE,
    private readonly optional: WordsByCode = NONE
  ) {}

  children(row: Row): readonly Child[] {
    let children = this.known.get(row)
    if (!children) {
      children = this.read(row)
      if (this.known.size > 4000) this.known.clear()
      this.known.set(row, children)
    }
    return children
  }

  private read(row: Row): Child[] {
    const parentTitle = this.pack.title(row)
    const parentWords = new Set(SEVERAL.test(parentTitle) ? [] : titleWords(parentTitle))
    const children = this.pack.children(row).map((child): Child => {
      const title = this.pack.title(child)
      const words = [...new Set(titleWords(title))].filter(
        (w) => !parentWords.has(w) && !SILENT_WORDS.has(bare(w))
      )
      return {
        row: child,
        words,
        silent: new Set(words.filter((word) => this.isSilent(word, this.pack.code(child)))),
        unspecified: isUnspecified(title, parentTitle),
        unknown: UNKNOWN_STATUS.test(title),
        other: /\bother\b/i.test(title)
      }
    })
    if (children.length < 2) return children
    // What all of them say ("upper limb", "elbow") tells none apart.
    // "Unspecified metacarpal bone" leaves out what the others repeat ("... third metacarpal bone, right hand").
    const telling = children.filter((child) => !child.unspecified && !child.other)
    // Of a category ("Depressive episode") they are conditions of their own names.
    const [first, ...rest] = telling.length > 1 && this.pack.code(row).length > 3 ? telling : children
    const common = new Set(first!.words.filter((word) => rest.every((child) => child.words.includes(word))))
    // Nor does what the child that silence means says ("otitis media, unspecified ear" beside "right ear").
    for (const word of silentOf(children)?.words ?? []) common.add(word)
    for (const child of children) child.words = child.words.filter((word) => !common.has(word))
    return children
  }

  private isSilent(word: string, code: string): boolean {
    const holds = (words: WordsByCode) => words.has(word) && (words.get(word)?.has(code) ?? true)
    return holds(this.defaults) || holds(this.optional)
  }
}

function countUnspecified(title: string): number {
  return title.match(/\bunspecified\b/gi)?.length ?? 0
}

/** "Unspecified" that the parent's title does not say already: this child is what silence means. */
function isUnspecified(title: string, parentTitle: string): boolean {
  return countUnspecified(title) > countUnspecified(parentTitle)
}

/**
 * True when the children are the same code with a 7th character: of seven characters, and their titles are that of the
 * code with more behind it. "Personal history of hyperplastic colon polyps" is a kind that happens to stand so deep.
 */
function isSeventhLevel(pack: CodePack, children: readonly Child[]): boolean {
  const first = children[0]
  if (first === undefined || pack.code(first.row).replace(".", "").length !== 7) return false
  if (isPhaseLevel(pack, children)) return true
  const parent = pack.parent(first.row)
  return parent >= 0 && children.every((child) => pack.title(child.row).startsWith(pack.title(parent)))
}

/** The 7th characters tell the phase of an encounter. */
function isPhaseLevel(pack: CodePack, children: readonly Child[]): boolean {
  const ends = new Set(children.map((child) => pack.code(child.row).slice(-1)))
  return ends.has("A") && ends.has("D")
}

const HEALING = ["delayed", "nonunion", "malunion"] as const
const PHASE_TITLE: Readonly<Record<EncounterPhase, string>> = {
  A: "initial encounter",
  D: "subsequent encounter",
  S: "sequela"
}

function seventhChild(
  pack: CodePack,
  children: readonly Child[],
  phase: EncounterPhase | undefined,
  said: ReadonlySet<string>
): Row | undefined {
  if (!phase) return undefined
  const plain = children.find((child) => pack.code(child.row).endsWith(phase))?.row
  // Fractures tell more by the character: open or closed, and how they heal (I.C.19.c.1).
  const wanted = [...(phase === "D" ? HEALING : []), "open"].filter((word) => said.has(word))
  if (wanted.length === 0 || plain === undefined) return plain
  const of = PHASE_TITLE[phase]
  const fits = (title: string) =>
    title.includes(of) &&
    wanted.every((word) => title.includes(word)) &&
    (wanted.includes("open") || title.includes("closed"))
  return children.find((child) => fits(pack.title(child.row).toLowerCase()))?.row ?? plain
}

/** Of the children that mean "not said", the one that says least else. */
function silentOf(children: readonly Child[]): Child | undefined {
  const unknown = children.find((child) => child.unknown)
  if (unknown) return unknown
  let best: Child | undefined
  for (const child of children) {
    if (child.unspecified && (!best || child.words.length < best.words.length)) best = child
  }
  return best
}

function bestChild(children: readonly Child[], said: ReadonlySet<string>): Row | undefined {
  let best: Child | undefined
  let bestScore = 0
  const silenceDenies = !children.some((child) => child.unknown)
  for (const child of children) {
    let score = 0
    let missing = 0
    let defaults = 0
    for (const word of child.words) {
      if (said.has(word)) score += 2
      // What a title denies is the default as long as the note does not say it.
      else if (word.startsWith("-")) said.has(bare(word)) || !silenceDenies ? missing++ : defaults++
      else if (child.silent.has(word)) defaults++
      else missing++
    }
    if (missing > 0) continue
    // "Other specified" needs a word of its own; "unspecified" is what silence means.
    if (child.other && score === 0) continue
    if (score === 0 && defaults > 0) score = 1
    if (child.unspecified) score += 0.5
    if (score > bestScore) {
      best = child
      bestScore = score
    }
  }
  return best?.row ?? silentOf(children)?.row
}

/** An unspecified leaf whose sisters the note can tell apart: start again from the parent. */
function reopened(tree: Tree, row: Row, said: ReadonlySet<string>): Row {
  const { pack } = tree
  if (!/\bunspecified\b/i.test(factsOf(pack).title(row))) return row
  const parent = pack.parent(row)
  if (parent < 0) return row
  const better = tree
    .children(parent)
    .some(
      (child) =>
        child.row !== row &&
        !child.unspecified &&
        (!child.other || child.words.every(isSide)) &&
        child.words.some((w) => said.has(w)) &&
        child.words.every((w) => said.has(w) || child.silent.has(w))
    )
  return better ? parent : row
}

/**
 * @param said folded words of the clause and what belongs to it
 * @param phase of the encounter, when the note tells (7th character)
 */
export function refine(
  tree: Tree,
  row: Row,
  said: ReadonlySet<string>,
  phase: EncounterPhase | undefined
): Row {
  const { pack } = tree
  let at = reopened(tree, row, said)
  for (let depth = 0; depth < 8 && !pack.billable(at); depth++) {
    const children = tree.children(at)
    if (children.length === 0) break
    const seventh = isSeventhLevel(pack, children)
    // Initial, subsequent or sequela: without words for it a choice of the coder, not a guess (I.A.5, I.C.19.a).
    if (seventh && !phase && isPhaseLevel(pack, children)) break
    const next = seventh
      ? (seventhChild(pack, children, phase, said) ?? bestChild(children, said))
      : children.length === 1
        ? children[0]!.row
        : bestChild(children, said)
    if (next === undefined) break
    at = next
  }
  return at
}

/**
 * As `refine`, and both sides where the note says both and the classification has no bilateral code (I.B.13).
 */
export function refineSides(
  tree: Tree,
  row: Row,
  said: ReadonlySet<string>,
  phase: EncounterPhase | undefined
): Row[] {
  const parent = tree.pack.parent(row)
  if (said.has(BOTH_SIDES) && parent >= 0 && ONE_SIDE.test(factsOf(tree.pack).title(row)))
    return refineSides(
      tree,
      parent,
      new Set([...said, "bilateral"].filter((word) => word !== BOTH_SIDES)),
      phase
    )
  if (!said.has("bilateral") && !said.has("both")) {
    // One side named is one side alone ("unilateral primary osteoarthritis, right knee").
    const oneSide = said.has("right") !== said.has("left")
    return [refine(tree, row, oneSide ? new Set([...said, "unilateral"]) : said, phase)]
  }
  const together = refine(tree, row, new Set([...said, "bilateral"]), phase)
  if (/\bbilateral\b/i.test(factsOf(tree.pack).title(together))) return [together]
  const without = (side: string) => [...said].filter((word) => word !== side)
  const right = refine(tree, row, new Set([...without("left"), "right"]), phase)
  const left = refine(tree, row, new Set([...without("right"), "left"]), phase)
  const apart =
    /\bright\b/i.test(factsOf(tree.pack).title(right)) && /\bleft\b/i.test(factsOf(tree.pack).title(left))
  return apart ? [right, left] : [together]
}
