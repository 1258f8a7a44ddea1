import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type {
  AttributeList,
  CodeAttributes,
  CodeHistory,
  CodeSetModel,
  ModelCode,
  ModelIndexEntry,
  NoteKind,
  RetiredCode
} from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    "Fracture of radius",
    "Sézary disease",
    "Pain, unspecified",
    "Type 2 diabetes (mellitus) [sugar]",
    "NOS"
  )
)

const noteKind: fc.Arbitrary<NoteKind> = fc.constantFrom(
  "inclusion",
  "includes",
  "excludes1",
  "excludes2",
  "codeFirst",
  "useAdditional",
  "codeAlso",
  "note",
  "seventhNote"
)

const notes = fc.array(fc.record({ kind: noteKind, text }), { maxLength: 4 })

/** Codes as a tree: a few categories, below each some longer codes, every subtree in one piece. */
const codes: fc.Arbitrary<ModelCode[]> = fc
  .uniqueArray(fc.stringMatching(/^[A-Z][0-9][0-9A-Z]{1,5}$/), { minLength: 1, maxLength: 25 })
  .chain((list) =>
    fc.tuple(
      ...[...list].sort().map((code) =>
        fc.record({
          code: fc.constant(code),
          title: text,
          billable: fc.boolean(),
          notes,
          seventh: fc.option(
            fc.array(fc.record({ character: fc.constantFrom("A", "D", "S", "1"), text }), {
              minLength: 1,
              maxLength: 3
            }),
            { nil: undefined }
          )
        })
      )
    )
  )

const index = (known: readonly string[]): fc.Arbitrary<ModelIndexEntry[]> =>
  fc
    .array(
      fc.record({
        up: fc.nat(5),
        title: text,
        nonessential: fc.array(fc.string({ minLength: 1, maxLength: 10 }), { maxLength: 2 }),
        code: fc.option(fc.constantFrom(...known, "Z999"), { nil: undefined }),
        incomplete: fc.boolean(),
        see: fc.option(text, { nil: undefined }),
        seeAlso: fc.option(text, { nil: undefined })
      }),
      { maxLength: 20 }
    )
    .map((lines) => {
      // Each stands below one of the lines still open: depth first.
      const open: number[] = []
      return lines.map(({ up, code, see, seeAlso, ...rest }, at) => {
        open.length = Math.min(open.length, up)
        const parent = open[open.length - 1] ?? -1
        open.push(at)
        return {
          source: "disease" as const,
          ...rest,
          nonessential: rest.nonessential.map((each) => each.replaceAll("\n", " ")),
          parent,
          ...(code === undefined ? {} : { code }),
          ...(see === undefined ? {} : { see }),
          ...(seeAlso === undefined ? {} : { seeAlso })
        }
      })
    })

const day = fc.constantFrom("2015-10-01", "2023-04-01", "2025-10-01")

/** JSON texts of the model may say anything; what is kept is compared as a whole. */
const attributes: fc.Arbitrary<CodeAttributes> = fc
  .record(
    {
      poaExempt: fc.constant(true),
      hcc: fc.dictionary(fc.constantFrom("V24", "V28", "RxHCC", "__proto__"), text, { minKeys: 1 }),
      cc: fc.constantFrom("CC", "MCC"),
      mce: fc.array(fc.constantFrom("unacceptable", "manifestation", "maternity"), { minLength: 1 }),
      hcpcs: fc.dictionary(fc.constantFrom("coverage", "BETOS"), text, { minKeys: 1 })
    },
    { requiredKeys: [] }
  )
  .map((each) => ({ ...each }) as CodeAttributes)

const history: fc.Arbitrary<CodeHistory> = fc
  .record(
    { headerSince: day, addedSince: day, previous: fc.array(fc.constantFrom("G35", "C56.1 and C56.2")) },
    { requiredKeys: [] }
  )
  .map((each) => ({ ...each }) as CodeHistory)

const lists: fc.Arbitrary<AttributeList[]> = fc.array(
  fc
    .record(
      {
        kind: fc.constantFrom("poa", "hcc", "cc", "mce", "hcpcs"),
        name: text,
        effective: fc
          .record({ from: day, to: day }, { requiredKeys: ["from"] })
          .map((each): { from: string; to?: string } => ({ ...each })),
        borrowed: fc.constant(true),
        knowsUntil: day,
        labels: fc.dictionary(text, fc.dictionary(text, text, { noNullPrototype: true }), {
          noNullPrototype: true
        }),
        ages: fc.constant({ newborn: [0, 0] })
      },
      { requiredKeys: ["kind", "name"] }
    )
    .map((each) => ({ ...each }) as AttributeList),
  { maxLength: 3 }
)

/** Of codes that no model here can hold: they begin with a digit. */
const retired: fc.Arbitrary<RetiredCode[]> = fc.uniqueArray(
  fc.record({
    code: fc.stringMatching(/^[0-9][0-9A-Z]{2,6}$/),
    title: text,
    since: day,
    successors: fc.array(fc.constantFrom("E11.65", "M72.20"), { maxLength: 3 })
  }),
  { selector: (each) => each.code, maxLength: 8 }
)

/** What stands beside the classification, for codes of the model and for one that it does not hold. */
const beside = (known: readonly string[]) => {
  const code = fc.constantFrom(...known, "Z999")
  const byCode = <T>(value: fc.Arbitrary<T>) =>
    fc.array(fc.tuple(code, value)).map((pairs) => new Map<string, T>(pairs))
  return fc.record({ attributes: byCode(attributes), history: byCode(history), lists, retired })
}

const model: fc.Arbitrary<CodeSetModel> = codes.chain((list) =>
  fc
    .tuple(index(list.map((each) => each.code)), beside(list.map((each) => each.code)))
    .map(([entries, more]) => ({
      ...more,
      system: "ICD-10-CM" as const,
      release: "FY2026",
      effective: { from: "2025-10-01" },
      complete: true,
      remarks: [],
      provenance: { source: "test", files: [] },
      codes: list,
      sections: [],
      index: entries
    }))
)

describe("what is compiled is read back", () => {
  it("codes, titles, flags, notes, tree, 7th characters, index", () => {
    fc.assert(
      fc.property(model, (given) => {
        const bytes = compilePack(given)
        verifyPack(bytes)
        const pack = openPack(bytes)
        expect(pack.size).toBe(given.codes.length)
        for (const [row, code] of given.codes.entries()) {
          expect(pack.find(code.code)).toBe(row)
          expect(pack.rows.plain(row)).toBe(code.code)
          expect(pack.title(row)).toBe(code.title)
          expect(pack.billable(row)).toBe(code.billable)
          expect(pack.notes(row)).toEqual(code.notes.map((note) => ({ ...note, at: pack.code(row) })))
          // Naive tree: the longest other code that this one begins with.
          const above = given.codes
            .filter((each) => each !== code && code.code.startsWith(each.code))
            .sort((a, b) => b.code.length - a.code.length)[0]
          expect(pack.parent(row)).toBe(above ? given.codes.indexOf(above) : -1)
          const below = given.codes.filter((each) => each.code.startsWith(code.code))
          expect(pack.subtreeEnd(row)).toBe(row + below.length - 1)
          const inherited = [...given.codes]
            .filter((each) => code.code.startsWith(each.code) && each.seventh)
            .sort((a, b) => b.code.length - a.code.length)[0]
          expect(pack.seventh(row)).toEqual(inherited?.seventh ?? [])
        }
        expect(pack.index.size).toBe(given.index.length)
        for (const [at, entry] of given.index.entries()) {
          expect(pack.index.parent(at)).toBe(entry.parent)
          expect(pack.index.title(at)).toBe(entry.title)
          expect(pack.index.nonessential(at)).toEqual(entry.nonessential)
          expect(pack.index.see(at)).toBe(entry.see)
          expect(pack.index.seeAlso(at)).toBe(entry.seeAlso)
          expect(pack.index.incomplete(at)).toBe(entry.incomplete === true)
          expect(pack.index.row(at)).toBe(given.codes.findIndex((each) => each.code === entry.code))
        }
      }),
      { numRuns: 60 }
    )
  })

  it("attributes, lists, history, retired codes", () => {
    fc.assert(
      fc.property(model, (given) => {
        const pack = openPack(compilePack(given))
        for (const [row, { code }] of given.codes.entries()) {
          expect(pack.attributes(row)).toEqual(given.attributes?.get(code) ?? {})
          expect(pack.history(row)).toEqual(given.history?.get(code) ?? {})
        }
        expect(pack.lists()).toEqual(given.lists)
        const sorted = [...given.retired!].sort((a, b) => (a.code < b.code ? -1 : 1))
        expect(pack.allRetired()).toEqual(sorted)
        for (const each of sorted) {
          expect(pack.retired(each.code)).toEqual(each)
          expect(pack.retired(` ${each.code.toLowerCase()} `)).toEqual(each)
        }
        for (const { code } of given.codes) expect(pack.retired(code)).toBeUndefined()
      }),
      { numRuns: 60 }
    )
  })

  it("words of every term lead back to it", () => {
    fc.assert(
      fc.property(model, (given) => {
        const { terms, vocabulary } = openPack(compilePack(given))
        for (let word = 0; word < vocabulary.size; word++) {
          const naive: number[] = []
          for (let term = 0; term < terms.count; term++)
            if (terms.words(term).includes(word)) naive.push(term)
          const anchored = [...terms.anchoredAt(word)]
          const held = new Set([...anchored, ...terms.othersAt(word)])
          for (const term of naive) expect(held.has(term)).toBe(true)
          for (const term of anchored) expect(Math.max(...terms.words(term))).toBe(word)
          expect(vocabulary.frequency(word)).toBe(naive.length)
        }
      }),
      { numRuns: 40 }
    )
  })
})
