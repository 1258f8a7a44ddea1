/** Building an ICD-10-PCS code axis by axis. Pure. */
import type { PcsValue } from "@/classification/model"
import type { PcsBook } from "@/classification/pack-api"

export interface PcsStep {
  title: string
  value: PcsValue
  /** Nothing else may stand here: it was put in by itself. */
  only: boolean
}

export interface PcsState {
  /** Characters so far, with those that came by themselves. */
  prefix: string
  steps: PcsStep[]
  /** What may stand next; undefined when the code is whole. */
  next?: { title: string; position: number; values: PcsValue[] }
}

export const PCS_LENGTH = 7

/** The prefix with every value behind it that is the only one. */
export function withOnlyValues(book: PcsBook, prefix: string): string {
  let longer = prefix
  while (longer.length < PCS_LENGTH) {
    const [value, ...others] = book.next(longer)?.values ?? []
    if (!value || others.length > 0) break
    longer += value.value
  }
  return longer
}

/** The beginning of a text that is the beginning of a code: "0DB64ZQ" gives "0DB64Z". */
export function validPrefix(book: PcsBook, text: string): string {
  const wanted = text.replace(/\s/g, "").toUpperCase()
  let prefix = ""
  for (const character of wanted.slice(0, PCS_LENGTH)) {
    if (!book.next(prefix)?.values.some(({ value }) => value === character)) break
    prefix += character
  }
  return prefix
}

export function pcsState(book: PcsBook, prefix: string): PcsState {
  const steps = book.explain(prefix).map(({ title, value }, index): PcsStep => {
    const choices = book.next(prefix.slice(0, index))?.values.length ?? 0
    return { title, value, only: choices === 1 }
  })
  const next = prefix.length < PCS_LENGTH ? book.next(prefix) : undefined
  return { prefix, steps, ...(next ? { next } : {}) }
}

/** One choice back: values that came by themselves go with it. */
export function stepBack(book: PcsBook, prefix: string): string {
  let shorter = prefix.slice(0, -1)
  while (shorter.length > 0 && (book.next(shorter)?.values.length ?? 0) <= 1) shorter = shorter.slice(0, -1)
  return (book.next(shorter)?.values.length ?? 0) > 1 ? shorter : ""
}

/** Values of the next axis for what was typed: its character first, then words of label and definition. */
export function fittingValues(values: PcsValue[], typed: string): PcsValue[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === "") return values
  const words = wanted.split(/\s+/)
  const fits = (value: PcsValue) => {
    const text = [value.label, value.definition, ...(value.includes ?? [])].join(" ").toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const exact = values.filter(({ value }) => value.toLowerCase() === wanted)
  const begins = values.filter((value) => value.label.toLowerCase().startsWith(wanted))
  return [...new Set([...exact, ...begins, ...values.filter(fits)])]
}
