/** One question to the worker whose answer a small page shows; asked again when the worker has news. */
import { useCallback, useEffect, useRef, useState } from "react"
import type { SiteServices } from "../services"
import { explain } from "./wording"

export interface Answer<T> {
  value: T | undefined
  problem: string | undefined
  again(): Promise<void>
}

/** @param question must keep its identity from one rendering to the next */
export function useAnswer<T>(services: SiteServices, question: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<{ value: T | undefined; problem: string | undefined }>({
    value: undefined,
    problem: undefined
  })
  const last = useRef(0)
  const again = useCallback(async () => {
    // Of several questions on their way only the last one's answer counts: an older one may come later.
    const turn = ++last.current
    try {
      const value = await question()
      if (turn === last.current) setState({ value, problem: undefined })
    } catch (error) {
      if (turn !== last.current) return
      setState((before) => ({ ...before, problem: explain(error) }))
    }
  }, [question])
  useEffect(() => {
    void again()
    return services.onNews(() => void again())
  }, [again, services])
  return { ...state, again }
}
