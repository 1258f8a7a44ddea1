/**
 * The definitions of ICD-10-PCS (icd10pcs_definitions_YYYY.xml): what a value means, by section and position.
 * The titles of device values carry where they hold: "Cardiac Lead, Pacemaker for Insertion in Heart and Great
 * Vessels"; those of rehabilitation the kind of table: "Bed Mobility (Treatment)". The aggregation of devices
 * at the end of the file is not kept: the tables already allow only the values that hold.
 */
import type { PcsTable, PcsValue } from "../model"
import { withMarks } from "./pcs-index"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"
import { elements, expectRoot, parseXml, textIn, versionOf, type XmlElement } from "./xml"

export interface PcsTerm {
  section: string
  /** 3 operation, 4 body part, 5 approach, 6 device ... */
  position: number
  /** As printed. */
  title: string
  definition?: string
  explanation?: string
  includes: string[]
}

export interface PcsDefinitions {
  version: string
  terms: PcsTerm[]
}

/** @throws ReaderError for damaged XML or an unknown element */
export function readPcsDefinitions(file: SourceFile): PcsDefinitions {
  const root = parseXml(file)
  expectRoot(root, "ICD10PCS.definitions", file.name)
  const version = versionOf(root, file.name)
  const terms: PcsTerm[] = []
  for (const section of elements(root)) {
    if (["version", "title", "deviceAggregation"].includes(section.name)) continue
    if (section.name !== "section") refuse(section, file.name)
    for (const axis of elements(section)) {
      if (axis.name === "title") continue
      if (axis.name !== "axis") refuse(axis, file.name)
      const position = Number(axis.attributes.pos)
      if (!(position >= 3 && position <= 7)) {
        throw new ReaderError(file.name, axis.line, "an axis from 3 to 7", axis.attributes.pos ?? "")
      }
      for (const each of elements(axis)) {
        if (each.name === "terms")
          terms.push(...readTerms(each, section.attributes.code ?? "", position, file))
        else if (each.name !== "title") refuse(each, file.name)
      }
    }
  }
  if (terms.length === 0) throw new ReaderError(file.name, root.line, "definitions", "none")
  return { version, terms }
}

function refuse(element: XmlElement, file: string): never {
  throw new ReaderError(file, element.line, "elements of the PCS definitions", `<${element.name}>`)
}

/** Several titles share what stands below them: "Abdomen Muscle, Left", "Abdomen Muscle, Right". */
function readTerms(element: XmlElement, section: string, position: number, file: SourceFile): PcsTerm[] {
  const titles: string[] = []
  const said: Omit<PcsTerm, "section" | "position" | "title"> = { includes: [] }
  for (const each of elements(element)) {
    const text = textIn(each)
    if (each.name === "title") titles.push(text)
    else if (each.name === "definition") said.definition = text
    else if (each.name === "explanation") said.explanation = text
    else if (each.name === "includes") said.includes.push(withMarks(text))
    else refuse(each, file.name)
  }
  if (titles.length === 0) throw new ReaderError(file.name, element.line, "a title of the term", "none")
  return titles.map((title) => ({ ...said, includes: [...said.includes], section, position, title }))
}

/**
 * Addenda to the definitions (definitions_addenda_YYYY.txt): lines of a keyword and a text; "Add" or "Delete"
 * between them says what changed. A term without "Add" is one that exists.
 * @returns the definitions with the changes
 * @throws ReaderError for a line of another form, or a deletion of what is not there
 */
export function withDefinitionsAddenda(definitions: PcsDefinitions, file: SourceFile): PcsDefinitions {
  const terms = definitions.terms.map((term) => ({ ...term, includes: [...term.includes] }))
  let section = ""
  let position = 0
  let term: PcsTerm | undefined
  for (const [at, line] of linesOf(file).entries()) {
    if (line.trim() === "") continue
    const match =
      /^(Section|Axis|Row|Term|Definition|Explanation|Includes)\s+(?:(Add|Delete)\b)?\s*(.*)$/.exec(line)
    const fail = (expected: string): never => {
      throw new ReaderError(file.name, at + 1, expected, line)
    }
    if (!match) return fail("a line of the definitions addenda")
    const [, keyword, action, rest = ""] = match
    const text = withMarks(rest.trim())
    if (keyword === "Section") section = /^(\S)\s/.exec(text)?.[1] ?? fail("a section and its name")
    else if (keyword === "Axis")
      position = Number(/^([3-7])\s/.exec(text)?.[1] ?? fail("an axis from 3 to 7"))
    else if (keyword === "Row") term = undefined
    else if (keyword === "Term") {
      term = terms.find(
        (each) => each.section === section && each.position === position && each.title === text
      )
      if (action === "Delete") {
        if (!term) return fail("a term that exists")
        terms.splice(terms.indexOf(term), 1)
      } else if (!term) {
        term = { section, position, title: text, includes: [] }
        terms.push(term)
      }
    } else if (!term) fail("a term before what is said of it")
    else if (keyword === "Includes" && action === "Delete") {
      if (!term.includes.includes(text)) fail("an inclusion that exists")
      term.includes = term.includes.filter((each) => each !== text)
    } else if (keyword === "Includes") term.includes.push(text)
    else if (keyword === "Definition") setOrDrop(term, "definition", text, action)
    else setOrDrop(term, "explanation", text, action)
  }
  return { ...definitions, terms }
}

function setOrDrop(term: PcsTerm, what: "definition" | "explanation", text: string, action?: string): void {
  if (action !== "Delete") term[what] = text
  else if (term[what] === text) delete term[what]
}

interface Scope {
  label: string
  operation?: string
  bodySystem?: string
  /** "Assessment" or "Treatment" in the name of the table. */
  kind?: string
}

/** What a printed title may mean, the most literal first: a label may itself hold " in ". */
function scopesOf({ title, position, section }: PcsTerm): Scope[] {
  const scopes: Scope[] = [{ label: title }]
  const kind = /^(.+) \((Assessment|Treatment)\)$/.exec(title)
  if (kind) scopes.push({ label: kind[1]!, kind: kind[2]! })
  if (position !== 6) return scopes
  const inSystem = /^(.+) in (.+?)$/.exec(title)
  for (const [label, bodySystem] of inSystem ? splits(title, " in ") : []) {
    const forOperation = /^(.+) for (\w+)$/.exec(label)
    const system = section === "X" ? {} : { bodySystem }
    if (forOperation) scopes.push({ label: forOperation[1]!, operation: forOperation[2]!, ...system })
    scopes.push({ label, ...system })
  }
  return scopes
}

/** All ways to cut a title in two at a word: "Conduit in Vein in New Technology". */
function splits(title: string, word: string): [string, string][] {
  const found: [string, string][] = []
  for (let at = title.lastIndexOf(word); at > 0; at = title.lastIndexOf(word, at - 1)) {
    found.push([title.slice(0, at), title.slice(at + word.length)])
  }
  return found
}

/**
 * The tables with what the definitions say of their values. A value is defined where its section, position and
 * label are, and for devices where body system and operation are those of the table too.
 * @returns also the titles of definitions that no value of the tables has
 */
export function defineTables(
  tables: readonly PcsTable[],
  { terms }: PcsDefinitions
): { tables: PcsTable[]; unused: PcsTerm[] } {
  const byKey = new Map<string, { term: PcsTerm; scope: Scope }[]>()
  for (const term of terms) {
    for (const scope of scopesOf(term)) {
      // Substances of section 3 are qualified in the character behind: "Other Anti-infective".
      const positions = term.position === 6 ? [6, 7] : [term.position]
      for (const position of positions) {
        const key = `${term.section}${position}${scope.label}`
        const listed = byKey.get(key)
        if (listed) listed.push({ term, scope })
        else byKey.set(key, [{ term, scope }])
      }
    }
  }
  const used = new Set<PcsTerm>()
  // Values that say the same are one object: a pack and a screen then keep them once.
  const known = new Map<string, PcsValue>()
  const define = (value: PcsValue, table: PcsTable, position: number): PcsValue => {
    const candidates = byKey.get(`${table.section.value}${position}${value.label}`) ?? []
    const fitting = candidates.filter(
      ({ scope }) =>
        (scope.operation === undefined || scope.operation === table.operation.label) &&
        (scope.bodySystem === undefined || scope.bodySystem === table.bodySystem.label) &&
        (scope.kind === undefined || table.operation.label.includes(scope.kind))
    )
    for (const { term } of fitting) used.add(term)
    if (fitting.length === 0) return value
    const said = fitting.map(({ term }) => term)
    const definition = value.definition ?? said.find((term) => term.definition)?.definition
    const explanation = said.find((term) => term.explanation)?.explanation
    const includes = [...new Set(said.flatMap((term) => term.includes))]
    const defined: PcsValue = {
      value: value.value,
      label: value.label,
      ...(definition ? { definition } : {}),
      ...(explanation ? { explanation } : {}),
      ...(includes.length > 0 ? { includes } : {})
    }
    const key = JSON.stringify(defined)
    const same = known.get(key)
    if (same) return same
    known.set(key, defined)
    return defined
  }
  const result = tables.map((table) => ({
    ...table,
    operation: define(table.operation, table, 3),
    rows: table.rows.map(({ axes }) => ({
      axes: axes.map(({ title, values }, at) => ({
        title,
        values: values.map((value) => define(value, table, at + 4))
      }))
    }))
  }))
  return { tables: result, unused: terms.filter((term) => !used.has(term)) }
}
