/**
 * Which official file is which, by what stands in it: names of downloads change from year to year and
 * browsers add "(1)". Only the year of an order file is taken from a name, because it stands nowhere else.
 */
import type { System } from "../model"
import { MAGIC } from "../pack/format"
import { ReaderError } from "../readers/reader-error"
import { versionOf } from "../readers/xml"

export interface Member {
  /** With the archive it came in: "2026-order.zip/icd10cm_order_2026.txt". */
  name: string
  content: Uint8Array
}

export type Role =
  | "order"
  | "codeList"
  | "tabular"
  | "index"
  | "hcpcs"
  | "pack"
  /** Known and of no use here: the reason is told. */
  | "unused"

export interface Recognised {
  member: Member
  role: Role
  system?: System
  /** "FY2026", "2025-10" */
  release?: string
  why?: string
}

const HEAD_BYTES = 4096
const QUARTERS: Record<string, string> = { JAN: "01", APR: "04", JUL: "07", OCT: "10", CONTR: "01" }

const headOf = (member: Member) =>
  new TextDecoder("windows-1252").decode(member.content.subarray(0, HEAD_BYTES)).replace(/^ï»¿/, "")

const unused = (member: Member, why: string): Recognised => ({ member, role: "unused", why })

/** @throws ReaderError when the file is one of ours but does not say of which release */
export function recognise(member: Member): Recognised {
  const head = headOf(member)
  if (head.startsWith(MAGIC)) return { member, role: "pack" }
  if (/\.(pdf|xsd|docx?|html?|rtf)$/i.test(member.name)) return unused(member, "documentation")
  if (/^\s*</.test(head)) return recogniseXml(member, head)
  const first = head.split(/\r?\n/, 1)[0] ?? ""
  if (/^\d{5} [A-Z][0-9A-Z]{2,6} *[01] /.test(first)) {
    return { member, role: "order", system: "ICD-10-CM", release: fiscalYear(member) }
  }
  if (/^(?:Add|Delete|Revise from|Revise to):/.test(first)) return unused(member, "addenda to codes")
  if (/^[A-Z][0-9A-Z]{2,6} +\S/.test(first) && /code/i.test(member.name)) {
    return { member, role: "codeList", system: "ICD-10-CM", release: fiscalYear(member) }
  }
  if (/^(?:[A-V]\d{4}| {3}[0-9A-Z]{2})\d{5}[3478]/m.test(head) || /ANWEB.*\.txt$/i.test(member.name)) {
    return { member, role: "hcpcs", system: "HCPCS", release: quarter(member) }
  }
  return unused(member, "not a file that Chartside knows")
}

function recogniseXml(member: Member, head: string): Recognised {
  const root = /<(ICD10CM\.[a-z]+)/.exec(head)?.[1]
  if (!root) return unused(member, "not an XML file that Chartside knows")
  if (!["ICD10CM.tabular", "ICD10CM.index"].includes(root))
    return unused(member, `XML of another kind, ${root}`)
  const version = /<version>\s*([^<]*?)\s*<\/version>/.exec(head)?.[1] ?? ""
  // The reader's own sentence when the year is missing or strange.
  versionOf(
    {
      name: root,
      attributes: {},
      line: 1,
      content: [{ name: "version", attributes: {}, line: 1, content: [version] }]
    },
    member.name
  )
  const role = root === "ICD10CM.tabular" ? "tabular" : "index"
  return { member, role, system: "ICD-10-CM", release: `FY${version}` }
}

/** The last year in the path: "2026-code-descriptions.zip/icd10cm_order_2026.txt". */
function fiscalYear(member: Member): string {
  const year = [...member.name.matchAll(/(?<!\d)20\d\d(?!\d)/g)].at(-1)?.[0]
  if (year) return `FY${year}`
  throw new ReaderError(
    member.name,
    undefined,
    "the year of the release in its name, such as icd10cm_order_2026.txt",
    "a name without one"
  )
}

function quarter(member: Member): string {
  const match = /HCPC(20\d\d)_([A-Z]+)_ANWEB/i.exec(member.name)
  const month = match && QUARTERS[match[2]!.toUpperCase()]
  if (match && month) return `${match[1]}-${month}`
  throw new ReaderError(
    member.name,
    undefined,
    "the quarter in its name, such as HCPC2026_JAN_ANWEB.txt",
    "a name without one"
  )
}
