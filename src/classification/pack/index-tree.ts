/** The Alphabetic Index as a tree: children, paths, the words of a path, and the resolution of "see". */
import type { IndexSource, ModelIndexEntry } from "../model"
import { contentOf, contentWords, foldWord, tokenize } from "../words"
import { titleAlternatives } from "./title-alternatives"
import { columnWords, distinct, mainTermWording, unsaidIn, type Wording } from "./wording"

/** At most so many combinations of alternative words are kept for one path. */
const MOST_VARIANTS = 6

export interface SeeTarget {
  entry: number
  /** "by site", "by type": the reference names a family, not one line. */
  family: boolean
  /** Column of the neoplasm table when the reference names a behavior. */
  column?: string
}

const NEOPLASM_BEHAVIOR: readonly (readonly [RegExp, string])[] = [
  [/^malignant, secondary|^secondary/, "Malignant Secondary"],
  [/^malignant/, "Malignant Primary"],
  [/^in situ/, "Ca in situ"],
  [/^benign/, "Benign"],
  [/^uncertain behavior/, "Uncertain Behavior"],
  [/^unspecified behavior/, "Unspecified Behavior"]
]

const DRUG_EFFECT: readonly (readonly [RegExp, string])[] = [
  [/^poisoning$/, "Poisoning Accidental (unintentional)"],
  [/^adverse effect$/, "Adverse effect"],
  [/^underdosing$/, "Underdosing"]
]

export class IndexTree {
  readonly children: number[][]
  /** Main terms of the two indexes by their full names, and by what is left of these. */
  private readonly mains = new Map<string, number[]>()
  private readonly looseMains = new Map<string, number[]>()
  private readonly drugs = new Map<string, number[]>()
  /** The one main term of the neoplasm table, -1 without one. */
  private readonly neoplasms: number
  private readonly variants: (string[][] | undefined)[]
  private readonly names: (LineNames | undefined)[]
  /** The index says the same words again and again ("with", "left"): each text is taken apart once. */
  private readonly ways = new Map<string, string[][]>()
  private readonly namesOfLine = new Map<string, LineNames>()
  private readonly nameOf = new Map<string, { full: string; loose: string }>()
  private readonly resolved = new Map<string, SeeTarget | null>()

  constructor(readonly entries: readonly ModelIndexEntry[]) {
    this.children = entries.map(() => [])
    this.variants = new Array(entries.length)
    this.names = new Array(entries.length)
    this.neoplasms = entries.findIndex((entry) => entry.source === "neoplasm" && entry.parent < 0)
    for (const [at, entry] of entries.entries()) {
      if (entry.parent >= 0) {
        this.children[entry.parent]!.push(at)
        continue
      }
      const names = this.namesAt(at)
      if (entry.source === "drug") for (const name of names.loose) add(this.drugs, name, at)
      else if (entry.source !== "neoplasm") {
        for (const name of names.full) add(this.mains, name, at)
        for (const name of names.loose) add(this.looseMains, name, at)
      }
    }
  }

  /** From the main term down to the entry itself. */
  path(at: number): number[] {
    const path: number[] = []
    for (let e = at; e >= 0; e = this.entries[e]!.parent) path.push(e)
    return path.reverse()
  }

  /** Word sets, any of which says the path down to this entry. */
  wordSets(at: number): string[][] {
    const known = this.variants[at]
    if (known) return known
    const entry = this.entries[at]!
    const own = this.ownWordSets(entry)
    const sets: string[][] = entry.parent < 0 ? own.slice(0, MOST_VARIANTS) : []
    for (const above of entry.parent < 0 ? [] : this.wordSets(entry.parent)) {
      for (const set of own) if (sets.length < MOST_VARIANTS) sets.push(joined(above, set))
    }
    this.variants[at] = sets
    return sets
  }

  /** Words that may be there or not at this entry itself. */
  optionalWords(at: number): string[] {
    const entry = this.entries[at]!
    if (entry.nonessential.length === 0 && entry.parent >= 0) return []
    const said: string[] = []
    for (const text of entry.nonessential) for (const set of this.alternatives(text)) said.push(...set)
    const unsaid = entry.parent < 0 && !isTable(entry) ? unsaidIn(entry.title) : undefined
    if (unsaid !== undefined) said.push(unsaid)
    return distinct(said)
  }

  wording(at: number): Wording[] {
    const optional = this.optionalWords(at)
    return this.wordSets(at).map((required) => ({
      required,
      optional: optional.length === 0 ? optional : optional.filter((word) => !required.includes(word))
    }))
  }

  private ownWordSets(entry: ModelIndexEntry): string[][] {
    if (entry.column !== undefined) return [columnWords(entry.column)]
    if (entry.parent >= 0 || entry.source === "drug") return this.alternatives(entry.title)
    // The columns say "neoplasm": the one main term of that table adds nothing.
    return entry.source === "neoplasm" ? [[]] : mainTermWording(entry.title).alternatives
  }

  private alternatives(text: string): string[][] {
    return remembered(this.ways, text, titleAlternatives)
  }

  private name(text: string): { full: string; loose: string } {
    return remembered(this.nameOf, text, nameOf)
  }

  /**
   * The entry that a reference names: "Pain, abdominal", "Fracture, traumatic, by site", "Neoplasm, breast,
   * malignant". Undefined for "condition", other books, and whatever the index does not hold.
   * @param from where the reference stands: main terms of the same index go before those of the other
   */
  resolve(reference: string, from: IndexSource = "disease"): SeeTarget | undefined {
    const key = `${from} ${reference}`
    const known = this.resolved.get(key)
    if (known !== undefined) return known ?? undefined
    const target = this.sought(reference, from)
    this.resolved.set(key, target ?? null)
    return target
  }

  private sought(reference: string, from: IndexSource): SeeTarget | undefined {
    const parts = reference
      .replace(/\([^()]*\)/g, " ")
      .replace(/^Index to Diseases and Injuries, /i, "")
      .replace(/^Table of Neoplasms\b/i, "Neoplasm")
      .split(",")
      .map((part) => part.replace(/^\s*or /, " ").trim())
      .filter((part) => part !== "")
    const family = parts.some((part) => /^by /.test(part))
    const named = parts.filter((part) => !/^by /.test(part))
    if (named.length === 0 || /^(?:condition|code by|also)/i.test(named[0]!)) return undefined
    if (/^table of drugs and chemicals$/i.test(named[0]!)) return this.resolveDrug(named.slice(1), family)
    if (/^neoplasm$/i.test(named[0]!)) return this.resolveNeoplasm(named.slice(1), family)
    const substance = from === "drug" ? this.resolveDrug(named, family) : undefined
    if (substance) return substance
    for (const exact of [true, false]) {
      for (let length = named.length; length > 0; length--) {
        const name = named.slice(0, length).join(" ")
        const mains = exact
          ? this.mains.get(this.name(name).full)
          : this.looseMains.get(this.name(name).loose)
        for (const main of bySource(mains ?? [], from, this.entries)) {
          const entry = this.descend(main, named.slice(length), exact)
          if (entry !== undefined) return { entry, family }
        }
      }
    }
    // "Poisoning, mercury": a substance of the table, by accident unless more is said.
    return /^poisoning$/i.test(named[0]!)
      ? this.resolveDrug([...named.slice(1), "poisoning"], family)
      : undefined
  }

  private resolveNeoplasm(parts: readonly string[], family: boolean): SeeTarget | undefined {
    const main = this.neoplasms
    if (main < 0) return undefined
    for (let n = 0; n < parts.length; n++) {
      // The behavior stands at the end or, with "by site", in the middle.
      const behavior = parts.slice(n).join(", ")
      const column = NEOPLASM_BEHAVIOR.find(([pattern]) => pattern.test(behavior))?.[1]
      if (column === undefined) continue
      const entry = this.descendAnyhow(main, parts.slice(0, n))
      return entry === undefined ? undefined : { entry, family: family || n === 0, column }
    }
    // A site without behavior: the row, whose columns are to be chosen from.
    const entry = this.descendAnyhow(main, parts)
    return entry === undefined ? undefined : { entry, family: true }
  }

  /** "vitamins, adverse effect" in the table of drugs. */
  private resolveDrug(parts: readonly string[], family: boolean): SeeTarget | undefined {
    const named = [...parts]
    const column = DRUG_EFFECT.find(([pattern]) => pattern.test(named[named.length - 1] ?? ""))?.[1]
    if (column !== undefined) named.pop()
    const [substance, ...more] = named
    if (substance === undefined) return undefined
    for (const main of this.drugs.get(this.name(substance).loose) ?? []) {
      const entry = this.descendAnyhow(main, more)
      if (entry !== undefined) return { entry, family, ...(column === undefined ? {} : { column }) }
    }
    return undefined
  }

  private namesAt(at: number): LineNames {
    let names = this.names[at]
    if (names === undefined) {
      const entry = this.entries[at]!
      const key = [entry.title, ...entry.nonessential].join("\n")
      names = remembered(this.namesOfLine, key, () => namesOf(entry))
      this.names[at] = names
    }
    return names
  }

  private descendAnyhow(from: number, parts: readonly string[]): number | undefined {
    return this.descend(from, parts, true) ?? this.descend(from, parts, false)
  }

  /**
   * Follows subterms whose titles are the parts, some titles taking several parts ("nerve, recurrent"), some
   * parts two titles ("with coma" is printed as "with" and below it "coma").
   * @param exact false: a title may also say more than the reference does ("sedative, hypnotic or anxiolytic")
   */
  private descend(from: number, parts: readonly string[], exact: boolean): number | undefined {
    if (parts.length === 0) return from
    for (let length = parts.length; length > 0; length--) {
      const wanted = parts.slice(0, length).join(" ")
      for (const child of this.named(from, wanted, exact)) {
        const found = this.descend(child, parts.slice(length), exact)
        if (found !== undefined) return found
      }
    }
    const linked = /^(with|without|in|due to|following) (.+)$/.exec(parts[0]!)
    if (linked) {
      const found = this.descend(from, [linked[1]!, linked[2]!, ...parts.slice(1)], exact)
      if (found !== undefined) return found
    }
    if (exact) return undefined
    // "Diabetes, cataract" leaves out the "with" between; "Abscess, upper limb" stands as "limb", below it "upper".
    for (const child of this.children[from]!) {
      if (this.namesAt(child).loose[0] !== "") continue
      const found = this.descend(child, parts, exact)
      if (found !== undefined) return found
    }
    const two = /^(\S+) (\S+)$/.exec(parts[0]!)
    if (!two) return undefined
    return (
      this.descend(from, [two[1]!, two[2]!, ...parts.slice(1)], exact) ??
      this.descend(from, [two[2]!, two[1]!, ...parts.slice(1)], exact)
    )
  }

  /** Subterms that the words may name, the best first. */
  private named(from: number, wanted: string, exact: boolean): number[] {
    const children = this.children[from]!
    const { full, loose } = this.name(wanted)
    const same = children.filter((child) => this.namesAt(child).full.includes(full))
    if (exact || same.length > 0) return same
    if (loose === "") return []
    const alike = children.filter((child) => this.namesAt(child).loose.includes(loose))
    if (alike.length > 0) return alike
    const words = loose.split(" ")
    /** How little a title says besides; infinite when it does not say all, or only its modifiers do. */
    const extra = (child: number): number => {
      const { loose: titles, said } = this.namesAt(child)
      const title = titles[0]!.split(" ")
      const inTitle = words.filter((word) => title.some((own) => own === word || isForm(own, word)))
      const all = words.every((word) => said.some((own) => own === word || isForm(own, word)))
      if (!all || inTitle.length === 0) return Number.POSITIVE_INFINITY
      return title.length + 10 * (words.length - inTitle.length)
    }
    return children
      .map((child) => ({ child, extra: extra(child) }))
      .filter((each) => each.extra < Number.POSITIVE_INFINITY)
      .sort((a, b) => a.extra - b.extra)
      .map((each) => each.child)
  }

  /** The cell of a table row under this heading. */
  cell(row: number, column: string): number | undefined {
    return this.children[row]!.find((child) => this.entries[child]!.column === column)
  }
}

function add(to: Map<string, number[]>, name: string, at: number): void {
  const known = to.get(name)
  if (known) known.push(at)
  else to.set(name, [at])
}

function isTable(entry: ModelIndexEntry): boolean {
  return entry.source === "neoplasm" || entry.source === "drug"
}

/** The words of both, each once; both hold each word once. */
function joined(above: readonly string[], own: readonly string[]): string[] {
  const all = above.slice()
  for (const word of own) if (!above.includes(word)) all.push(word)
  return all
}

/** What was worked out for this text before, or is now. */
function remembered<T>(known: Map<string, T>, text: string, work: (text: string) => T): T {
  let value = known.get(text)
  if (value === undefined) {
    value = work(text)
    known.set(text, value)
  }
  return value
}

interface LineNames {
  /** All words, in order. */
  full: string[]
  /** Without function words, NEC and NOS; the whole title first. */
  loose: string[]
  /** Words of the title and of its nonessential modifiers. */
  said: string[]
}

/** "retina" and "retinal". */
function isForm(a: string, b: string): boolean {
  return a.length >= 5 && b.length >= 5 && (a.startsWith(b) || b.startsWith(a))
}

/**
 * "Diabetes, type 2" and "diabetes type 2." are the same in full; loose leaves out function words, NEC and NOS.
 */
function nameOf(text: string): { full: string; loose: string } {
  const tokens = tokenize(text)
  const full = tokens.map((token) => foldWord(token.text)).join(" ")
  return { full, loose: contentOf(text, tokens).join(" ") }
}

/** Under which a reference may name it: the whole title, and each alternative of "Diabetes, diabetic". */
function namesOf({ title, nonessential }: ModelIndexEntry): LineNames {
  const whole = nameOf(title)
  const full = [whole.full]
  if (/\b(?:NEC|NOS)\b/.test(title)) full.push(nameOf(title.replace(/\b(?:NEC|NOS)\b/g, " ")).full)
  if (/,| or /.test(title)) for (const set of titleAlternatives(title)) full.push(set.join(" "))
  if (unsaidIn(title) !== undefined) {
    for (const set of mainTermWording(title).alternatives) full.push(set.join(" "))
  }
  const first = /^(.+?),/.exec(title)?.[1]
  const loose = [whole.loose, ...full.slice(1), ...(first === undefined ? [] : [nameOf(first).loose])]
  const said = contentWords(nonessential.length === 0 ? title : [title, ...nonessential].join(" ; "))
  return { full: distinct(full), loose: distinct(loose), said: distinct(said) }
}

/** Main terms of the index in which the reference stands go first. */
function bySource(
  mains: readonly number[],
  from: IndexSource,
  entries: readonly ModelIndexEntry[]
): number[] {
  const own = mains.filter((main) => entries[main]!.source === from)
  return [...own, ...mains.filter((main) => entries[main]!.source !== from)]
}
