/**
 * The look-up on the real ICD-10-CM and HCPCS packs, when `npm run packs` has built them here. Search texts are
 * ours; the codes are what the Alphabetic Index of FY2026 gives.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { createLookup, expansionsOf, type LexiconWords } from "@/classification/lookup"
import { type CompiledPack, openPack, PackDamaged } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"
import searchWords from "../../../../codesets/lexicon/search-words.json"
import coderSearches from "./coder-searches.json"

const plain = (code: string): string => code.replace(".", "")
const FOLDER = fileURLToPath(new URL("../../../../assets/packs", import.meta.url))

interface Built {
  packs: CompiledPack[]
  lexicon: LexiconWords
}

/** Undefined when the packs are missing, of the starter set, or of another format. */
function built(): Built | undefined {
  const files = ["icd10cm-FY2026.bin", "hcpcs-2025-10.bin"].map((name) => join(FOLDER, name))
  const lexicon = join(FOLDER, "lexicon.json")
  if (![...files, lexicon].every((file) => existsSync(file))) return undefined
  try {
    return {
      packs: files.map((file) => openPack(readFileSync(file))),
      lexicon: JSON.parse(readFileSync(lexicon, "utf8")) as LexiconWords
    }
  } catch (error) {
    if (error instanceof PackDamaged) return undefined
    throw error
  }
}

const here = built()
if (!here) console.warn("real-pack tests skipped: no full packs in assets/packs (npm run packs builds them)")

describe.skipIf(!here)("look-up on the real packs", () => {
  const { packs, lexicon } = here ?? { packs: [], lexicon: { abbreviations: [], synonyms: [] } }
  const lookup = createLookup(packs, expansionsOf(lexicon))
  const first = (query: string): string | undefined =>
    lookup.search(query, { limit: 20, date: "2026-01-15" }).results[0]?.code

  it.each([
    ["e1122", "E11.22"],
    ["E11", "E11"],
    ["diabetes", "E11.9"],
    ["hypertension", "I10"],
    ["pneumonia", "J18.9"],
    ["hyperglycemia in type 2 diabetes", "E11.65"],
    ["type 2 diabetes neuropathy", "E11.40"],
    ["chronic kidney disease stage 3b", "N18.32"],
    ["acute otitis media left", "H66.92"],
    ["delirium tremens", "F10.231"],
    ["fracture distal radius left", "S52.502A"],
    ["left distal radius fracture subsequent routine healing", "S52.502D"],
    ["laceration right index finger", "S61.210A"],
    ["contusion left forearm", "S50.12XA"],
    ["acute on chronic systolic heart failure", "I50.23"],
    ["copd exacerbation", "J44.1"],
    ["adenocarcinoma of colon", "C18.9"],
    ["24w3d", "Z3A.24"],
    ["pressure ulcer sacral stage 3", "L89.153"],
    ["pneumnia", "J18.9"],
    ["low back pain", "M54.50"],
    ["pain in right shoulder", "M25.511"],
    ["urinary tract infection", "N39.0"]
  ])("%s -> %s", (query, code) => {
    expect(first(query)).toBe(code)
  })

  it("answers the searches of a coder with a code that a coder accepts", () => {
    const missed = Object.entries(coderSearches as Record<string, string[]>).flatMap(([query, accepted]) => {
      const code = first(query) ?? "nothing"
      return accepted.some((each) => code.startsWith(each) || plain(code).startsWith(plain(each)))
        ? []
        : [`${query}: ${code}`]
    })
    expect(missed).toEqual([])
  })

  it("holds every example of the search words", () => {
    const missed = searchWords.entries.flatMap(({ examples }) =>
      Object.entries(examples as Record<string, string>).flatMap(([query, code]) => {
        const found = first(query) ?? "nothing"
        return plain(found).startsWith(plain(code)) ? [] : [`${query}: ${found}, not ${code}`]
      })
    )
    expect(missed).toEqual([])
  })

  it("keeps within the budgets of size and opens at once", () => {
    const [icd] = packs
    expect(icd!.info.bytes).toBeLessThanOrEqual(10_000_000)
    const bytes = readFileSync(join(FOLDER, "icd10cm-FY2026.bin"))
    verifyPack(bytes)
    const times = [1, 2, 3].map(() => {
      const began = performance.now()
      openPack(bytes)
      return performance.now() - began
    })
    expect(Math.min(...times)).toBeLessThan(30)
  })

  it("finds every code by itself, and every row has a title, a place in the tree and readable notes", () => {
    for (const pack of packs) {
      for (let row = 0; row < pack.size; row += 17) {
        expect(pack.find(pack.code(row))).toBe(row)
        expect(pack.title(row).length).toBeGreaterThan(0)
        const parent = pack.parent(row)
        if (parent >= 0) expect(pack.subtreeEnd(parent)).toBeGreaterThanOrEqual(pack.subtreeEnd(row))
        for (const note of pack.notes(row, true)) expect(note.text.length).toBeGreaterThan(0)
      }
    }
  })
})
