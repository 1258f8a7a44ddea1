/**
 * The engine: documents in, findings out. Pure and the same in worker, page and Node. It keeps code sets and
 * the lexicon, never a text: nothing of a note outlives the call.
 */

import type { System } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { forgetWords } from "@/classification/words"
import { toAssertion } from "./assertion/answer"
import { reasonsFor } from "./assertion/decide"
import { findTriggers } from "./assertion/triggers"
import { type Component, lexiconWithout } from "./components"
import { type DetectedDate, type DetectedSetting, detectDate, detectSetting } from "./detect"
import { EmEstimator } from "./em/estimate"
import { Gaps } from "./gaps"
import { DerivedGaps } from "./gaps/derived"
import { RuleFinder } from "./gaps/rules"
import { type CompiledLexicon, compileLexicon } from "./lexicon/compile"
import { usablePersonalWords, withPersonalWords } from "./lexicon/personal"
import type { Lexicon, Synonym } from "./lexicon-types"
import type { PackMatcher } from "./match/concepts"
import { createMatchers, scan, scanCauses } from "./match/scan"
import { besideDiagnoses, ProcedureFinder } from "./procedures"
import type { ReadChart } from "./suggest/candidate"
import type { CodeGroups } from "./suggest/code-groups"
import { Suggester } from "./suggest/suggest"
import { atomAt } from "./text/atoms"
import { readDocument } from "./text/document"
import type { AssertAnswer, Findings, Setting, SuggestRequest } from "./types"

export type { DetectedDate, DetectedSetting } from "./detect"

/** Characters of a chart that are read; the rest is left out with a notice (design.md 2). */
export const MOST_TEXT = 1_000_000

/** ICD-10-PCS is a facility's for a stay: it is not even opened for other settings. */
export function systemsFor(setting: Setting): readonly System[] {
  return setting === "inpatient" ? ["ICD-10-CM", "HCPCS", "ICD-10-PCS"] : ["ICD-10-CM", "HCPCS"]
}

export interface AssertRequest {
  text: string
  /** UTF-16 offsets of the mention. */
  span: [start: number, end: number]
  /** Canonical section the text stands in, when it carries no heading itself. */
  section?: string
}

export interface Engine {
  /** Reads a chart and suggests codes. Never throws on any text. */
  suggest(request: SuggestRequest): Findings
  /** @throws RangeError when the span lies outside the text or is empty */
  assert(request: AssertRequest): AssertAnswer
  /** The date that counts as the notes tell it; undefined when none is named. */
  detectDate(documents: SuggestRequest["documents"]): DetectedDate | undefined
  detectSetting(documents: SuggestRequest["documents"]): DetectedSetting | undefined
}

export interface EngineParts {
  /** Any subset, several releases side by side. */
  packs: readonly CodePack[]
  lexicon: Lexicon
  /** Left out, to see what it contributes. */
  without?: readonly Component[]
}

interface Picked {
  packs: CodePack[]
  notices: string[]
  /** Why another release was taken than asked for, and that a set is not complete: said where it matters. */
  remarks: { system: System; text: string }[]
}

function pickPacks(packs: readonly CodePack[], date: string | undefined, setting: Setting): Picked {
  const releases = packs.map((pack) => ({
    pack,
    system: pack.info.system,
    release: pack.info.release,
    effective: pack.info.effective,
    complete: pack.info.complete
  }))
  const picked: Picked = { packs: [], notices: [], remarks: [] }
  const remark = (system: System, text: string) => picked.remarks.push({ system, text })
  for (const system of systemsFor(setting)) {
    const choice = pickRelease(releases, system, date)
    if (!choice) continue
    const { pack } = choice.release
    picked.packs.push(pack)
    if (choice.notice) remark(system, choice.notice)
    if (!pack.info.complete) {
      remark(system, `Starter set: ${system}, ${pack.info.billable} codes, not complete.`)
    }
  }
  if (picked.packs.length === 0) picked.notices.push("No code set is installed: nothing can be suggested.")
  return picked
}

/**
 * ICD-10-CM is always spoken of; another code set only when a code of it is suggested. Without a date it is said
 * once that the newest release was used.
 */
function remarksOn(remarks: Picked["remarks"], suggestions: Findings["suggestions"]): string[] {
  return remarks
    .filter(({ system }) => system === "ICD-10-CM" || suggestions.some((each) => each.system === system))
    .filter(
      ({ text }, i, all) => !NO_DATE.test(text) || all.findIndex((each) => NO_DATE.test(each.text)) === i
    )
    .map(({ text }) => text)
}

const NO_DATE = /^No date was given/

/** The memo of folded words and what the last regular expression looked at: both would keep words of the note. */
function forgetText(): void {
  forgetWords()
  ;/(?:)/.test("")
}

function readCharts(lexicon: CompiledLexicon, request: SuggestRequest, notices: string[]): ReadChart[] {
  let left = MOST_TEXT
  let unread = 0
  const charts: ReadChart[] = []
  for (const given of request.documents) {
    const limit = Math.min(given.text.length, left)
    left -= limit
    unread += given.text.length - limit
    if (limit === 0) continue
    charts.push({ given, read: readDocument(given.text, lexicon.headings, limit), mentions: [] })
  }
  if (unread > 0) {
    notices.push(
      `The chart is longer than ${MOST_TEXT.toLocaleString("en-US")} characters: the last ${unread.toLocaleString("en-US")} were not read.`
    )
  }
  return charts
}

/** The lexicon with the coder's own words in front of it. */
function readingFor(
  lexicon: CompiledLexicon,
  { personal }: SuggestRequest,
  notices: string[]
): CompiledLexicon {
  if (!personal || personal.length === 0) return lexicon
  const { usable, left } = usablePersonalWords(personal)
  if (left > 0)
    notices.push(`${left} of your own words cannot be used and ${left === 1 ? "was" : "were"} left out.`)
  return { ...lexicon, wordings: withPersonalWords(lexicon.wordings, usable) }
}

/** An injury or poisoning is told, not denied: then it matters how it came about (I.C.20.a). */
function tellsInjury(groups: CodeGroups, charts: readonly ReadChart[]): boolean {
  return charts.some(({ mentions }) =>
    mentions.some(
      ({ match, reasons }) => reasons.length === 0 && groups.has("injury", match.pack.code(match.row))
    )
  )
}

/**
 * Histologies that the Index equates with a behavior of the neoplasm table ("Adenocarcinoma - see also Neoplasm,
 * malignant, by site"), as one-way synonyms.
 */
function indexAliases(packs: readonly CodePack[]): Synonym[] {
  const aliases = new Map<string, Synonym>()
  for (const pack of packs) {
    if (pack.info.system !== "ICD-10-CM") continue
    for (const { title, means } of pack.aliases?.() ?? []) {
      if (!/\bneoplasm$/.test(means) || aliases.has(title)) continue
      const term = title.toLowerCase()
      aliases.set(title, {
        id: `index: ${title}`,
        term,
        words: means,
        oneWay: true,
        examples: { fires: [], quiet: [] }
      })
    }
  }
  return [...aliases.values()]
}

/** @param parts packs may come and go with a new engine; making one costs the lexicon's compilation only */
export function createEngine(parts: EngineParts): Engine {
  const without = new Set(parts.without)
  const aliases = without.has("synonyms") ? [] : indexAliases(parts.packs)
  const lexicon = compileLexicon(
    lexiconWithout({ ...parts.lexicon, synonyms: [...parts.lexicon.synonyms, ...aliases] }, without)
  )
  const suggester = new Suggester(lexicon)
  const procedures = new ProcedureFinder(lexicon, {
    drugBrands: parts.lexicon.drugBrands ?? [],
    servicePhrases: parts.lexicon.servicePhrases ?? [],
    supplies: parts.lexicon.supplies ?? [],
    pcsProcedures: parts.lexicon.pcsProcedures ?? [],
    pcsWords: parts.lexicon.pcsWords ?? []
  })
  const { documentationRules = [], documentationWords = [] } = parts.lexicon
  const rules = new RuleFinder(documentationRules, documentationWords, lexicon.triggers)
  const gaps = new Gaps([rules], [new DerivedGaps(lexicon, parts.lexicon)])
  const estimator = new EmEstimator(parts.lexicon, lexicon.triggers)
  const matchers = new Map<CodePack, PackMatcher>()
  const matchersOf = (packs: readonly CodePack[]) =>
    packs.map((pack) => {
      let matcher = matchers.get(pack)
      if (!matcher) {
        matcher = createMatchers([pack], lexicon, without.has("index") ? ["index"] : [])[0]!
        matchers.set(pack, matcher)
      }
      return matcher
    })

  /** The section a bare sentence is said to stand in, or the only one that tells of what the mention is. */
  const sectionOf = (given: string | undefined, words: readonly string[]) =>
    given === undefined
      ? (lexicon.headings.tells.get(words.slice(-2).join(" ")) ??
        lexicon.headings.tells.get(words.at(-1) ?? ""))
      : lexicon.headings.sections.get(given)

  return {
    suggest(request) {
      const begun = performance.now()
      const setting = request.setting ?? "outpatient"
      const { packs, notices, remarks } = pickPacks(parts.packs, request.date, setting)
      const charts = readCharts(lexicon, request, notices)
      const reading = readingFor(lexicon, request, notices)
      const allMentions = request.allMentions ?? false
      const active = matchersOf(packs.filter(({ info }) => info.system === "ICD-10-CM"))
      for (const chart of charts) chart.mentions = scan(reading, active, chart.read, allMentions)
      if (tellsInjury(lexicon.groups, charts))
        for (const chart of charts) chart.mentions.push(...scanCauses(reading, active, chart.read))
      for (const matcher of active) matcher.forget()
      const patient = { age: request.age, sex: request.sex }
      const diagnoses = suggester.suggest(charts, { setting, allMentions, ...patient })
      const { suppressed, suggested } = diagnoses
      // Corpora in which every mention counts are coded with diagnoses alone.
      const done = allMentions ? [] : procedures.find(charts, packs, { setting, date: request.date })
      const suggestions = besideDiagnoses(diagnoses.suggestions, done)
      const { cdi } = request
      const missing = allMentions ? [] : gaps.find({ setting, cdi, patient, charts, suggested, suppressed })
      const pack = packs.find(({ info }) => info.system === "ICD-10-CM")
      const em = request.em ? estimator.estimate({ charts, suggested, pack }) : undefined
      forgetText()
      return {
        packs: packs.map(({ info }) => ({ id: info.id, version: info.release, sha256: info.sha256 })),
        suggestions,
        suppressed,
        gaps: missing,
        checks: [],
        ...(em ? { em } : {}),
        notices: [...remarksOn(remarks, suggestions), ...notices],
        ms: Math.round((performance.now() - begun) * 1000) / 1000
      }
    },

    assert({ text, span: [start, end], section }) {
      if (
        !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length)
      ) {
        throw new RangeError("The span does not lie inside the text.")
      }
      // What modifies a mention stands near it: a window of the text is enough, cut where offsets stay the same.
      const read = readDocument(text, lexicon.headings, Math.min(text.length, MOST_TEXT))
      const first = atomAt(read.atoms, start)
      let last = atomAt(read.atoms, end)
      if (last <= first) last = first + 1
      forgetText()
      // A mention in a heading ("Alcohol: two glasses a day") belongs to what the heading opens.
      let at = first
      while (at < read.atoms.count && (read.sentenceOf[at] ?? -1) < 0) at++
      const sentence =
        read.sentences[read.sentenceOf[at] ?? -1] ?? read.sentences[read.sentenceOf[last - 1] ?? -1]
      if (!sentence) return { negation: "affirmed", temporality: "recent", experiencer: "patient" }
      const told =
        sentence.section === "" ? sectionOf(section, read.atoms.lower.slice(first, last)) : undefined
      const placed = told ? { ...sentence, section: told.id, role: told.role } : sentence
      const hits = findTriggers(lexicon.triggers, read.atoms, placed)
      return toAssertion(reasonsFor(read, placed, hits, first, last), placed.role, text)
    },

    detectDate,
    detectSetting
  }
}
