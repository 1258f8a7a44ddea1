/**
 * Codes of a release that comes without order file. The Tabular List prints no 7-character codes (a few
 * apart): their titles are the title of the code they extend, a comma, and the meaning of the 7th character
 * ("Fracture of ... , initial encounter for closed fracture").
 */
import type { ModelCode, SeventhCharacter } from "../model"
import { nearestAncestor } from "./one-tree"
import { ReaderError } from "./reader-error"
import type { TabularDiagnosis, TabularList } from "./tabular-xml"

/** Definitions that apply at a code: its own, or those of the nearest ancestor that has some. */
function seventhFor(
  code: string,
  diagnoses: ReadonlyMap<string, TabularDiagnosis>
): SeventhCharacter[] | undefined {
  for (let at: string | undefined = code; at; at = nearestAncestor(at, diagnoses)) {
    const seventh = diagnoses.get(at)?.seventh
    if (seventh) return seventh
  }
  return undefined
}

/**
 * Codes in the order of the list, with titles from the Tabular List or put together from it. Billable is
 * what has nothing below it in the list.
 * @throws ReaderError when a code is neither printed in the Tabular List nor made by a 7th character
 */
export function codesFromList(list: readonly string[], tabular: TabularList, file: string): ModelCode[] {
  const diagnoses = new Map(tabular.diagnoses.map((each) => [each.code, each]))
  const codes = list.map((code): ModelCode => {
    const printed = diagnoses.get(code)
    if (printed) return { code, title: printed.title, billable: true, notes: [] }
    const parent = code.length === 7 ? nearestAncestor(code, diagnoses) : undefined
    const filled = parent && /^X*$/.test(code.slice(parent.length, 6))
    const meaning = filled && seventhFor(parent, diagnoses)?.find((each) => each.character === code[6])
    if (!parent || !meaning) {
      throw new ReaderError(
        file,
        undefined,
        `${code} in the Tabular List or as a 7th character of it`,
        "neither"
      )
    }
    const title = `${diagnoses.get(parent)!.title}, ${meaning.text}`
    return { code, title, billable: true, derivedTitle: true, notes: [] }
  })
  const byCode = new Map(codes.map((each) => [each.code, each]))
  for (const code of list) {
    const parent = nearestAncestor(code, byCode)
    if (parent) byCode.get(parent)!.billable = false
  }
  return codes
}
