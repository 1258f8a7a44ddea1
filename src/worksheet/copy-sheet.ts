/** All codes of a worksheet in the shape that a form or another program wants them. Pure. */
import type { CodeRef } from "@/classification/model"
import { claimRows } from "./claim-rows"
import { type Shape, shapeCode } from "./copy-shape"
import { letterAt, type Sheet } from "./sheet"

export type CopyStyle = "lines" | "titles" | "comma" | "row" | "cms1500"

export const COPY_STYLES: readonly { value: CopyStyle; label: string; hint: string }[] = [
  { value: "lines", label: "One a line", hint: "E11.9 ↵ I10" },
  { value: "titles", label: "Code and title", hint: "E11.9 Type 2 diabetes …, one a line" },
  { value: "comma", label: "With commas", hint: "E11.9, I10" },
  { value: "row", label: "One row of a table", hint: "Codes with tabs between, for a spreadsheet" },
  {
    value: "cms1500",
    label: "CMS-1500 order",
    hint: "Item 21 A to L without dots, then lines of item 24 with modifiers, pointers and units"
  }
]

/** How codes of one site are copied. */
export interface CopyShape {
  style: CopyStyle
  shape: Shape
}

/** One thing of the sheet that can be copied by itself: a diagnosis, or a line of the claim. */
export interface Copyable extends CodeRef {
  line: string
  title: string
  modifiers: readonly string[]
}

/** In the order of the claim. */
export function copyables(sheet: Sheet): Copyable[] {
  return [
    ...sheet.diagnoses.map((line) => ({
      line: line.id,
      system: line.system,
      code: line.code,
      title: line.title,
      modifiers: []
    })),
    ...claimRows(sheet).map(({ line, system, code, title, modifiers }) => ({
      line,
      system,
      code,
      title,
      modifiers
    }))
  ]
}

/** "J1885-JW" of a line with modifiers, "E11.9" of a diagnosis. */
export function copyText({ modifiers, ...code }: Copyable, shape: Shape): string {
  return [shapeCode(code, shape), ...modifiers].join("-")
}

/** "" of a sheet without codes. */
export function copySheet(sheet: Sheet, { style, shape }: CopyShape): string {
  const all = copyables(sheet)
  const codes = all.map((each) => copyText(each, shape))
  switch (style) {
    case "lines":
      return codes.join("\n")
    case "titles":
      return all.map((each, at) => `${codes[at]} ${each.title}`.trimEnd()).join("\n")
    case "comma":
      return codes.join(", ")
    case "row":
      return codes.join("\t")
    case "cms1500":
      return cms1500(sheet)
  }
}

/**
 * Item 21 has four rows of three in the order of its letters; codes stand there without a dot and pointers of
 * item 24E without commas (NUCC instruction manual). Diagnoses beyond L are named, not dropped in silence.
 */
function cms1500(sheet: Sheet): string {
  const codes = sheet.diagnoses.map((line) => shapeCode(line, "no-dot"))
  const lettered = codes.flatMap((code, at) => {
    const letter = letterAt(at)
    return letter ? [`${letter}. ${code}`] : []
  })
  const beyond = codes.slice(lettered.length)
  const rows = claimRows(sheet).map((row) =>
    [
      shapeCode(row, "no-dot"),
      row.modifiers.join(" "),
      row.pointers.join(""),
      row.units === undefined ? "" : String(row.units)
    ].join("\t")
  )
  return [
    ...chunks(lettered, 4).map((row) => row.join("\t")),
    ...(beyond.length > 0 ? [`Not on this claim (beyond L): ${beyond.join(", ")}`] : []),
    ...rows
  ].join("\n")
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const found: T[][] = []
  for (let at = 0; at < list.length; at += size) found.push(list.slice(at, at + size))
  return found
}
