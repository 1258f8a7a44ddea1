/** Asks the worker what the classification says of the worksheet, and how the chart supports it. */
import type { CheckedCode, WorksheetAnswer, WorksheetRequest } from "@/engine/checks/types"
import type { Setting, SuggestRequest } from "@/engine/types"
import { claimRows } from "@/worksheet/claim-rows"
import { allLines, type Sheet } from "@/worksheet/sheet"
import type { PanelServices } from "../services"
import { LatestWins } from "./latest"
import { explain } from "./wording"
import type { WorksheetState } from "./worksheet-session"

type Change = Partial<Pick<WorksheetState, "checks" | "support" | "checking" | "checkProblem">>

const GAP = 250

export class SheetChecks {
  readonly #latest: LatestWins<WorksheetRequest, WorksheetAnswer>
  #asked = ""

  constructor(
    services: PanelServices,
    private readonly show: (change: Change) => void
  ) {
    this.#latest = new LatestWins(
      (request) => services.ask("worksheet/check", request),
      (result) => {
        if (result.ok) {
          const { checks, support } = result.value
          show({ checks, support, checking: this.#latest.busy, checkProblem: undefined })
          return
        }
        this.#asked = ""
        show({ checking: false, checks: undefined, checkProblem: explain(result.error) })
      },
      GAP
    )
  }

  /** Asks when something changed that the results depend on. */
  look(
    sheet: Sheet,
    setting: Setting,
    about: Pick<SuggestRequest, "documents" | "date" | "age" | "sex"> | undefined
  ): void {
    if (allLines(sheet).length === 0) {
      this.drop()
      this.show({ checks: undefined, support: undefined, checking: false, checkProblem: undefined })
      return
    }
    const { documents = [], ...facts } = about ?? {}
    const request: WorksheetRequest = {
      codes: checkedCodes(sheet, setting),
      setting,
      ...facts,
      ...(documents.length > 0 ? { documents } : {})
    }
    // The texts themselves are only compared by length and end: they are long, and this is asked often.
    const key = JSON.stringify({
      ...request,
      documents: documents.map(({ doc, text }) => [doc, text.length, text.slice(-80)])
    })
    if (key === this.#asked) return
    this.#asked = key
    this.show({ checking: true })
    this.#latest.want(request)
  }

  drop(): void {
    this.#latest.drop()
    this.#asked = ""
  }
}

/** In the order of the claim; POA only where it is asked for. */
export function checkedCodes(sheet: Sheet, setting: Setting): CheckedCode[] {
  return [
    ...sheet.diagnoses.map(({ system, code, poa }) => ({
      system,
      code,
      ...(poa !== undefined && setting === "inpatient" ? { poa } : {})
    })),
    ...claimRows(sheet).map(({ system, code, modifiers, units }) => ({
      system,
      code,
      ...(modifiers.length > 0 ? { modifiers } : {}),
      ...(units === undefined ? {} : { units })
    }))
  ]
}
