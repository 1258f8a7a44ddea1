/** One answer about a worksheet: its checks, and with documents how the chart supports it. For worker and command line. */
import type { CodeRef } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { forgetWords } from "@/classification/words"
import { type Checker, standingOf } from "../checks"
import type { WorksheetAnswer, WorksheetRequest } from "../checks/types"
import type { Engine } from "../index"
import type { Lexicon } from "../lexicon-types"
import { gradeSupport } from "./grade"
import { wordsSeen } from "./words-seen"

export interface WorksheetParts {
  engine: Pick<Engine, "suggest">
  checker: Checker
  packs: readonly CodePack[]
  lexicon: Pick<Lexicon, "sections">
}

/** Never throws on any codes or texts. Nothing of a text is kept. */
export function answerWorksheet(parts: WorksheetParts, request: WorksheetRequest): WorksheetAnswer {
  const { documents, billed, ...asked } = request
  if (!documents) {
    const checks = parts.checker.check(asked)
    return { checks, standing: standingOf(checks) }
  }
  const { setting, date, age, sex } = request
  const findings = parts.engine.suggest({
    documents,
    ...(setting === undefined ? {} : { setting }),
    ...(date === undefined ? {} : { date }),
    ...(age === undefined ? {} : { age }),
    ...(sex === undefined ? {} : { sex })
  })
  const documented: CodeRef[] = findings.suggestions.filter(
    ({ tier, billable, copiedForward }) => tier === "code" && billable && !copiedForward
  )
  const checks = parts.checker.check(asked, documented)
  const support = gradeSupport({
    listed: billed ?? request.codes,
    findings,
    packOf: (system) =>
      pickRelease(
        parts.packs.map((pack) => ({ ...pack.info, pack })),
        system,
        date
      )?.release.pack,
    sections: parts.lexicon.sections,
    seen: wordsSeen(documents)
  })
  forgetWords()
  return { checks, standing: standingOf(checks), support }
}
