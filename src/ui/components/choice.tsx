/** One of a few, all visible: native radio buttons drawn as a segmented switch. */
import { useId } from "react"

interface Props<T extends string> {
  legend: string
  value: T
  options: { value: T; label: string; hint?: string }[]
  onChange(value: T): void
  /** Narrow segments for the foot line. */
  small?: boolean
}

export function Choice<T extends string>({ legend, value, options, onChange, small = false }: Props<T>) {
  const name = useId()
  return (
    <fieldset className={small ? "choice choice-small" : "choice"}>
      <legend className="unseen">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.hint}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
