import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compareReleases } from "@/classification/difference"
import { createLookup } from "@/classification/lookup"
import { compilePack } from "@/classification/pack/compile"
import { INDEX_SOURCES } from "@/classification/pack/format"
import { readHead } from "@/classification/pack/head"
import { type CompiledPack, openPack, PackDamaged } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"
import { smallHcpcs } from "../small-model"
import { richModel } from "./rich-model"

const whole = compilePack(richModel())
const intact = openPack(whole)
const headLength = readHead(whole).length

/** Asks a pack everything it can answer, about every row, word, term and entry. */
function readEverything(pack: CompiledPack): number {
  let characters = 0
  const attempt = (read: () => unknown): void => {
    try {
      characters += JSON.stringify(read())?.length ?? 0
    } catch (error) {
      if (!(error instanceof PackDamaged)) throw error
    }
  }
  for (let row = 0; row < pack.size; row++) {
    attempt(() => [
      pack.code(row),
      pack.title(row),
      pack.parent(row),
      pack.children(row),
      pack.subtreeEnd(row)
    ])
    attempt(() => [
      pack.notes(row, true),
      pack.seventh(row),
      pack.chapter(row),
      pack.block(row),
      pack.dates(row)
    ])
    attempt(() => pack.indexPaths(row))
    attempt(() => pack.terms.ofRow(row))
    attempt(() => [pack.attributes(row), pack.history(row)])
  }
  for (let term = 0; term < pack.terms.count; term++) {
    attempt(() => [...pack.terms.words(term), pack.terms.row(term), pack.terms.kind(term)])
    attempt(() => [pack.terms.text(term), pack.terms.manifestation(term), pack.terms.incomplete(term)])
  }
  for (let word = 0; word < pack.vocabulary.size; word++) {
    attempt(() => pack.vocabulary.id(pack.vocabulary.word(word)))
    attempt(() => [
      ...pack.terms.anchoredAt(word),
      ...pack.terms.othersAt(word),
      pack.vocabulary.frequency(word)
    ])
  }
  for (let entry = 0; entry < pack.index.size; entry++) {
    attempt(() => [
      pack.index.pathText(entry),
      pack.index.row(entry),
      pack.index.see(entry),
      pack.index.source(entry)
    ])
    attempt(() => [pack.index.seeAlso(entry), pack.index.nonessential(entry), pack.index.outdated(entry)])
  }
  const book = pack.indexBook
  for (let entry = 0; book && entry < pack.index.size; entry++) {
    attempt(() => [book.line(entry), book.children(entry), book.path(entry)])
    attempt(() => [
      book.follow(pack.index.see(entry) ?? ""),
      pack.index.use(entry),
      pack.index.beginnings(entry)
    ])
  }
  for (const source of INDEX_SOURCES) {
    attempt(() => [book?.columns(source), book?.mainTerms(source, 0, 50)])
    attempt(() => [book?.seek(source, "fra"), book?.sources()])
  }
  const pcs = pack.pcsBook
  const prefixes = [""]
  for (let n = 0; n < prefixes.length && n < 200; n++) {
    const prefix = prefixes[n]!
    attempt(() => prefixes.push(...(pcs?.next(prefix)?.values ?? []).map((each) => prefix + each.value)))
    attempt(() => [pcs?.table(prefix), pcs?.explain(prefix), pcs?.valid(prefix)])
  }
  attempt(() => [pack.aliases(), pack.modifiers()])
  attempt(() => [pack.lists(), pack.allRetired(), pack.retired("M72.2")])
  attempt(() => createLookup([pack]).search("", { limit: 5 }))
  const lookup = createLookup([pack])
  for (const text of ["lt dist radius fx", "e11.2", "diabtes", "M72.2", "lung neoplasm", "zzz"]) {
    attempt(() => lookup.search(text, { limit: 20, date: "2026-01-15" }))
  }
  attempt(() => [compareReleases(pack, intact).counts, compareReleases(intact, pack).counts])
  attempt(() => [pack.find("S52.502A"), pack.find("zzz"), pack.vocabulary.prefixRange("fr")])
  return characters
}

describe("damage", () => {
  it("is noticed at opening when the head is touched or the length changed", () => {
    for (let at = 0; at < headLength; at++) {
      const bytes = whole.slice()
      bytes[at]! ^= 1 << (at % 8)
      expect(() => openPack(bytes), `byte ${at}`).toThrow(PackDamaged)
    }
    for (const bytes of [
      new Uint8Array(0),
      whole.slice(0, 31),
      whole.slice(0, -1),
      new Uint8Array([...whole, 0])
    ]) {
      expect(() => openPack(bytes)).toThrow(PackDamaged)
    }
    expect(() => openPack(new TextEncoder().encode("<!doctype html>".repeat(20)))).toThrow(PackDamaged)
  })

  it("is noticed by the full check at any byte", () => {
    verifyPack(whole)
    verifyPack(compilePack(smallHcpcs()))
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = whole.slice()
      bytes[at]! ^= 1 << (at % 8)
      expect(() => verifyPack(bytes), `byte ${at}`).toThrow(PackDamaged)
    }
  })

  it("never throws anything but PackDamaged and never hangs, whatever bytes are changed", () => {
    const change = fc.record({ at: fc.integer({ min: headLength, max: whole.length - 1 }), to: fc.nat(255) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
        const bytes = whole.slice()
        for (const { at, to } of changes) bytes[at] = to
        const began = performance.now()
        try {
          readEverything(openPack(bytes))
        } catch (error) {
          if (!(error instanceof PackDamaged)) throw error
        }
        expect(performance.now() - began).toBeLessThan(10_000)
      }),
      { numRuns: 60 }
    )
  })

  it("in bytes that are missing, doubled or exchanged is no more than that", () => {
    const place = fc.integer({ min: headLength, max: whole.length - 64 })
    const change = fc.record({ from: place, to: place, length: fc.integer({ min: 1, max: 64 }) })
    fc.assert(
      fc.property(change, ({ from, to, length }) => {
        const bytes = whole.slice()
        bytes.copyWithin(to, from, from + length)
        const began = performance.now()
        try {
          readEverything(openPack(bytes))
        } catch (error) {
          if (!(error instanceof PackDamaged)) throw error
        }
        expect(performance.now() - began).toBeLessThan(10_000)
        // A file that was cut or grew is noticed at once.
        expect(() => openPack(bytes.slice(0, from))).toThrow(PackDamaged)
        expect(() => openPack(new Uint8Array([...bytes, ...bytes.slice(0, length)]))).toThrow(PackDamaged)
        const same = bytes.every((byte, at) => byte === whole[at])
        if (!same) expect(() => verifyPack(bytes)).toThrow(PackDamaged)
      }),
      { numRuns: 40 }
    )
  })

  it("in a whole section of noise is no more than that", () => {
    for (const place of readHead(whole).places) {
      for (const noise of [0, 255, 128]) {
        const bytes = whole.slice()
        bytes.fill(noise, place.offset, place.offset + place.length)
        try {
          readEverything(openPack(bytes))
        } catch (error) {
          expect(error, `section ${place.id}`).toBeInstanceOf(PackDamaged)
        }
      }
    }
  })

  it("reads from bytes that start anywhere in their buffer", () => {
    const shifted = new Uint8Array(whole.length + 3)
    shifted.set(whole, 3)
    const characters = readEverything(openPack(whole))
    expect(readEverything(openPack(shifted.subarray(3)))).toBe(characters)
    const buffer = Buffer.from(shifted.buffer, 3)
    expect(readEverything(openPack(buffer))).toBe(characters)
    expect(new Uint8Array(buffer), "opening must not change the bytes").toEqual(whole)
  })
})
