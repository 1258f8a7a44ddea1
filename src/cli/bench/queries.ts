/**
 * Search texts for the bench, made by a seeded generator from the packs and the lexicon themselves: titles as
 * typed (half a word at the end, words left out, a slip of the finger), index paths, shorthand, and codes.
 */
import type { CodePack } from "@/classification/pack-api"
import { contentWords } from "@/classification/words"
import { seeded } from "../seeded"

export interface BenchQuery {
  kind: "title" | "typing" | "slip" | "shorthand" | "index" | "code"
  text: string
}

type Random = () => number

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)]
}

/** Up to five words of a title, in order, sometimes one left out. */
function wordsOfTitle(pack: CodePack, random: Random): string[] {
  const row = Math.floor(random() * pack.size)
  const words = contentWords(pack.title(row))
  const from = Math.max(0, Math.floor(random() * (words.length - 4)))
  const some = words.slice(from, from + 2 + Math.floor(random() * 4))
  return some.length > 2 && random() < 0.3 ? some.filter((_, n) => n !== 1) : some
}

/** An index path, its words in another order; of a pack without index a title. */
function wordsOfIndex(pack: CodePack, random: Random): string[] {
  const path = pack.indexPaths(Math.floor(random() * pack.size), 3).pop()
  if (path === undefined) return wordsOfTitle(pack, random)
  const words = contentWords(path.replace(/\(.*?\)/g, " ")).slice(0, 5)
  return random() < 0.5 ? words.reverse() : words
}

/** Two letters swapped, one left out, or one doubled. */
function slip(word: string, random: Random): string {
  if (word.length < 5) return word
  const at = 1 + Math.floor(random() * (word.length - 2))
  const kind = Math.floor(random() * 3)
  if (kind === 0) return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
  return kind === 1 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at]! + word.slice(at)
}

const KINDS: readonly BenchQuery["kind"][] = ["title", "typing", "slip", "shorthand", "index", "code"]

export function benchQueries(
  pack: CodePack,
  shorthand: readonly string[],
  count: number,
  seed: number
): BenchQuery[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, n) => {
    const kind = KINDS[n % KINDS.length]!
    return { kind, text: textOf(kind, pack, shorthand, random) }
  })
}

function textOf(
  kind: BenchQuery["kind"],
  pack: CodePack,
  shorthand: readonly string[],
  random: Random
): string {
  if (kind === "code") {
    const code = pack.code(Math.floor(random() * pack.size))
    const cut = code.slice(0, 2 + Math.floor(random() * (code.length - 1)))
    return random() < 0.5 ? cut.toLowerCase().replace(".", "") : cut
  }
  if (kind === "shorthand" && shorthand.length > 0) {
    const more = random() < 0.5 ? ` ${wordsOfTitle(pack, random)[0] ?? ""}` : ""
    return `${pick(shorthand, random)!}${more}`.trim()
  }
  const words = kind === "index" ? wordsOfIndex(pack, random) : wordsOfTitle(pack, random)
  const last = words[words.length - 1] ?? ""
  if (kind === "typing") words[words.length - 1] = last.slice(0, 1 + Math.floor(random() * last.length))
  if (kind === "slip") {
    const at = Math.floor(random() * words.length)
    words[at] = slip(words[at]!, random)
  }
  return words.join(" ")
}
