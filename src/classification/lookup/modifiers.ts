/** Modifiers of HCPCS Level II and CPT, asked for as such: "modifier LT", "mod 25", "LT modifier". */
import type { CompiledPack } from "../pack/open"
import type { LookupAnswer, LookupHit } from "../pack-api"
import { contentWords, foldWord } from "../words"

const ASKED = /^(?:(?:hcpcs|cpt)\s+)?(?:modifiers?|mods?)\b[\s:.-]*(.*)$/i
const ASKED_BEHIND = /^([0-9a-z]{2})\s+(?:modifiers?|mods?)$/i

/** What is asked of the modifiers; undefined when the text does not ask for any. */
export function modifierAsked(text: string): string | undefined {
  const trimmed = text.trim()
  return ASKED_BEHIND.exec(trimmed)?.[1] ?? ASKED.exec(trimmed)?.[1]?.trim().replace(/^-/, "")
}

/** CPT modifiers are two digits, or a digit and a letter for physical status and the like. */
const OF_CPT = /^(?:\d{2}|\d[a-z]|p[1-6])$/i

/**
 * Modifiers by their two characters, the beginning of them, or words of their meaning. They are no codes: the
 * hits say `modifier` and are not billable.
 */
export function answerByModifier(
  asked: string,
  packs: readonly CompiledPack[],
  limit: number,
  date: string | undefined
): LookupAnswer {
  const wanted = asked.toUpperCase()
  const words = contentWords(asked)
  const hits: LookupHit[] = []
  for (const pack of packs) {
    for (const { code, title, ended } of pack.modifiers()) {
      const score = scoreOf(code, title, wanted, words)
      if (score === 0) continue
      const over = ended !== undefined && ended < (date ?? pack.info.effective.from)
      const hit: LookupHit = {
        system: pack.info.system,
        code,
        title,
        billable: false,
        modifier: true,
        score,
        via: "modifier",
        pack: pack.info.id
      }
      if (over) hit.ended = ended
      hits.push(hit)
    }
  }
  hits.sort((a, b) => Number(Boolean(a.ended)) - Number(Boolean(b.ended)) || b.score - a.score)
  const results = hits.slice(0, limit)
  const exact = results.some((hit) => hit.code === wanted)
  if (OF_CPT.test(asked) && !exact) {
    const says = `${wanted} is a CPT modifier: CPT is only there after your own licensed files are imported on the options page.`
    return { results, hint: says }
  }
  if (results.length > 0)
    return { results, hint: "Modifiers, not codes: they are added to a procedure code." }
  return { results, hint: asked === "" ? "Type the modifier or words of it." : `No modifier ${asked}.` }
}

function scoreOf(code: string, title: string, wanted: string, words: readonly string[]): number {
  if (wanted === "") return 0.5
  if (code === wanted) return 1
  if (wanted.length === 1) return code.startsWith(wanted) ? 0.9 : 0
  if (words.length === 0) return 0
  // "Left side (used to identify procedures ...)": what stands in parentheses explains.
  const own = contentWords(title.replace(/\([^()]*\)/g, " "))
  const last = words[words.length - 1]!
  const all = words.every(
    (word) => own.includes(word) || (word === last && own.some((w) => w.startsWith(word)))
  )
  return all ? 0.8 * (words.length / Math.max(own.length, words.length)) + 0.1 : 0
}

/** "LT" in capitals alone: the modifier of that name, for a hint beside the results by words. */
export function modifierNamed(text: string, packs: readonly CompiledPack[]): string | undefined {
  const typed = text.trim()
  if (!/^[A-Z][0-9A-Z]$/.test(typed) || foldWord(typed) === "") return undefined
  for (const pack of packs) {
    const found = pack.modifiers().find((each) => each.code === typed)
    if (found)
      return `${typed} is also a ${pack.info.system} modifier (${found.title}): type "modifier ${typed}".`
  }
  return undefined
}
