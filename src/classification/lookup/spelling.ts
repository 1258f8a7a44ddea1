/**
 * Corrects a misspelt word against a vocabulary. Fuse.js is good at judging a few dozen words and far too slow
 * for thousands (engineering notes, section 5): words are first narrowed down by length and shared letter
 * pairs, and Fuse.js ranks that short list.
 */
import Fuse from "fuse.js"

const SHORT_LIST = 24

/** The letter pair that begins at `i`, as one number. */
function pair(word: string, i: number): number {
  return word.charCodeAt(i) * 65536 + word.charCodeAt(i + 1)
}

/** Restricted Damerau-Levenshtein distance: neighbours swapped count once. Stops above `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const now = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, now[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      now.push(cost)
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    before = last
    last = now
  }
  return last[b.length]!
}

/** How many slips a word of this length may hold and still be told. */
function tolerated(length: number): number {
  return length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3
}

/**
 * Words that were probably meant, best first; none when none is near enough. `anyway`: also
 * those up to two letters in five away, to be named in a hint. `frequency` decides between equals.
 */
export function nearestWords(
  word: string,
  vocabulary: readonly string[],
  frequency: (word: string) => number,
  anyway = false
): string[] {
  const most = anyway ? Math.floor(word.length * 0.4) : tolerated(word.length)
  if (most === 0 || !/^[a-z]+$/.test(word)) return []
  // One slip in a short word spoils most of its pairs.
  const least = anyway ? 0.2 : word.length < 6 ? 0.3 : 0.4
  const own = new Set<number>()
  for (let i = 0; i + 1 < word.length; i++) own.add(pair(word, i))
  const likely: { word: string; shared: number }[] = []
  for (const each of vocabulary) {
    if (each.length < word.length - 3 || each.length > word.length + 4) continue
    let shared = 0
    for (let i = 0; i + 1 < each.length; i++) if (own.has(pair(each, i))) shared++
    const likeness = (2 * shared) / (own.size + each.length - 1)
    if (likeness >= least) likely.push({ word: each, shared: likeness })
  }
  likely.sort((a, b) => b.shared - a.shared)
  const slips = new Map<string, number>()
  for (const { word: each } of likely.slice(0, SHORT_LIST)) {
    // Half-typed words: what is not typed yet costs little.
    const whole = editDistance(word, each, most)
    const begun = editDistance(word, each.slice(0, word.length), most) + 0.5
    if (Math.min(whole, begun) <= most) slips.set(each, Math.min(whole, begun))
  }
  // Fuse.js prepares much for every list, and for most words nothing is left.
  if (slips.size === 0) return []
  const fuse = new Fuse([...slips.keys()], {
    includeScore: true,
    ignoreLocation: false,
    threshold: anyway ? 1 : 0.5,
    distance: 20
  })
  return fuse
    .search(word.slice(0, 32))
    .map(({ item, score }) => ({ item, slips: slips.get(item)!, score: score ?? 1 }))
    .sort((a, b) => a.slips - b.slips || frequency(b.item) - frequency(a.item) || a.score - b.score)
    .map(({ item }) => item)
}
