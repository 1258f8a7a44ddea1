/** What a newer release changes for the coder's pins. Pure. */
import type { CodeRef, System } from "@/classification/model"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import { type CodeLineData, lineOf } from "./code-detail"

export interface PinChange {
  ref: CodeRef
  /** As the release before said it. */
  title: string
  /** "retired": no code any more; "header": no longer billable; "retitled". */
  change: "retired" | "header" | "retitled"
  /** New title of a retitled code. */
  newTitle?: string
  /** What took its place, as far as the files tell; the codes below of a new header. */
  successors: CodeLineData[]
}

export interface ReleaseChanges {
  system: System
  release: string
  /** ISO day from which the newer release counts. */
  from: string
  changes: PinChange[]
}

/** The newest release of a system and the one in force before it; undefined when there is only one. */
export function lastTwo(
  infos: PackInfo[],
  system: System
): { before: PackInfo; after: PackInfo } | undefined {
  const releases = infos
    .filter((info) => info.system === system && info.complete)
    .sort((a, b) => (a.effective.from < b.effective.from ? 1 : -1))
  const [after] = releases
  const before = releases.find((info) => after && info.effective.from < after.effective.from)
  return before && after ? { before, after } : undefined
}

export function pinChanges(pins: readonly CodeRef[], before: CodePack, after: CodePack): ReleaseChanges {
  const { system, release, effective } = after.info
  const changes = pins
    .filter((pin) => pin.system === system)
    .flatMap(({ code }) => changeOf({ system, code }, before, after) ?? [])
  return { system, release, from: effective.from, changes }
}

function changeOf(ref: CodeRef, before: CodePack, after: CodePack): PinChange | undefined {
  const old = before.find(ref.code)
  if (old < 0) return undefined
  const title = before.title(old)
  const now = after.find(ref.code)
  const lines = (codes: readonly string[]) =>
    codes.map((code) => after.find(code)).flatMap((row) => (row >= 0 ? [lineOf(after, row)] : []))
  if (now < 0) {
    return { ref, title, change: "retired", successors: lines(after.retired(ref.code)?.successors ?? []) }
  }
  if (before.billable(old) && !after.billable(now)) {
    const below = after.children(now).map((row) => lineOf(after, row))
    return { ref, title, change: "header", successors: below }
  }
  const newTitle = after.title(now)
  return newTitle === title ? undefined : { ref, title, change: "retitled", newTitle, successors: [] }
}
