/**
 * Compares the hand-typed starter set with the official releases that happen to be on this machine.
 * It only reports: whoever reads the report corrects the rows by hand, so that the starter set never
 * becomes a copy of an official file.
 */
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { readHcpcs } from "@/classification/readers/hcpcs-anweb"
import { readOrderFile } from "@/classification/readers/order-file"
import type { SourceFile } from "@/classification/readers/text"
import { CODESETS_DIR, REPOSITORY } from "./paths"

export type StarterSystem = "icd10cm" | "hcpcs"

export interface StarterRow {
  /** As typed: with dot for ICD-10-CM. */
  code: string
  billable: boolean
  title: string
  line: number
}

interface OfficialRow {
  title: string
  billable: boolean
  /** Position in the release, to check the order of the starter file. */
  position: number
}

export interface StarterReport {
  differences: string[]
  summary: string
}

export const STARTER_DIR = join(CODESETS_DIR, "starter")
const HEADER = "code\tbillable\ttitle"

const SYNTAX: Record<StarterSystem, RegExp> = {
  icd10cm: /^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/,
  hcpcs: /^[A-CE-V][0-9]{4}$/
}

interface Release {
  system: StarterSystem
  name: string
  path: string
  /** A later release than the set was typed for: reported, but no reason to fail. */
  later?: boolean
  /** @throws ReaderError */
  read(file: SourceFile): Map<string, OfficialRow>
}

const RELEASES: Release[] = [
  { system: "icd10cm", name: "FY2026", path: "icd10cm/2025-10/icd10cm_order_2026.txt", read: officialOrder },
  {
    system: "icd10cm",
    name: "FY2027",
    path: "icd10cm/2026-10/icd10cm_order_2027.txt",
    later: true,
    read: officialOrder
  },
  {
    system: "hcpcs",
    name: "2025-10",
    path: "hcpcs/2025-10/HCPC2025_OCT_ANWEB.rebuilt.txt",
    read: officialHcpcs
  }
]
/** First day of the HCPCS release above; codes that ended before it are no longer valid. */
const HCPCS_DAY = "2025-10-01"

/** Categories that the classification does not list where their characters would put them. */
const CATEGORY_PLACE: Record<string, string> = {
  C4A: "C43~",
  C7A: "C75~A",
  C7B: "C75~B",
  D3A: "D36~",
  M1A: "M08~",
  Z3A: "Z36~"
}

/** Sort key that gives classification order: C4A follows C43, M1A precedes M10, and U comes after Z. */
export function orderKey(code: string): string {
  const plain = code.replace(".", "")
  const category = plain.slice(0, 3)
  const place = category.startsWith("U") ? `~${category}` : (CATEGORY_PLACE[category] ?? category)
  return place.padEnd(6) + plain.slice(3)
}

/** Reads a starter TSV and says everything that is wrong with its shape. */
export function readStarter(system: StarterSystem, text: string): { rows: StarterRow[]; problems: string[] } {
  const problems: string[] = []
  const rows: StarterRow[] = []
  const lines = text.split("\n")
  if (lines[0] !== HEADER) problems.push(`line 1: header is not "${HEADER.replaceAll("\t", "<tab>")}"`)
  const seen = new Set<string>()
  let previous = ""
  lines.forEach((content, index) => {
    if (index === 0 || (content === "" && index === lines.length - 1)) return
    const line = index + 1
    const [code = "", flag = "", title = "", ...more] = content.split("\t")
    if (more.length > 0 || title === "") problems.push(`line ${line}: expected three non-empty columns`)
    if (title !== title.trim()) problems.push(`line ${line}: blanks around the title of ${code}`)
    if (flag !== "0" && flag !== "1") problems.push(`line ${line}: billable is "${flag}", not 0 or 1`)
    if (!SYNTAX[system].test(code)) problems.push(`line ${line}: "${code}" does not look like a code`)
    if (seen.has(code)) problems.push(`line ${line}: ${code} is there twice`)
    const key = orderKey(code)
    if (key < previous) problems.push(`line ${line}: ${code} is out of order`)
    seen.add(code)
    previous = key
    rows.push({ code, billable: flag === "1", title, line })
  })
  for (const row of rows) {
    // Without its category a code would hang in the air in the code tree.
    if (system === "icd10cm" && !seen.has(row.code.slice(0, 3))) {
      problems.push(`line ${row.line}: ${row.code} has no row for its category`)
    }
  }
  return { rows, problems }
}

function officialOrder(file: SourceFile): Map<string, OfficialRow> {
  return new Map(
    readOrderFile(file).map(({ code, title, billable }, position) => [code, { title, billable, position }])
  )
}

/** A code that has ended counts as not billable. */
function officialHcpcs(file: SourceFile): Map<string, OfficialRow> {
  return new Map(
    readHcpcs(file).codes.map(({ code, title, ended }, position) => [
      code,
      { title, billable: ended === undefined || ended >= HCPCS_DAY, position }
    ])
  )
}

/** Case and white space aside, blanks around commas too: the official HCPCS file sets them at random. */
function normal(title: string): string {
  return title.toLowerCase().replace(/\s+/g, " ").replace(/ ?, ?/g, ", ").trim()
}

/** Every difference between typed rows and one official release. */
export function compareStarter(
  system: StarterSystem,
  rows: StarterRow[],
  official: Map<string, OfficialRow>
): StarterReport {
  const differences: string[] = []
  let equal = 0
  let titles = 0
  let unknown = 0
  let flags = 0
  let last = -1
  for (const row of rows) {
    const found = official.get(row.code.replace(".", ""))
    if (!found) {
      unknown++
      differences.push(`${row.code}: not in the release (typed: ${row.title})`)
      continue
    }
    const flagDiffers = found.billable !== row.billable
    const titleDiffers = normal(found.title) !== normal(row.title)
    if (flagDiffers) {
      flags++
      differences.push(
        `${row.code}: typed billable ${row.billable ? 1 : 0}, official ${found.billable ? 1 : 0}`
      )
    }
    if (titleDiffers) {
      titles++
      differences.push(`${row.code}: title\n    typed    ${row.title}\n    official ${found.title}`)
    }
    if (!flagDiffers && !titleDiffers) equal++
    if (found.position < last) differences.push(`${row.code}: stands elsewhere in the official order`)
    last = found.position
  }
  const matched = `${rows.length} rows, ${equal} equal`
  const rest = `${titles} title differences, ${unknown} unknown codes, ${flags} flag differences`
  return { differences, summary: `starter ${system}: ${matched}, ${rest}` }
}

function releasesFolder(): string {
  return resolve(REPOSITORY, process.env.CHARTSIDE_RELEASES || join("..", "shared", "releases"))
}

/**
 * Prints the report.
 * @returns 1 when a starter file is missing or malformed, or with `--strict` when a row differs from its
 * own release; else 0
 */
export async function runStarterCheck(args: string[]): Promise<number> {
  const strict = args.includes("--strict")
  let malformed = false
  let different = false
  for (const system of ["icd10cm", "hcpcs"] as const) {
    const file = join(STARTER_DIR, `${system}.tsv`)
    const text = existsSync(file) ? readFileSync(file, "utf8") : ""
    const { rows, problems } = readStarter(system, text)
    for (const problem of problems) console.log(`${system}.tsv ${problem}`)
    malformed ||= problems.length > 0
    for (const release of RELEASES.filter((candidate) => candidate.system === system)) {
      const path = join(releasesFolder(), release.path)
      if (!existsSync(path)) {
        console.log(`${system} ${release.name}: no official release here, nothing compared`)
        continue
      }
      const report = compareStarter(
        system,
        rows,
        release.read({ name: release.path, content: readFileSync(path) })
      )
      console.log(`${system} against ${release.name}`)
      for (const difference of report.differences) console.log(`  ${difference}`)
      console.log(report.summary)
      different ||= !release.later && report.differences.length > 0
    }
  }
  return malformed || (strict && different) ? 1 : 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  void runStarterCheck(process.argv.slice(2)).then((code) => {
    process.exitCode = code
  })
}
