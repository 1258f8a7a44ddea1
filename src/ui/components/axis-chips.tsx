/** "Side: right / left": what the classification still offers. Choosing shows the code it leads to. */
import type { Axis } from "@/engine/types"

interface Props {
  axis: Axis
  /** Code chosen on this card, if any. */
  chosen: string | undefined
  onChoose(code: string | undefined): void
  tabIndex: number
}

export function AxisChips({ axis, chosen, onChoose, tabIndex }: Props) {
  const name = axis.axis.charAt(0).toUpperCase() + axis.axis.slice(1)
  return (
    <fieldset className="axis">
      <legend>{name}:</legend>
      {axis.options.map(({ value, code }) => {
        const answered = axis.value === value
        const pressed = code !== undefined && code === chosen
        return code ? (
          <button
            type="button"
            key={value}
            className="chip"
            aria-pressed={pressed}
            tabIndex={tabIndex}
            title={`${value}: ${code}`}
            onClick={() => onChoose(pressed ? undefined : code)}
          >
            {value}
          </button>
        ) : (
          <span key={value} className="chip chip-plain" data-answered={answered || undefined}>
            {value}
          </span>
        )
      })}
      {axis.value && <span className="axis-value">note says {axis.value}</span>}
    </fieldset>
  )
}
