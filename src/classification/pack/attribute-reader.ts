/** What lists beside the classification say of codes, see compile-attributes.ts. */
import type { AttributeList, CodeAttributes } from "../model"
import { isoDay } from "./days"
import { FACT_KINDS, LIST_KINDS, MAX_FACTS, type Numbers, PackDamaged } from "./format"
import type { Sections } from "./head"
import type { RecordList } from "./records"
import type { TextReader } from "./texts"

export class AttributeReader {
  private readonly profileOf: Numbers
  private readonly profiles: RecordList
  private readonly kinds: Numbers
  private readonly names: Numbers
  private readonly values: Numbers
  private readonly listKinds: Numbers
  private readonly listNames: Numbers
  private readonly listFrom: Numbers
  private readonly listTo: Numbers
  private readonly listMore: Numbers

  constructor(
    sections: Sections,
    private readonly texts: TextReader,
    rowCount: number
  ) {
    this.profileOf = sections.numbers("attributeProfile")
    if (this.profileOf.length !== 0 && this.profileOf.length !== rowCount) {
      throw new PackDamaged("the section attributeProfile has a wrong length")
    }
    this.profiles = sections.records("profileAt", "profileBytes")
    this.kinds = sections.numbers("factKind")
    this.names = sections.numbersOf("factName", this.kinds.length)
    this.values = sections.numbersOf("factValue", this.kinds.length)
    this.listKinds = sections.numbers("listKind")
    this.listNames = sections.numbersOf("listName", this.listKinds.length)
    this.listFrom = sections.numbersOf("listFrom", this.listKinds.length)
    this.listTo = sections.numbersOf("listTo", this.listKinds.length)
    this.listMore = sections.numbersOf("listMore", this.listKinds.length)
  }

  /** {} when no list names the row. @throws PackDamaged */
  attributes(row: number): CodeAttributes {
    const profile = this.profileOf[row] ?? 0
    if (profile === 0) return {}
    const facts: number[] = []
    const reader = this.profiles.seek(profile - 1)
    while (reader.more) facts.push(reader.varint())
    if (facts.length > MAX_FACTS) throw new PackDamaged("a code has too many attributes")
    const found: CodeAttributes = {}
    for (const fact of facts) this.addFact(found, fact)
    return found
  }

  private addFact(to: CodeAttributes, fact: number): void {
    const kind = FACT_KINDS[this.kinds[fact] ?? -1]
    if (kind === undefined) throw new PackDamaged("an attribute is damaged")
    const value = this.texts.get(this.values[fact]!)
    if (kind === "poaExempt") to.poaExempt = true
    else if (kind === "mce") to.mce = [...(to.mce ?? []), value]
    else if (kind === "cc") {
      if (value !== "CC" && value !== "MCC") throw new PackDamaged("an attribute is damaged")
      to.cc = value
    } else to[kind] = { ...to[kind], [this.texts.get(this.names[fact]!)]: value }
  }

  lists(): AttributeList[] {
    return Array.from(this.listKinds, (flags, n) => {
      const kind = LIST_KINDS[flags & 7]
      if (kind === undefined) throw new PackDamaged("a list of attributes is damaged")
      const from = this.listFrom[n]!
      const to = this.listTo[n]!
      return {
        kind,
        name: this.texts.get(this.listNames[n]!),
        ...(from > 0 ? { effective: { from: isoDay(from), ...(to > 0 ? { to: isoDay(to) } : {}) } } : {}),
        ...((flags & 8) !== 0 ? { borrowed: true } : {}),
        ...this.more(this.listMore[n]!)
      }
    })
  }

  /** What only some lists have. @throws PackDamaged */
  private more(text: number): Pick<AttributeList, "knowsUntil" | "labels" | "ages"> {
    if (text === 0) return {}
    let more: unknown
    try {
      more = JSON.parse(this.texts.get(text - 1))
    } catch {
      throw new PackDamaged("what a list of attributes tells of itself is damaged")
    }
    if (typeof more !== "object" || more === null) throw new PackDamaged("a list of attributes is damaged")
    const { knowsUntil, labels, ages } = more as Pick<AttributeList, "knowsUntil" | "labels" | "ages">
    return {
      ...(typeof knowsUntil === "string" ? { knowsUntil } : {}),
      ...(isTable(labels) ? { labels } : {}),
      ...(isTable(ages) ? { ages } : {})
    }
  }
}

function isTable(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
