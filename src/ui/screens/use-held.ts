/** Holds the order of the cards while the list is being used (see session/held.ts). */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import type { FindingGroups } from "../session/groups"
import { nextShown, type Shown } from "../session/held"

/** After this long without a movement or key nobody is about to click. */
const IDLE = 8_000

export function useHeld(list: RefObject<HTMLElement | null>, groups: FindingGroups, epoch: number) {
  const [shown, setShown] = useState<Shown>({ groups, epoch, waiting: 0 })
  const [held, setHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const letGo = useCallback(() => {
    clearTimeout(timer.current)
    setHeld(false)
  }, [])

  useEffect(() => {
    const element = list.current
    if (!element) return
    const use = () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(letGo, IDLE)
      setHeld(true)
    }
    const blurred = (event: FocusEvent) => {
      if (!element.contains(event.relatedTarget as Node | null) && !element.matches(":hover")) letGo()
    }
    element.addEventListener("pointermove", use)
    element.addEventListener("pointerleave", letGo)
    element.addEventListener("keydown", use)
    element.addEventListener("focusout", blurred)
    return () => {
      clearTimeout(timer.current)
      element.removeEventListener("pointermove", use)
      element.removeEventListener("pointerleave", letGo)
      element.removeEventListener("keydown", use)
      element.removeEventListener("focusout", blurred)
    }
  }, [list, letGo])

  // Derived state: set while rendering, so that a dropped chart is never painted once more.
  const next = nextShown(shown, groups, epoch, held)
  if (next !== shown) setShown(next)
  return { shown: next, showNow: letGo }
}
