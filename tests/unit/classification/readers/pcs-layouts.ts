/** Official layouts of ICD-10-PCS in miniature: two tables of the real classification, cut to a few values. */

export function pcsOrderText(rows: readonly (readonly [string, string])[]): string {
  return rows
    .map(([code, title], at) => {
      const flag = code.length === 7 ? 1 : 0
      const short = title.slice(0, 60).padEnd(60)
      return `${String(at + 1).padStart(5, "0")} ${code.padEnd(7)} ${flag} ${short} ${title}\r\n`
    })
    .join("")
}

export const PCS_ORDER: readonly (readonly [string, string])[] = [
  ["0FB", "Hepatobiliary System and Pancreas, Excision"],
  ["0FB00ZX", "Excision of Liver, Open Approach, Diagnostic"],
  ["0FB00ZZ", "Excision of Liver, Open Approach"],
  ["0FB40ZX", "Excision of Gallbladder, Open Approach, Diagnostic"],
  ["0FB40ZZ", "Excision of Gallbladder, Open Approach"],
  ["0FT", "Hepatobiliary System and Pancreas, Resection"],
  ["0FT40ZZ", "Resection of Gallbladder, Open Approach"],
  ["0FT44ZZ", "Resection of Gallbladder, Percutaneous Endoscopic Approach"]
]

type Labels = readonly (readonly [string, string])[]

function axisXml(position: number, title: string, labels: Labels, definition = ""): string {
  const values = labels.map(([code, text]) => `<label code="${code}">${text}</label>`).join("\n")
  const said = definition ? `<definition>${definition}</definition>` : ""
  return `<axis pos="${position}" values="${labels.length}"><title>${title}</title>${values}${said}</axis>`
}

export function pcsTableXml(
  operation: readonly [string, string, string],
  rows: readonly { parts: Labels; approaches: Labels; qualifiers: Labels; codes?: number }[]
): string {
  const printed = rows.map(({ parts, approaches, qualifiers, codes }) => {
    const count = codes ?? parts.length * approaches.length * qualifiers.length
    return `<pcsRow codes="${count}">${axisXml(4, "Body Part", parts)}${axisXml(5, "Approach", approaches)}${axisXml(6, "Device", [["Z", "No Device"]])}${axisXml(7, "Qualifier", qualifiers)}</pcsRow>`
  })
  const [code, label, definition] = operation
  return `<pcsTable>${axisXml(1, "Section", [["0", "Medical and Surgical"]])}
${axisXml(2, "Body System", [["F", "Hepatobiliary System and Pancreas"]])}
${axisXml(3, "Operation", [[code, label]], definition)}
${printed.join("\n")}</pcsTable>`
}

const OPEN = ["0", "Open"] as const
const ENDOSCOPIC = ["4", "Percutaneous Endoscopic"] as const

export const PCS_TABLES = [
  pcsTableXml(
    ["B", "Excision", "Cutting out or off, without replacement, a portion of a body part"],
    [
      {
        parts: [
          ["0", "Liver"],
          ["4", "Gallbladder"]
        ],
        approaches: [OPEN],
        qualifiers: [
          ["X", "Diagnostic"],
          ["Z", "No Qualifier"]
        ]
      }
    ]
  ),
  pcsTableXml(
    ["T", "Resection", "Cutting out or off, without replacement, all of a body part"],
    [{ parts: [["4", "Gallbladder"]], approaches: [OPEN, ENDOSCOPIC], qualifiers: [["Z", "No Qualifier"]] }]
  )
]

export function pcsTablesXml(tables: readonly string[], version = "2026"): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.tabular><version>${version}</version><title>${version} ICD-10-PCS Tables</title>
${tables.join("\n")}
</ICD10PCS.tabular>`
}

export const PCS_DEFINITIONS = `<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.definitions><version>2026</version><title>2026 ICD-10-PCS Definitions</title>
<section code="0"><title>Medical and Surgical</title>
<axis pos="3"><title>Operation</title>
<terms><title>Resection</title><definition>Cutting out or off, without replacement, all of a body part</definition>
<explanation>The whole of it.</explanation><includes>Total nephrectomy</includes></terms></axis>
<axis pos="4"><title>Body Part</title>
<terms><title>Liver</title><includes>Quadrate lobe</includes></terms></axis>
<axis pos="5"><title>Approach</title>
<terms><title>Open</title><definition>Cutting through the skin</definition></terms></axis>
<axis pos="6"><title>Device</title>
<terms><title>No Device for Resection in Hepatobiliary System and Pancreas</title><includes>Nothing left behind</includes></terms>
<terms><title>Cardiac Lead in Heart and Great Vessels</title><includes>A lead</includes></terms></axis>
</section>
<deviceAggregation><aggregate><device>x</device></aggregate></deviceAggregation>
</ICD10PCS.definitions>`

export function pcsIndexXml(letters: string, version = "2026"): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.index><version>${version}</version><title>${version} ICD-10-PCS Index</title>
<letter><title>A</title>${letters}</letter></ICD10PCS.index>`
}
