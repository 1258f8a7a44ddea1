/**
 * Reads everything of a pack once. Checksums only say that a file is as its maker left it; a pack that came as a
 * file may have any maker, and what it holds wrongly would else show only later, in the middle of the work.
 */
import { INDEX_SOURCES, PackDamaged } from "./format"
import type { CompiledPack } from "./open"
import { packId } from "./pack-id"

/** The longest codes have eight characters; each level adds one at least. */
const MOST_LEVELS = 8
/** The printed Index goes nine levels down. */
const MOST_INDEX_LEVELS = 30

/**
 * Takes about as long as compiling: for packs of files, not for those of the package.
 * @throws PackDamaged saying what does not hold together
 */
export function readWhole(pack: CompiledPack): void {
  try {
    if (pack.info.id !== packId(pack.info)) throw new PackDamaged("its name does not say what it holds")
    readRows(pack)
    readTerms(pack)
    readIndex(pack)
    readTables(pack)
    pack.aliases()
    pack.modifiers()
    pack.lists()
    pack.allRetired()
  } catch (error) {
    if (error instanceof PackDamaged) throw error
    // A number that leads nowhere; which one, nobody outside could use.
    throw new PackDamaged("its parts do not fit each other")
  }
}

function readRows(pack: CompiledPack): void {
  const { codes, billable } = pack.info
  const levels = new Uint8Array(pack.size)
  /** Many rows share their 7th characters. */
  const places = new Set<number>()
  let counted = 0
  for (let row = 0; row < codes; row++) {
    const code = pack.code(row)
    if (!/^[0-9A-Z]{1,3}(?:\.?[0-9A-Z]{1,5})?$/.test(code)) throw new PackDamaged(`row ${row} has no code`)
    if (pack.find(code) !== row) throw new PackDamaged(`code ${code} is not found`)
    const parent = pack.parent(row)
    levels[row] = parent < 0 ? 1 : levels[parent]! + 1
    if (levels[row]! > MOST_LEVELS || pack.subtreeEnd(row) < row) {
      throw new PackDamaged(`code ${code} stands below too many`)
    }
    if (pack.title(row).trim() === "") throw new PackDamaged(`code ${code} has no title`)
    if (pack.billable(row)) counted++
    pack.dates(row)
    // Chapters and blocks, with what is said of them, are met from the top rows.
    if (parent < 0) {
      pack.chapter(row)
      pack.block(row)
    }
    pack.notes(row, parent < 0)
    const place = pack.seventhPlace(row)
    if (!places.has(place)) pack.seventh(row)
    places.add(place)
    pack.attributes(row)
    pack.history(row)
  }
  if (counted !== billable) throw new PackDamaged("the number of billable codes is not what it says")
}

function readTerms({ terms, vocabulary }: CompiledPack): void {
  for (let term = 0; term < terms.count; term++) {
    terms.words(term)
    terms.row(term)
    terms.kind(term)
    terms.text(term)
    terms.incomplete(term)
    terms.manifestation(term)
  }
  const ordered = new Uint8Array(vocabulary.size)
  for (let rank = 0; rank < vocabulary.size; rank++) ordered[vocabulary.ordered(rank)] = 1
  for (let word = 0; word < vocabulary.size; word++) {
    if (ordered[word] !== 1) throw new PackDamaged("the order of words is damaged")
    if (vocabulary.id(vocabulary.word(word)) !== word) throw new PackDamaged(`word ${word} is not found`)
    vocabulary.frequency(word)
    terms.anchoredAt(word)
    terms.othersAt(word)
  }
}

function readIndex({ index, indexBook }: CompiledPack): void {
  if (!indexBook) return
  for (let entry = 0; entry < index.size; entry++) {
    if (index.path(entry).length > MOST_INDEX_LEVELS) throw new PackDamaged("the index is too deep")
    indexBook.line(entry)
    index.row(entry)
  }
  for (const { source, mainTerms } of indexBook.sources()) {
    if (!INDEX_SOURCES.includes(source)) throw new PackDamaged("an index is of no known kind")
    indexBook.columns(source)
    indexBook.mainTerms(source, 0, mainTerms)
  }
}

function readTables({ pcsBook }: CompiledPack): void {
  if (!pcsBook) return
  // Section, body system, operation: a table for each way down.
  const prefixes = [""]
  for (const prefix of prefixes) {
    const next = pcsBook.next(prefix)
    if (prefix.length === 3) pcsBook.table(prefix)
    else for (const { value } of next?.values ?? []) prefixes.push(prefix + value)
  }
}
