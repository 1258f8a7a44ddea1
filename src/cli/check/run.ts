/** Holds compiled packs against the full official files they were made from. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { GuidelineBook } from "@/classification/guidelines-api"
import type { IndexSource } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { openArchive } from "@/classification/readers/archive"
import type { PackShelf } from "../load-packs"
import { CODESETS_DIR } from "../paths"
import { type CataloguePack, type FileRole, readCatalogue } from "../sources/catalogue"
import { checkAttributes, checkHistory } from "./check-extras"
import { checkGuidelines } from "./check-guidelines"
import { checkIndex } from "./check-index"
import { checkOrder, type RawRow, rawHcpcs, rawOrder } from "./check-order"
import { checkPcsTables } from "./check-pcs-tables"
import { checkTabular } from "./check-tabular"
import { type RawIndexLine, type RawTabular, rawIndex, rawTabular } from "./raw-xml"
import { CheckReport } from "./report"

const INDEXES: [FileRole, IndexSource][] = [
  ["index", "disease"],
  ["external", "external"],
  ["neoplasm", "neoplasm"],
  ["drug", "drug"]
]

/** Plain text that came with the guidelines: only to check the book that is made of the PDF. */
const GUIDELINES_TEXT = "guidelines/ICD-10-CM-October-2025-Guidelines.txt"
const ORDER_2025 = "icd10cm/2024-10/2025-code-descriptions-tabular-order.zip"

class Checker {
  private readonly catalogue = readCatalogue(join(CODESETS_DIR, "sources.json"))
  private readonly texts = new Map<string, string>()
  private tabular: RawTabular | undefined
  private readonly indexes = new Map<IndexSource, RawIndexLine[]>()
  private rows2026: RawRow[] = []

  constructor(
    private readonly releases: string,
    private readonly shelf: PackShelf,
    private readonly log: (line: string) => void
  ) {}

  /** @returns number of differences that nothing explains */
  run(): number {
    let unexplained = 0
    for (const wanted of this.catalogue.packs) {
      const entry = this.shelf.codeSets.find(({ id }) => id === wanted.id)
      const report = new CheckReport(wanted.id)
      if (!entry) report.different("the pack is not built", [wanted.id])
      else if (entry.source !== "local-release") {
        report.different(`the pack was made from ${entry.source}, not from these files`, [wanted.id])
      } else this.check(wanted, this.shelf.open(entry), report)
      unexplained += this.finish(report)
    }
    return unexplained + this.guidelines()
  }

  private finish(report: CheckReport): number {
    for (const line of report.lines) this.log(line)
    return report.unexplained
  }

  private check(wanted: CataloguePack, pack: CodePack, report: CheckReport): void {
    report.note(`${pack.info.codes} codes, ${pack.info.billable} billable`)
    if (wanted.system === "HCPCS") checkOrder(pack, rawHcpcs(this.text(wanted, "hcpcs")!), report)
    else if (wanted.system === "ICD-10-PCS") this.checkPcs(wanted, pack, report)
    else this.checkCm(wanted, pack, report)
  }

  private checkPcs(wanted: CataloguePack, pack: CodePack, report: CheckReport): void {
    const rows = rawOrder(this.text(wanted, "order")!)
    const listed = new Set(rows.map(({ code }) => code))
    const before = this.text(wanted, "orderBefore")
    const ended = before ? rawOrder(before).filter(({ code }) => !listed.has(code)) : []
    checkOrder(pack, rows, report, {
      reason: `of the order file before, ended by ${wanted.updated}`,
      codes: new Set(ended.map(({ code }) => code))
    })
    checkPcsTables(pack, report)
  }

  private checkCm(wanted: CataloguePack, pack: CodePack, report: CheckReport): void {
    const rows = rawOrder(this.text(wanted, "order")!)
    checkOrder(pack, rows, report)
    const lender = wanted.borrowFrom ? this.lender(wanted.borrowFrom) : undefined
    const files = lender?.wanted ?? wanted
    this.tabular ??= rawTabular(this.text(files, "tabular")!)
    checkTabular(
      pack,
      this.tabular,
      report,
      lender && { pack: lender.pack, release: lender.pack.info.release }
    )
    for (const [role, source] of INDEXES) {
      const raw = this.indexes.get(source) ?? rawIndex(this.text(files, role)!)
      this.indexes.set(source, raw)
      checkIndex(pack, source, raw, report, lender !== undefined)
    }
    this.extras(wanted, files, pack, rows, report)
  }

  private extras(
    wanted: CataloguePack,
    listed: CataloguePack,
    pack: CodePack,
    rows: RawRow[],
    report: CheckReport
  ): void {
    const rows2025 = rawOrder(this.member(ORDER_2025, /order_2025\.txt$/))
    const own = listed === wanted
    if (own) this.rows2026 = rows
    const [poa, hcc, mce, cc] = (["poa", "hcc", "mce", "cc"] as const).map((role) => this.text(listed, role)!)
    const made = { poa: this.rows2026, hcc: rows2025, mce: this.rows2026, cc: this.rows2026 }
    checkAttributes(pack, { poa: poa!, hcc: hcc!, mce: mce!, cc: cc! }, made, report)
    checkHistory(pack, rows2025, this.rows2026, "2025-10-01", report)
    if (!own) checkHistory(pack, this.rows2026, rows, wanted.effective.from, report)
  }

  private lender(id: string): { wanted: CataloguePack; pack: CodePack } | undefined {
    const wanted = this.catalogue.packs.find((each) => each.id === id)
    const entry = this.shelf.codeSets.find((each) => each.id === id)
    return wanted && entry && { wanted, pack: this.shelf.open(entry) }
  }

  private guidelines(): number {
    let unexplained = 0
    for (const { id } of this.catalogue.guidelines ?? []) {
      const entry = this.shelf.manifest.find((each) => each.id === id)
      const report = new CheckReport(id)
      if (!entry) report.different("the book is not built", [id])
      else {
        const book = JSON.parse(Buffer.from(this.shelf.bytes(entry)).toString("utf8")) as GuidelineBook
        checkGuidelines(book, this.file(GUIDELINES_TEXT).toString("utf8"), report)
      }
      unexplained += this.finish(report)
    }
    return unexplained
  }

  /** Text of the local file for a role, also of the pack's extras. */
  private text(wanted: CataloguePack, role: FileRole): string | undefined {
    const key = `${wanted.id} ${role}`
    const known = this.texts.get(key)
    if (known !== undefined) return known
    const sources = [...wanted.sources, ...(wanted.extras ?? []).flatMap((extra) => extra.sources)]
    for (const source of sources) {
      if (source.kind !== "local") continue
      for (const file of source.files) {
        const member = "role" in file ? undefined : file.members.find((each) => each.role === role)
        if (!member && !("role" in file && file.role === role)) continue
        const text = member
          ? this.member(file.path, new RegExp(member.pattern, "i"))
          : decoded(this.file(file.path))
        if (role === "order" || role === "orderBefore") this.texts.set(key, text)
        return text
      }
    }
    return undefined
  }

  private file(path: string): Buffer {
    return readFileSync(join(this.releases, path))
  }

  private member(path: string, pattern: RegExp): string {
    const members = openArchive({ name: path, content: this.file(path) })
    const found = [...members].find(([name]) => pattern.test(name.slice(name.lastIndexOf("/") + 1)))
    if (!found) throw new Error(`${path} holds no file like ${pattern.source}`)
    return decoded(Buffer.from(found[1].content))
  }
}

/** The XML is UTF-8; fixed-width files are ASCII or Latin-1. */
function decoded(bytes: Buffer): string {
  const text = bytes.toString("utf8")
  return text.includes("\uFFFD") ? bytes.toString("latin1") : text
}

/** @returns number of differences that nothing explains; undefined when the releases are not there */
export function checkPacks(
  releases: string | undefined,
  shelf: PackShelf,
  log: (line: string) => void
): number | undefined {
  if (!releases || !existsSync(join(releases, "icd10cm"))) return undefined
  return new Checker(releases, shelf, log).run()
}
