/** Holds the order of the cards while the list is being used (see session/held.ts). */
import { type RefObject, useState } from "react"
import type { FindingGroups } from "../session/groups"
import { nextShown, type Shown } from "../session/held"
import { useInUse } from "./use-in-use"

export function useHeld(list: RefObject<HTMLElement | null>, groups: FindingGroups, epoch: number) {
  const [shown, setShown] = useState<Shown>({ groups, epoch, waiting: 0 })
  const { held, letGo } = useInUse(list)
  // Derived state: set while rendering, so that a dropped chart is never painted once more.
  const next = nextShown(shown, groups, epoch, held)
  if (next !== shown) setShown(next)
  return { shown: next, showNow: letGo }
}
