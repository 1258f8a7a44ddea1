/** Figures of the evaluation: micro precision, recall, F1, recall at k, and a seeded bootstrap over notes. */
import { seeded } from "../seeded"

export interface Counts {
  truePositives: number
  predicted: number
  gold: number
}

export interface Scores {
  precision: number
  recall: number
  f1: number
}

export function scoresOf(counts: readonly Counts[]): Scores {
  let tp = 0
  let predicted = 0
  let gold = 0
  for (const each of counts) {
    tp += each.truePositives
    predicted += each.predicted
    gold += each.gold
  }
  const precision = predicted > 0 ? tp / predicted : 0
  const recall = gold > 0 ? tp / gold : 0
  return {
    precision,
    recall,
    f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
  }
}

function bare(code: string): string {
  return code.replace(".", "").toUpperCase()
}

/** A gold header, or a code cut short, is met by any of its descendants. */
export function meets(predicted: string, gold: string): boolean {
  return bare(predicted).startsWith(bare(gold))
}

/** Each gold code counts once, and so does each prediction: the closest gold first. */
export function countFull(predicted: readonly string[], gold: readonly string[]): Counts {
  const open = [...new Set(gold.map(bare))].sort((a, b) => b.length - a.length)
  const codes = [...new Set(predicted.map(bare))]
  const total = open.length
  let truePositives = 0
  for (const code of codes) {
    const at = open.findIndex((each) => code.startsWith(each))
    if (at < 0) continue
    open.splice(at, 1)
    truePositives++
  }
  // Several codes below one gold header are one answer, not one right and the others wrong.
  const same = codes.filter((code) => gold.some((each) => meets(code, each))).length - truePositives
  return { truePositives, predicted: codes.length - Math.max(0, same), gold: total }
}

export function countCategories(predicted: readonly string[], gold: readonly string[]): Counts {
  const cut = (codes: readonly string[]) => new Set(codes.map((code) => bare(code).slice(0, 3)))
  const p = cut(predicted)
  const g = cut(gold)
  let truePositives = 0
  for (const code of p) if (g.has(code)) truePositives++
  return { truePositives, predicted: p.size, gold: g.size }
}

/** Share of gold met by the first k distinct codes, as micro counts. */
export function countAt(
  ranked: readonly string[],
  gold: readonly string[],
  k: number,
  categories: boolean
): Counts {
  const cut = (code: string) => (categories ? bare(code).slice(0, 3) : bare(code))
  const first = [...new Set(ranked.map(cut))].slice(0, k)
  const wanted = [...new Set(gold.map(cut))]
  const truePositives = wanted.filter((each) => first.some((code) => code.startsWith(each))).length
  return { truePositives, predicted: first.length, gold: wanted.length }
}

/** 95 % interval of a figure, by drawing notes with replacement. */
export function bootstrap<T>(
  notes: readonly T[],
  figure: (drawn: readonly T[]) => number,
  rounds = 1000
): [number, number] {
  const random = seeded(20260115)
  const values: number[] = []
  for (let round = 0; round < rounds; round++) {
    const drawn: T[] = []
    for (let i = 0; i < notes.length; i++) drawn.push(notes[Math.floor(random() * notes.length)]!)
    values.push(figure(drawn))
  }
  values.sort((a, b) => a - b)
  return [
    values[Math.floor(rounds * 0.025)] ?? 0,
    values[Math.min(rounds - 1, Math.floor(rounds * 0.975))] ?? 0
  ]
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
