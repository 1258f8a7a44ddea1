/** Which open axes are asked about, and how loudly: codesets/rules/gap-groups.json and gap-phrases.json. */
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import { PhraseTable } from "../lexicon/phrases"
import { atomize } from "../text/atoms"
import type { ReadDocument, Sentence } from "../text/document"
import type { Setting } from "../types"
import type { GapGroup, GapPhrase } from "./derived-types"

interface Group {
  group: GapGroup
  codes: PatternSet
}

/** What of the chart as a whole decides whether an axis is asked about. */
export interface AskedIn {
  setting: Setting
  /** The chart holds a result of a laboratory. */
  hasResult(): boolean
}

export class Groups {
  private readonly groups: readonly Group[]

  constructor(groups: readonly GapGroup[]) {
    this.groups = groups.map((group) => ({ group, codes: compilePatterns(group.codes) }))
  }

  private has(makes: GapGroup["makes"], code: string, axis: string, asked: AskedIn): boolean {
    return this.groups.some(
      ({ group, codes }) =>
        group.makes === makes &&
        (group.axes === undefined || group.axes.includes(axis)) &&
        (group.settings === undefined || group.settings.includes(asked.setting)) &&
        codes.has(code) &&
        !(group.unless === "result" && asked.hasResult())
    )
  }

  isQuiet(code: string, axis: string, asked: AskedIn): boolean {
    return this.has("quiet", code, axis, asked)
  }

  isMedium(code: string, axis: string, asked: AskedIn): boolean {
    return this.has("medium", code, axis, asked)
  }
}

/** Wordings of gap-phrases.json in sentences. */
export class Phrases {
  private readonly table = new PhraseTable<GapPhrase>()

  constructor(phrases: readonly GapPhrase[]) {
    for (const phrase of phrases)
      for (const text of phrase.texts) this.table.add(atomize(text).folded, phrase)
  }

  in({ atoms }: ReadDocument, { first, last }: Pick<Sentence, "first" | "last">): GapPhrase[] {
    const found: GapPhrase[] = []
    for (let at = first; at < last; at++) {
      for (const { tokens, value } of this.table.startingWith(atoms.folded[at] ?? "")) {
        if (at + tokens.length > last || !tokens.every((token, i) => atoms.folded[at + i] === token)) continue
        found.push(value)
        break
      }
    }
    return found
  }
}
