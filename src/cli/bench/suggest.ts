/**
 * How long `suggest` takes: notes of 10,000 characters, made of the evaluation's notes one behind the other, and what
 * 1 MB of them costs, compared with its tenths by themselves. Processor time as well as the clock: other programs take from the clock only.
 */
import type { Engine } from "@/engine/index"
import { readSet } from "../eval/sets"
import { quantile } from "./measure"

const NOTE = 10_000
const NOTES = 100
const WHOLE = 1_000_000
const WARM_UP = 20
const RUNS = 2
const SETS = ["acibench", "syngp", "codiesp"]

export interface SuggestFigures {
  notes: number
  characters: number
  clock: { p50: number; p95: number }
  /** Of the whole process, collector and compiler included. */
  processor: { p50: number; p95: number }
  charactersASecond: number
  /** Processor time for 1 MB over the mean of its tenths; 10 is linear. */
  growth: number
}

interface Spent {
  clock: number
  processor: number
}

/** Best of so many runs, in ms. */
function spent(run: () => unknown, runs: number): Spent {
  const best: Spent = { clock: Number.POSITIVE_INFINITY, processor: Number.POSITIVE_INFINITY }
  for (let n = 0; n < runs; n++) {
    const before = process.cpuUsage()
    const began = performance.now()
    run()
    best.clock = Math.min(best.clock, performance.now() - began)
    const { user, system } = process.cpuUsage(before)
    best.processor = Math.min(best.processor, (user + system) / 1000)
  }
  return best
}

/** Equal parts of each set, so that dialogues, practice notes and reports all count; undefined without ../shared. */
function longNotes(): { notes: string[]; all: string } | undefined {
  const texts = SETS.flatMap((set) => {
    const notes = readSet<{ text: string }>(`${set}/notes.jsonl`)
    return notes ? [notes.map((note) => note.text).join("\n\n")] : []
  })
  if (texts.length === 0) return undefined
  const share = Math.ceil(NOTES / texts.length)
  const notes = texts.flatMap((text) =>
    Array.from({ length: Math.min(share, Math.floor(text.length / NOTE)) }, (_, n) =>
      text.slice(n * NOTE, (n + 1) * NOTE)
    )
  )
  // A part of each set, as in the notes: one set is dearer than another.
  const part = Math.floor(WHOLE / texts.length)
  const all = texts.map((text) => text.repeat(Math.ceil(part / text.length)).slice(0, part)).join("\n\n")
  return { notes, all }
}

/** @returns undefined when the notes of the evaluation are not on this machine */
export function measureSuggest(engine: Engine, date: string): SuggestFigures | undefined {
  const long = longNotes()
  if (!long) return undefined
  const { notes, all } = long
  const run = (text: string) =>
    engine.suggest({ documents: [{ doc: "", text }], setting: "outpatient", date })
  for (const note of notes.slice(0, WARM_UP)) run(note)
  const times = notes.map((note) => spent(() => run(note), RUNS))
  const of = (kind: keyof Spent) => {
    const values = times.map((each) => each[kind])
    return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) }
  }
  const total = times.reduce((sum, each) => sum + each.processor, 0)
  const tenth = Math.ceil(all.length / 10)
  const parts = Array.from({ length: 10 }, (_, n) => all.slice(n * tenth, (n + 1) * tenth))
  const mean = parts.reduce((sum, part) => sum + spent(() => run(part), RUNS).processor, 0) / parts.length
  return {
    notes: notes.length,
    characters: NOTE,
    clock: of("clock"),
    processor: of("processor"),
    charactersASecond: (notes.length * NOTE * 1000) / total,
    growth: spent(() => run(all), RUNS).processor / mean
  }
}
