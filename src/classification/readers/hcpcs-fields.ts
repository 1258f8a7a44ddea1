/**
 * What a HCPCS record says besides code, description and dates, under names of our own. `columns`: 1-based, of
 * the ANWEB layout; `headers`: of the official workbook. Parts of one field are put together without blanks
 * (types of service "1P") or listed with a comma where each is a value of its own.
 */

export interface HcpcsField {
  name: string
  columns: readonly (readonly [from: number, to: number])[]
  headers: readonly string[]
  /** Values that stand alone: listed with a comma. */
  list?: boolean
  date?: boolean
  /** Said of nearly every code and telling nothing then. */
  empty?: string
}

export const HCPCS_FIELDS: readonly HcpcsField[] = [
  { name: "short", columns: [[92, 119]], headers: ["SHORT DESCRIPTION"] },
  {
    name: "pricing",
    columns: [
      [120, 121],
      [122, 123],
      [124, 125],
      [126, 127]
    ],
    headers: ["PRICE1", "PRICE2", "PRICE3", "PRICE4"],
    list: true
  },
  { name: "multiplePricing", columns: [[128, 128]], headers: ["MULT_PI"] },
  {
    name: "coverageManual",
    columns: [
      [129, 134],
      [135, 140],
      [141, 146]
    ],
    headers: ["CIM1", "CIM2", "CIM3"],
    list: true
  },
  {
    name: "carriersManual",
    columns: [
      [147, 154],
      [155, 162],
      [163, 170]
    ],
    headers: ["MCM1", "MCM2", "MCM3"],
    list: true
  },
  { name: "statute", columns: [[171, 180]], headers: ["STATUTE"] },
  {
    name: "labCertification",
    columns: [0, 1, 2, 3, 4, 5, 6, 7].map((at) => [181 + 3 * at, 183 + 3 * at] as const),
    headers: [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `LABCERT${at}`),
    list: true
  },
  {
    name: "crossReference",
    columns: [0, 1, 2, 3, 4].map((at) => [205 + 5 * at, 209 + 5 * at] as const),
    headers: [1, 2, 3, 4, 5].map((at) => `XREF${at}`),
    list: true
  },
  { name: "coverage", columns: [[230, 230]], headers: ["COV"] },
  { name: "ascGroup", columns: [[231, 232]], headers: ["ASC_GRP"] },
  { name: "ascDate", columns: [[233, 240]], headers: ["ASC_DT"], date: true },
  { name: "outpatientGroup", columns: [[241, 243]], headers: ["OPPS"] },
  { name: "outpatientPolicy", columns: [[244, 244]], headers: ["OPPS_PI"] },
  { name: "outpatientDate", columns: [[245, 252]], headers: ["OPPS_DT"], date: true },
  { name: "processingNote", columns: [[253, 256]], headers: ["PROCNOTE"] },
  { name: "betos", columns: [[257, 259]], headers: ["BETOS"] },
  {
    name: "typeOfService",
    columns: [261, 262, 263, 264, 265].map((at) => [at, at] as const),
    headers: ["TOS1", "TOS2", "TOS3", "TOS4", "TOS5"]
  },
  { name: "anesthesiaUnits", columns: [[266, 268]], headers: ["ANEST_BU"], empty: "0" },
  { name: "actionEffective", columns: [[277, 284]], headers: ["ACT EFF DT"], date: true },
  { name: "action", columns: [[293, 293]], headers: ["ACTION CD"], empty: "N" }
]
