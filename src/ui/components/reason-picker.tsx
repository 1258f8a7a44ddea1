/** A question with a few fixed answers, below what it is about. Arrows and numbers choose, Escape gives up. */
import { type KeyboardEvent, useEffect, useRef } from "react"
import { Button } from "./button"

interface Props<T extends string> {
  label: string
  reasons: Record<T, string>
  onPick(reason: NoInfer<T>): void
  onCancel(): void
}

export function ReasonPicker<T extends string>({ label, reasons, onPick, onCancel }: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const entries = Object.entries(reasons) as [T, string][]
  useEffect(() => {
    box.current?.querySelector("button")?.focus()
    box.current?.scrollIntoView?.({ block: "nearest" })
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(box.current?.querySelectorAll("button") ?? [])]
    const here = buttons.indexOf(event.target as HTMLButtonElement)
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    const chosen = entries[Number(event.key) - 1]
    if (event.key === "Escape") onCancel()
    else if (step) buttons[(here + step + buttons.length) % buttons.length]?.focus()
    else if (chosen) onPick(chosen[0])
    else if (event.key !== "Enter" && event.key !== " " && event.key !== "Tab") {
      // Letters of the card below mean nothing while the question is open.
      event.stopPropagation()
      return
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row everywhere
    <div ref={box} className="reasons" role="group" aria-label={label} onKeyDown={onKeyDown}>
      <span className="reasons-label">{label}</span>
      {entries.map(([reason, text], at) => (
        <Button key={reason} className="reason" onClick={() => onPick(reason)}>
          <span className="reason-number" aria-hidden="true">
            {at + 1}
          </span>
          {text}
        </Button>
      ))}
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
