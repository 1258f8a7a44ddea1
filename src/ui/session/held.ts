/**
 * Nothing moves under the pointer: while the list is being used, findings that would move a card wait.
 * Another chart never waits.
 */
import { countChanges, type FindingGroups, sameLayout } from "./groups"

export interface Shown {
  groups: FindingGroups
  epoch: number
  /** Changes that wait; 0 when everything is shown. */
  waiting: number
}

/** Quotes that a card shows before "more" is pressed. */
export const QUOTES_SHOWN = 2

/** What to show next. Returns the same object when nothing changes. */
export function nextShown(shown: Shown, groups: FindingGroups, epoch: number, held: boolean): Shown {
  if (shown.epoch === epoch && shown.groups === groups && shown.waiting === 0) return shown
  const empty = shown.groups.code.length + shown.groups.consider.length + shown.groups.lane.length === 0
  if (!held || epoch !== shown.epoch || empty || sameLayout(shown.groups, groups, QUOTES_SHOWN)) {
    return { groups, epoch, waiting: 0 }
  }
  const waiting = Math.max(1, countChanges(shown.groups, groups))
  return waiting === shown.waiting ? shown : { ...shown, waiting }
}
