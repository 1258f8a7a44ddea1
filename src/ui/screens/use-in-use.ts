/** Is a list being used just now? Then nothing in it may move: the next click would hit something else. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react"

/** After this long without a movement or key nobody is about to click. */
const IDLE = 8_000

/** @param keys whether keys count as well as the pointer */
export function useInUse(list: RefObject<HTMLElement | null>, keys = true) {
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
    if (keys) element.addEventListener("keydown", use)
    element.addEventListener("focusout", blurred)
    return () => {
      clearTimeout(timer.current)
      element.removeEventListener("pointermove", use)
      element.removeEventListener("pointerleave", letGo)
      element.removeEventListener("keydown", use)
      element.removeEventListener("focusout", blurred)
    }
  }, [list, letGo, keys])

  return { held, letGo }
}
