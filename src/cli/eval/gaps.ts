/**
 * `npm run eval -- gaps`: how many gaps the notes get, and whether one appears where the words that answer an axis of a
 * suggested code are taken out of its note (issue 5: in 0.90 of them, and not before).
 */
import type { CodePack } from "@/classification/pack-api"
import { axesFor, compileAxisWords } from "@/engine/axes"
import { Groups } from "@/engine/gaps/quiet"
import type { Engine } from "@/engine/index"
import type { Lexicon } from "@/engine/lexicon-types"
import { signedWords } from "@/engine/match/polarity"
import type { Findings, Gap } from "@/engine/types"
import { ValueWords, without } from "./deletion"
import { EVAL_DATE, type Line } from "./note-sets"
import { readSet, writeErrors } from "./sets"

interface Note {
  id: string
  text: string
}

const SETS = ["acibench", "syngp", "codiesp"] as const
/** Of the larger sets so many notes are read: every axis of every note is read again. */
const MOST_NOTES = 400

function read(engine: Engine, text: string): Findings {
  return engine.suggest({ documents: [{ doc: "", text }], setting: "outpatient", date: EVAL_DATE })
}

interface Deletion {
  id: string
  code: string
  axis: string
  value: string
  /** found: the gap appeared; standing: it was there before; changed: the condition is gone or another code says it. */
  result: "found" | "standing" | "missed" | "changed" | "quiet"
  deleted: string[]
  after: string[]
}

function isAbout(gap: Gap, code: string, axis: string): boolean {
  return gap.axis === axis && gap.code?.code.slice(0, 3) === code.slice(0, 3)
}

class Deleter {
  private readonly values: ValueWords
  private readonly groups: Groups
  private readonly axisWords: ReturnType<typeof compileAxisWords>

  constructor(
    private readonly engine: Engine,
    private readonly pack: CodePack,
    lexicon: Lexicon
  ) {
    this.values = new ValueWords(lexicon)
    this.groups = new Groups(lexicon.gapGroups ?? [])
    this.axisWords = compileAxisWords(lexicon.axes ?? [])
  }

  *of(note: Note): Iterable<Deletion> {
    const before = read(this.engine, note.text)
    const axes = axesFor(this.pack, this.axisWords)
    const seen = new Set<string>()
    for (const { code, tier, system, lane, title } of before.suggestions) {
      if (tier !== "code" || system !== "ICD-10-CM" || lane) continue
      for (const { axis, value, words } of axes.answered(this.pack.find(code))) {
        const key = `${code.slice(0, 3)} ${axis} ${value}`
        if (seen.has(key)) continue
        seen.add(key)
        const own = new Set(words)
        const condition = new Set(signedWords(title).filter((word) => !own.has(word)))
        const phrases = this.values.phrases(axis, words, condition)
        const text = without(note.text, phrases)
        if (text === undefined) continue
        const result = this.compare(before, text, code, axis)
        yield { id: note.id, code, axis, value, deleted: words, ...result }
      }
    }
  }

  private compare(
    before: Findings,
    text: string,
    code: string,
    axis: string
  ): Pick<Deletion, "result" | "after"> {
    const findings = read(this.engine, text)
    const category = code.slice(0, 3)
    const same = findings.suggestions.filter((each) => each.tier === "code" && each.code.startsWith(category))
    const after = [...same.map((each) => each.code), ...findings.gaps.map((gap) => gap.key)]
    const appears = findings.gaps.some(
      (gap) =>
        isAbout(gap, code, axis) ||
        gapOfRule(
          gap,
          same.map((each) => each.code),
          code
        )
    )
    if (before.gaps.some((gap) => isAbout(gap, code, axis))) return { result: "standing", after }
    if (appears) return { result: "found", after }
    // Gone, or another mention of the chart still answers: nothing is left open.
    const axes = axesFor(this.pack, this.axisWords)
    const open = same.filter((each) =>
      axes.open(this.pack.find(each.code)).some((each) => each.axis === axis)
    )
    if (open.length === 0) return { result: "changed", after }
    const asked = { setting: "outpatient" as const, hasResult: () => false }
    if (open.every((each) => this.groups.isQuiet(each.code, axis, asked))) return { result: "quiet", after }
    return { result: "missed", after }
  }
}

const bare = (code: string) => code.replace(/[-.]/g, "")

/** A documentation rule that asks for the axis of the same condition in its own words: it offers what was deleted. */
function gapOfRule(gap: Gap, codes: readonly string[], code: string): boolean {
  if (gap.rule === undefined || gap.code === undefined || !codes.includes(gap.code.code)) return false
  return gap.options.some((option) => option.code !== undefined && bare(code).startsWith(bare(option.code)))
}

const percent = (part: number, whole: number) => (whole === 0 ? "-" : ((100 * part) / whole).toFixed(1))

function deletionLines(deletions: readonly Deletion[]): Line[] {
  const count = (rows: readonly Deletion[], result: Deletion["result"]) =>
    rows.filter((each) => each.result === result).length
  const line = (name: string, rows: readonly Deletion[]): Line => {
    const [found, missed] = [count(rows, "found"), count(rows, "missed")]
    const rest = (["quiet", "changed", "standing"] as const).map((each) => `${count(rows, each)} ${each}`)
    return [name, `${percent(found, found + missed)}  (${found} of ${found + missed}; ${rest.join(", ")})`]
  }
  const axes = [...new Set(deletions.map(({ axis }) => axis))].sort()
  return [
    line("gap after deletion", deletions),
    ...axes.map((axis) =>
      line(
        `  ${axis}`,
        deletions.filter((each) => each.axis === axis)
      )
    )
  ]
}

/** Gaps a note, by severity and kind. */
function countLines(set: string, all: readonly Findings[]): Line[] {
  const gaps = all.flatMap((findings) => findings.gaps)
  const mean = (rows: readonly Gap[]) => (rows.length / Math.max(1, all.length)).toFixed(2)
  const open = gaps.filter(({ folded }) => !folded)
  const kinds = new Map<string, number>()
  for (const gap of gaps) {
    const kind = `${gap.rule ?? gap.id} ${gap.severity}`
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const listed = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 14)
  return [
    [`${set}: high or medium a note`, mean(gaps.filter(({ severity }) => severity !== "low"))],
    [`${set}: unfolded, all a note`, `${mean(open)}  ${mean(gaps)}`],
    [`${set}: answered elsewhere`, `${gaps.filter((gap) => gap.foundElsewhere).length} of ${gaps.length}`],
    [`${set}: by kind`, listed.map(([kind, count]) => `${kind} ${count}`).join(", ")]
  ]
}

export function evalGaps(engine: Engine, packs: readonly CodePack[], lexicon: Lexicon): Line[] | undefined {
  const pack = packs.find(({ info }) => info.system === "ICD-10-CM")
  if (!pack) return undefined
  const deleter = new Deleter(engine, pack, lexicon)
  const deletions: Deletion[] = []
  const lines: Line[] = []
  for (const set of SETS) {
    const notes = readSet<Note>(`${set}/notes.jsonl`)?.slice(0, MOST_NOTES)
    if (!notes) continue
    const all = notes.map((note) => read(engine, note.text))
    if (set === "acibench") lines.push(...countLines(set, all))
    writeErrors(
      `gaps-${set}`,
      notes.map(({ id }, i) => ({ id, gaps: all[i]?.gaps }))
    )
    for (const note of notes) deletions.push(...deleter.of(note))
  }
  if (lines.length === 0 && deletions.length === 0) return undefined
  writeErrors("gaps-deletions", deletions)
  return [...lines, ...deletionLines(deletions)]
}
