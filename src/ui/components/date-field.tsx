/** A day, typed or chosen. Half-typed days are not reported. */
import { useId } from "react"
import { isIsoDate } from "@/classification/releases"

interface Props {
  label: string
  /** ISO date or "". */
  value: string
  onChange(value: string): void
  describedBy?: string
}

export function DateField({ label, value, onChange, describedBy }: Props) {
  const id = useId()
  return (
    <span className="date-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        min="1990-01-01"
        max="2100-12-31"
        value={value}
        aria-describedby={describedBy}
        onChange={(event) => {
          const next = event.currentTarget.value
          if (next === "" || isIsoDate(next)) onChange(next)
        }}
      />
    </span>
  )
}
