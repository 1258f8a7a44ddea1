/** Official layouts in miniature, for tests: a few well-known codes in the columns of the real files. */

/** A line of the order file. */
export function orderLine(number: number, code: string, billable: boolean, title: string): string {
  const short = title.slice(0, 60).padEnd(60)
  return `${String(number).padStart(5, "0")} ${code.padEnd(7)} ${billable ? 1 : 0} ${short} ${title}`
}

export function orderText(rows: readonly (readonly [string, boolean, string])[]): string {
  return rows.map(([code, billable, title], at) => `${orderLine(at + 1, code, billable, title)}\r\n`).join("")
}

/** A record of the HCPCS ANWEB file; `width` 293 as in 2025, 320 as in 2019. */
export function hcpcsRecord(
  code: string,
  sequence: number,
  type: "3" | "4" | "7" | "8",
  part: string,
  dates: { added?: string; ended?: string } = {},
  width = 293
): string {
  const first = type === "3" || type === "7"
  const columns = new Array<string>(width).fill(" ")
  const put = (column: number, text: string) => {
    for (const [at, character] of [...text].entries()) columns[column - 1 + at] = character
  }
  put(1, code.padStart(5))
  put(6, `${String(sequence).padStart(4, "0")}0`.slice(-5))
  put(11, type)
  put(12, part)
  if (first) {
    put(92, part.slice(0, 28))
    put(269, dates.added ?? "20020701")
    put(277, dates.added ?? "20020701")
    put(285, dates.ended ?? "")
    put(293, "N")
  }
  return columns.join("")
}

export function tabularXml(chapters: string, version = "2026"): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>${version}</version>
  <introduction><introSection type="title"><title>ICD-10-CM TABULAR LIST</title></introSection></introduction>
  ${chapters}
</ICD10CM.tabular>`
}

export function indexXml(
  letters: string,
  title = "ICD-10-CM INDEX TO DISEASES and INJURIES",
  version = "2026"
): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>${version}</version>
  <title>${title}</title>
  <letter><title>A</title>${letters}</letter>
</ICD10CM.index>`
}

export function tableXml(first: string, columns: readonly string[], rows: string): string {
  const heads = [first, ...columns].map((text, at) => `<head col="${at + 1}">${text}</head>`).join("")
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><indexHeading>${heads}</indexHeading>
<letter><title>N</title>${rows}</letter></ICD10CM.index>`
}
