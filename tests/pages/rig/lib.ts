/** The chart and form rooms as a library in a page, for tests of their parts where layout is needed. */
import { rangesOf } from "@/chart/anchor"
import { extract } from "@/chart/extract"
import { TextMap } from "@/chart/text-map"
import { type WalkEnv, walk } from "@/chart/walk"

function finish<T>(work: Generator<void, T>): T {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const env: WalkEnv = { shadowRootOf: (el) => el.shadowRoot, isOwn: () => false }

/** Everything that is drawn, no region left out. */
function wholeText(root: Element): TextMap {
  const walked = finish(walk(root, env, 1_000_000))
  return finish(TextMap.join(walked.list.pieces, 1_000_000)).map
}

/** Longest single step and whole time of a reading, without letting anything in between. */
function timeSteps() {
  const work = extract(document.documentElement, env)
  const start = performance.now()
  let longest = 0
  for (;;) {
    const from = performance.now()
    const step = work.next()
    longest = Math.max(longest, performance.now() - from)
    if (step.done) {
      const { map, nodes } = step.value
      return { ms: performance.now() - start, longest, nodes, chars: map.text.length }
    }
  }
}

/**
 * What is wrong with the map of a tree, compared with the browser itself: `innerText` for the lines, the
 * boxes of every single character for what is drawn. Empty when nothing is.
 */
function faultsOfMap(root: HTMLElement): string[] {
  const map = wholeText(root)
  const faults: string[] = []
  const lines = (text: string) =>
    text
      .split(/[\n\t]/)
      .map((line) => line.replace(/\s+/g, " ").trim())
      .filter(Boolean)
  const ours = lines(map.text)
  const theirs = lines(root.innerText)
  // innerText forgets that an invisible block still breaks the line.
  if (!root.querySelector(".mute") && JSON.stringify(ours) !== JSON.stringify(theirs))
    faults.push(`lines: ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`)

  const mapped = new Map<Text, Set<number>>()
  for (let i = 0; i < map.text.length; i++) {
    const at = map.charAt(i)
    const char = map.text[i] as string
    if (!at) {
      if (!/\s/.test(char)) faults.push(`no place for ${JSON.stringify(char)} at ${i}`)
      continue
    }
    const there = at.node.data[at.offset] ?? ""
    if (there !== char && !(/\s/.test(there) && char === " ")) faults.push(`"${char}" at ${i} is "${there}"`)
    if (map.offsetOf(at.node, at.offset) !== i) faults.push(`the way back from ${i} leads elsewhere`)
    const set = mapped.get(at.node) ?? new Set()
    if (set.has(at.offset)) faults.push(`"${char}" at ${i} is mapped twice`)
    mapped.set(at.node, set.add(at.offset))
  }

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const visible =
      node.parentElement !== null && getComputedStyle(node.parentElement).visibility === "visible"
    for (let i = 0; i < node.data.length; i++) {
      const char = node.data[i] as string
      if (/\s/.test(char)) continue
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const drawn = visible && range.getClientRects().length > 0
      const known = mapped.get(node)?.has(i) ?? false
      if (drawn !== known)
        faults.push(`"${char}" of "${node.data}" is ${drawn ? "drawn but not" : "not drawn but"} read`)
    }
  }

  // Spans: what a range over them shows is what the text says.
  for (const match of map.text.matchAll(/\S+(?: \S+)?/g)) {
    const ranges = rangesOf(map, match.index, match.index + match[0].length)
    const shown = ranges?.map((r) => r.toString()).join("") ?? ""
    if (shown.replace(/\s+/g, "") !== match[0].replace(/\s+/g, ""))
      faults.push(`range of "${match[0]}" shows "${shown}"`)
  }
  return faults
}

export const lib = { wholeText, timeSteps, faultsOfMap }
Object.assign(globalThis, { lib })
