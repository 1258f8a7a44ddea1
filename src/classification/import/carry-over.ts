/**
 * What the files of a classification do not hold and the installed pack of the same release does: lists beside
 * the classification (HCC, POA exempt, MCE, CC and MCC), history, codes that are gone. An import must not lose it.
 */
import type { AttributeList, CodeAttributes, CodeHistory, CodeSetModel } from "../model"
import type { CodePack, Row } from "../pack-api"

const hasAny = (told: object) => Object.keys(told).length > 0

/**
 * Adds to `model` what `installed` knows of codes that are the same in both: same code, title and flag. What the
 * model has of its own stays as it is. A remark says what was taken over.
 * @returns true when anything was
 */
export function carryOver(model: CodeSetModel, installed: CodePack): boolean {
  if (installed.info.system !== model.system || installed.info.release !== model.release) return false
  const lists = model.lists ? [] : installed.lists()
  const ownHistory = model.history !== undefined || model.retired !== undefined
  const attributes = new Map<string, CodeAttributes>()
  const history = new Map<string, CodeHistory>()
  for (const code of model.codes) {
    const row: Row = installed.find(code.code)
    if (row < 0 || installed.billable(row) !== code.billable) continue
    const attributed = lists.length > 0 ? installed.attributes(row) : {}
    const past = ownHistory ? {} : installed.history(row)
    if (!hasAny(attributed) && !hasAny(past)) continue
    if (installed.title(row) !== code.title) continue
    if (hasAny(attributed)) attributes.set(code.code, attributed)
    if (hasAny(past)) history.set(code.code, past)
  }
  const codes = new Set(model.codes.map(({ code }) => code))
  const retired = ownHistory ? [] : installed.allRetired().filter(({ code }) => !codes.has(code))
  if (lists.length > 0) {
    model.lists = lists
    model.attributes = attributes
  }
  if (history.size > 0) model.history = history
  if (retired.length > 0) model.retired = retired
  const taken = [...new Set(lists.map(nameOf)), ...(history.size + retired.length > 0 ? ["history"] : [])]
  if (taken.length === 0) return false
  model.remarks.push(
    `Taken over from the ${model.system} ${model.release} that was installed before, because these files do not hold it: ${taken.join("; ")}.`
  )
  return true
}

const nameOf = ({ name }: AttributeList) => name
