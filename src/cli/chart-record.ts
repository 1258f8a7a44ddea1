/** A JSON record as a chart: `text` or `documents`, with setting, date, age and sex of its own. */
import { isIsoDate } from "@/classification/releases"
import type { ChartDocument, SuggestRequest } from "@/engine/types"
import { InputError, isSetting, type JsonRecord } from "./jsonl"

function optionalText(record: JsonRecord, name: string): string | undefined {
  const value = record[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== "string") throw new InputError(`"${name}" must be a text`)
  return value
}

function readDocumentRecord(value: unknown, position: number): ChartDocument {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`documents[${position}] must be an object`)
  }
  const record = value as JsonRecord
  const text = optionalText(record, "text")
  if (text === undefined) throw new InputError(`documents[${position}] has no "text"`)
  const doc = record.doc
  if (doc !== undefined && typeof doc !== "string" && typeof doc !== "number") {
    throw new InputError(`documents[${position}]: "doc" must be a text or a number`)
  }
  const kind = optionalText(record, "kind")
  const date = optionalText(record, "date")
  const authorRole = optionalText(record, "authorRole")
  return {
    doc: doc === undefined ? String(position) : String(doc),
    text,
    ...(kind === undefined ? {} : { kind }),
    ...(date === undefined ? {} : { date }),
    ...(authorRole === undefined ? {} : { authorRole }),
    ...(typeof record.signed === "boolean" ? { signed: record.signed } : {})
  }
}

function documentsOf(record: JsonRecord): ChartDocument[] {
  if (record.documents !== undefined) {
    if (!Array.isArray(record.documents)) throw new InputError('"documents" must be a list')
    const documents = record.documents.map(readDocumentRecord)
    if (new Set(documents.map((each) => each.doc)).size < documents.length) {
      throw new InputError('two documents have the same "doc"')
    }
    return documents
  }
  const text = optionalText(record, "text")
  if (text === undefined) throw new InputError('no "text" and no "documents"')
  return [{ doc: "", text }]
}

type ChartRecord = Omit<SuggestRequest, "allMentions">

/** @throws InputError in plain words, without any of the record's text */
export function readChartRecord(record: JsonRecord): ChartRecord {
  return { ...readEncounter(record), documents: documentsOf(record) }
}

/**
 * What is known of the encounter; the documents only where the record has any.
 * @throws InputError as above
 */
export function readEncounter(
  record: JsonRecord
): Omit<ChartRecord, "documents"> & { documents?: ChartDocument[] } {
  const hasText = record.text !== undefined || record.documents !== undefined
  const { setting, date, age, sex, cdi } = record
  if (setting !== undefined && setting !== null && !isSetting(setting)) {
    throw new InputError('"setting" must be outpatient, inpatient or professional')
  }
  if (date !== undefined && date !== null && !isIsoDate(date)) {
    throw new InputError('"date" must be a day such as 2026-01-15')
  }
  if (age !== undefined && age !== null && !(typeof age === "number" && age >= 0 && age < 150)) {
    throw new InputError('"age" must be a number of years')
  }
  if (sex !== undefined && sex !== null && sex !== "female" && sex !== "male") {
    throw new InputError('"sex" must be female or male')
  }
  if (cdi !== undefined && cdi !== null && typeof cdi !== "boolean") {
    throw new InputError('"cdi" must be true or false')
  }
  return {
    ...(hasText ? { documents: documentsOf(record) } : {}),
    ...(isSetting(setting) ? { setting } : {}),
    ...(isIsoDate(date) ? { date } : {}),
    ...(typeof age === "number" ? { age } : {}),
    ...(sex === "female" || sex === "male" ? { sex } : {}),
    ...(typeof cdi === "boolean" ? { cdi } : {})
  }
}
