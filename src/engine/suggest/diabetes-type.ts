/**
 * The type of a diabetes is said once in a chart (I.C.4.a): where it is type 1, or due to a drug or another disease,
 * "diabetic neuropathy" is of that type; the default type 2 is only for a type that nobody documents (I.C.4.a.2).
 */
import { type Candidate, packOf } from "./candidate"

const DEFAULT = "E11"
const TYPES: ReadonlySet<string> = new Set(["E08", "E09", "E10", "E13"])
const SAYS_TYPE_2: ReadonlySet<string> = new Set(["2", "ii", "t2dm", "dm2", "t2d", "dmii", "niddm", "iddm2"])

function saysTypeTwo(candidate: Candidate): boolean {
  return candidate.mentions.some(({ mention: { match, sentence }, chart }) => {
    const { atoms } = chart.read
    for (
      let at = Math.max(sentence.first, match.first - 2);
      at < Math.min(sentence.last, match.last + 3);
      at++
    )
      if (SAYS_TYPE_2.has(atoms.lower[at] ?? "")) return true
    return false
  })
}

/** The candidates with the default type put right where the provider's assessment names one other type alone. */
export function inDocumentedType(candidates: readonly Candidate[]): Candidate[] {
  const types = new Set(
    candidates
      .filter((each) => each.tier === "code")
      .map((each) => each.code.slice(0, 3))
      .filter((category) => TYPES.has(category))
  )
  const [type, ...others] = types
  if (type === undefined || others.length > 0) return [...candidates]
  const isDefault = (each: Candidate) => each.code.startsWith(DEFAULT)
  if (candidates.some((each) => isDefault(each) && saysTypeTwo(each))) return [...candidates]
  const result: Candidate[] = []
  for (const each of candidates) {
    const row = isDefault(each) ? packOf(each).find(type + each.code.slice(3)) : -1
    const put = row < 0 ? each : { ...each, from: row, row, code: packOf(each).code(row) }
    const same = result.find((other) => other.tree === put.tree && other.row === put.row)
    if (!same) {
      result.push(put)
      continue
    }
    same.evidence.push(...put.evidence)
    same.mentions.push(...put.mentions)
    if (put.tier === "code") same.tier = "code"
    same.score = Math.max(same.score, put.score)
  }
  return result
}
