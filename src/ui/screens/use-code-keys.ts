/** Keys of one open code: arrows step on its level, letters act on it. */
import { useEffect } from "react"
import type { CodeDetail } from "../session/code-detail"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

export function useCodeKeys(detail: CodeDetail | undefined): void {
  const panel = usePanel()
  const { letterKeys } = useWatched(panel.settings)
  useEffect(() => {
    if (!detail) return
    const open = (line: { code: string } | undefined) => {
      if (line) panel.lookUp({ system: detail.system, code: line.code })
    }
    const letters: Record<string, () => void> = {
      a: () => void panel.acceptLooked(detail),
      c: () => void panel.copy(detail),
      f: () => void panel.fillWith(detail),
      p: () => void panel.own.toggle(detail),
      u: () => open(detail.path.findLast((step) => step.code !== undefined) as { code: string } | undefined),
      i: () => panel.reading.patch({ unfolded: !panel.reading.get().unfolded }),
      n: () => document.querySelector<HTMLElement>(".own-note textarea")?.focus(),
      t: () => panel.go({ kind: "tabular", system: detail.system, at: detail.code })
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const target = event.target as HTMLElement
      // Fields, tabs and the setting have arrows of their own.
      if (target.closest("input, textarea, select, [role=tab], dialog")) return
      const step = { ArrowLeft: detail.previous, ArrowRight: detail.next }[event.key]
      const act = letterKeys ? letters[event.key.toLowerCase()] : undefined
      if (step) open(step)
      else if (act) act()
      else return
      event.preventDefault()
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [panel, detail, letterKeys])
}
