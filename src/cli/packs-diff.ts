/** `chartside packs diff OLDER NEWER`: what changed between two installed releases of one code set. */
import { compareReleases, DifferenceError, type ReleaseDifference } from "@/classification/difference"
import { UsageError } from "./jsonl"
import type { PackShelf } from "./load-packs"

/** @throws UsageError when a pack is not installed, or the two are of different systems */
export function diffPacks(
  shelf: PackShelf,
  olderId: string,
  newerId: string,
  write: (line: string) => void
): void {
  const open = (id: string) => {
    const entry = shelf.codeSets.find((each) => each.id === id)
    if (!entry) {
      const known = shelf.codeSets.map((each) => each.id).join(", ")
      throw new UsageError(`there is no pack "${id}"; installed: ${known}`)
    }
    return shelf.open(entry)
  }
  try {
    print(compareReleases(open(olderId), open(newerId)), write)
  } catch (error) {
    if (error instanceof DifferenceError) throw new UsageError(error.message)
    throw error
  }
}

function print(difference: ReleaseDifference, write: (line: string) => void): void {
  const { counts, older, newer } = difference
  write(`${older.id} -> ${newer.id} (in force from ${newer.from})`)
  write(`added ${counts.added} (${counts.addedBillable} billable)`)
  write(`retired ${counts.retired} (${counts.retiredBillable} billable)`)
  write(`billable before, header now ${counts.becameHeader}`)
  write(`header before, billable now ${counts.becameBillable}`)
  write(`retitled ${counts.retitled}`)
  write(`unchanged ${counts.unchanged}`)
  // The addenda write a code that turns into a header as one deletion and one addition.
  const turned = counts.becameHeader + counts.becameBillable
  write(
    `as order-file addenda: ${counts.added + turned} Add, ${counts.retired + turned} Delete, ${counts.retitled} Revise pairs`
  )
  const kind = (billable: boolean): string => (billable ? "code  " : "header")
  for (const each of difference.added) write(`+ ${kind(each.billable)} ${each.code}  ${each.title}`)
  for (const each of difference.retired) {
    const after = each.successors.length > 0 ? `  -> ${each.successors.join(", ")}` : ""
    write(`- ${kind(each.billable)} ${each.code}  ${each.title}${after}`)
  }
  for (const each of difference.becameHeader) {
    write(`> header ${each.code}  ${each.title}  -> ${each.children.map(({ code }) => code).join(", ")}`)
  }
  for (const each of difference.becameBillable) write(`< code   ${each.code}  ${each.title}`)
  for (const each of difference.retitled) write(`~ ${each.code}  ${each.from}  =>  ${each.to}`)
}
