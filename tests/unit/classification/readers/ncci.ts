/** The layouts of CMS's NCCI and MUE files in miniature; codes and numbers are made up. */

export type PairRow = readonly [
  one: string,
  two: string,
  from: string,
  to: string,
  modifier: string,
  why: string
]

/** As published: a copyright line, headings over three lines, then tab-separated rows with CRLF. */
export function ptpText(rows: readonly PairRow[]): string {
  const head = [
    '"CPT only copyright 2025 American Medical Association.  All rights reserved."',
    "Column1/Column2 Edits",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t"
  ]
  const body = rows.map(([one, two, from, to, modifier, why]) =>
    [one, two, "", from, to, modifier, why].join("\t")
  )
  return [...head, ...body, ""].join("\r\n")
}

export function ptpCells(rows: readonly PairRow[]): string[][] {
  return [
    ["CPT only copyright 2025 American Medical Association.  All rights reserved."],
    [
      "Column 1",
      "Column 2",
      "*=in existence prior to 1996",
      "Effective Date",
      "Deletion Date *=no data",
      "Modifier 0=not allowed 1=allowed 9=not applicable",
      "PTP Edit Rationale"
    ],
    ...rows.map(([one, two, from, to, modifier, why]) => [one, two, "", from, to, modifier, why])
  ]
}

export type UnitRow = readonly [code: string, units: number, indicator: string, why: string]

const SERVICES = {
  practitioner: "Practitioner Services MUE Values",
  hospital: "Outpatient Hospital Services MUE Values",
  supplier: "DME Supplier Services MUE Values"
}

export function mueCsv(rows: readonly UnitRow[], audience: keyof typeof SERVICES = "practitioner"): string {
  return [
    '"Current Procedural Terminology (CPT) codes, descriptions and other data only are copyright 2025',
    'American Medical Association. All rights reserved.",,,',
    `HCPCS/CPT Code,${SERVICES[audience]},MUE Adjudication Indicator,MUE Rationale`,
    ...rows.map(([code, units, indicator, why]) => `${code},${units},${indicator},"${why}"`),
    ""
  ].join("\r\n")
}
