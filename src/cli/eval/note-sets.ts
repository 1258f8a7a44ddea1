/** Sets of whole notes: acibench, codiesp, syngp. */
import type { Engine } from "@/engine/index"
import type { Findings } from "@/engine/types"
import {
  bootstrap,
  type Counts,
  countAt,
  countCategories,
  countFull,
  meets,
  percentile,
  scoresOf
} from "./figures"
import { readSet, writeErrors } from "./sets"

/** Every figure of the evaluation is for this day of service. */
export const EVAL_DATE = "2026-01-15"

interface GoldNote {
  id: string
  text: string
  codes: string[]
}

interface Answered {
  note: GoldNote
  findings: Findings
  /** Predicted set: tier code. */
  predicted: string[]
  /** Every suggestion, best first. */
  ranked: string[]
  ms: number
}

export type Line = [name: string, value: string]

const percent = (value: number) => (value * 100).toFixed(1)

function answer(engine: Engine, note: GoldNote, allMentions: boolean): Answered {
  const begun = performance.now()
  const findings = engine.suggest({
    documents: [{ doc: "", text: note.text }],
    setting: "outpatient",
    date: EVAL_DATE,
    allMentions
  })
  const ms = performance.now() - begun
  const diagnoses = findings.suggestions.filter((each) => each.system === "ICD-10-CM")
  return {
    note,
    findings,
    predicted: diagnoses.filter((each) => each.tier === "code").map((each) => each.code),
    ranked: diagnoses.map((each) => each.code),
    ms
  }
}

function answerAll(engine: Engine, notes: readonly GoldNote[], allMentions: boolean): Answered[] {
  // Warm: the first notes are read twice, the figures are those of the second reading.
  for (const note of notes.slice(0, 20)) answer(engine, note, allMentions)
  return notes.map((note) => answer(engine, note, allMentions))
}

function microLine(name: string, answered: readonly Answered[], count: (each: Answered) => Counts): Line {
  const counts = answered.map(count)
  const { precision, recall, f1 } = scoresOf(counts)
  const [low, high] = bootstrap(counts, (drawn) => scoresOf(drawn).f1)
  return [
    name,
    `P ${percent(precision)}  R ${percent(recall)}  F1 ${percent(f1)}  (95 % ${percent(low)}-${percent(high)})`
  ]
}

function recallLine(answered: readonly Answered[], categories: boolean): Line {
  const at = (k: number) =>
    percent(scoresOf(answered.map((each) => countAt(each.ranked, each.note.codes, k, categories))).recall)
  return [`recall@5, @10 ${categories ? "3 characters" : "full code"}`, `${at(5)}  ${at(10)}`]
}

function speedLine(answered: readonly Answered[]): Line {
  const times = answered.map((each) => each.ms)
  const characters = answered.reduce((sum, each) => sum + each.note.text.length, 0)
  const total = times.reduce((sum, each) => sum + each, 0)
  return [
    "ms a note p50, p95",
    `${percentile(times, 0.5).toFixed(1)}  ${percentile(times, 0.95).toFixed(1)}  (${Math.round(characters / total)} characters/ms)`
  ]
}

function errorsOf({ note, findings, predicted, ranked }: Answered): object {
  return {
    id: note.id,
    missed: note.codes
      .filter((gold) => !predicted.some((code) => meets(code, gold)))
      .map((gold) => ({ gold, rank: ranked.findIndex((code) => meets(code, gold)) + 1 })),
    wrong: findings.suggestions
      .filter((each) => each.tier === "code" && !note.codes.some((gold) => meets(each.code, gold)))
      .map(({ code, title, evidence }) => ({
        code,
        title,
        evidence: evidence.slice(0, 2).map(({ quote, term, via, section }) => ({ quote, term, via, section }))
      })),
    suppressed: findings.suppressed.map(({ code, reason, rule }) => ({ code, reason, rule }))
  }
}

function perNote(answered: readonly Answered[]): string {
  return (answered.reduce((sum, each) => sum + each.predicted.length, 0) / answered.length).toFixed(1)
}

/** Micro F1 at full code and 3 characters with an engine that lacks a part; no errors are written. */
export function codedScores(
  engine: Engine,
  set: string,
  allMentions: boolean
): { full: number; category: number } | undefined {
  const notes = readSet<GoldNote>(`${set}/notes.jsonl`)
  if (!notes) return undefined
  const answered = notes.map((note) => answer(engine, note, allMentions))
  return {
    full: scoresOf(answered.map((each) => countFull(each.predicted, each.note.codes))).f1,
    category: scoresOf(answered.map((each) => countCategories(each.predicted, each.note.codes))).f1
  }
}

/** A set whose notes carry all their codes. */
function evalCoded(engine: Engine, set: string, allMentions: boolean, countName: string): Line[] | undefined {
  const notes = readSet<GoldNote>(`${set}/notes.jsonl`)
  if (!notes) return undefined
  const answered = answerAll(engine, notes, allMentions)
  writeErrors(set, answered.map(errorsOf))
  return [
    ["notes", String(notes.length)],
    microLine("full code", answered, (each) => countFull(each.predicted, each.note.codes)),
    microLine("3 characters", answered, (each) => countCategories(each.predicted, each.note.codes)),
    recallLine(answered, false),
    recallLine(answered, true),
    [countName, perNote(answered)],
    speedLine(answered)
  ]
}

export const evalAcibench = (engine: Engine) =>
  evalCoded(engine, "acibench", false, "code suggestions a note")

export const evalCodiesp = (engine: Engine) => evalCoded(engine, "codiesp", true, "suggestions a note")

export function evalSyngp(engine: Engine): Line[] | undefined {
  const notes = readSet<GoldNote>("syngp/notes.jsonl")
  if (!notes) return undefined
  const answered = answerAll(engine, notes, false)
  const coded = answered.filter((each) => each.note.codes.length > 0)
  // One condition a note: any of its codes among the first ten is a hit.
  const hit = (each: Answered) =>
    each.note.codes.some((gold) => countAt(each.ranked, [gold], 10, true).truePositives > 0)
  const share = (drawn: readonly Answered[]) => drawn.filter(hit).length / Math.max(1, drawn.length)
  writeErrors(
    "syngp",
    coded
      .filter((each) => !hit(each))
      .map((each) => ({ ...errorsOf(each), ranked: each.ranked.slice(0, 15) }))
  )
  const [low, high] = bootstrap(coded, share)
  return [
    ["notes with a code", `${coded.length} of ${notes.length}`],
    ["recall@10 3 characters", `${percent(share(coded))}  (95 % ${percent(low)}-${percent(high)})`],
    ["code suggestions a note", perNote(answered)],
    speedLine(answered)
  ]
}
