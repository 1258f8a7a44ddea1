/** Every code of ICD-10-PCS can be put together by its tables; one that ended need not. */
import type { CodePack } from "@/classification/pack-api"
import type { CheckReport } from "./report"

export function checkPcsTables(pack: CodePack, report: CheckReport): void {
  const book = pack.pcsBook
  if (!book) {
    report.different("no tables in the pack", [pack.info.id])
    return
  }
  let valid = 0
  let billable = 0
  const ended: string[] = []
  const others: string[] = []
  for (let row = 0; row < pack.size; row++) {
    if (!pack.billable(row)) continue
    billable++
    if (book.valid(pack.code(row))) valid++
    else (pack.dates(row).ended === undefined ? others : ended).push(pack.code(row))
  }
  report.count("codes that the tables allow or that ended", valid + ended.length, billable)
  report.explained("ended, and the tables in force do not allow them any more", ended)
  report.different("in no table", others)
}
