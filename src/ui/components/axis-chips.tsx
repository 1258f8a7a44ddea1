/** "Side: right / left": what the classification still offers. Choosing shows the code it leads to. */
import { useState } from "react"
import type { AxisOption, ShownAxis } from "../session/axes"
import { Button } from "./button"

interface Props {
  axis: ShownAxis
  onChoose(code: string): void
  tabIndex: number
}

/** More would bury the card. */
const FIRST = 6

/** Of a long axis: what the note answers, or else the beginning of the list. */
function firstOf(options: AxisOption[]): ReadonlySet<string> {
  const answered = options.filter(({ selected }) => selected)
  return new Set((answered.length > 0 ? answered : options.slice(0, FIRST)).map(({ label }) => label))
}

export function AxisChips({ axis, onChoose, tabIndex }: Props) {
  const [all, setAll] = useState(axis.options.length <= FIRST)
  // Settled when the axis appears: choosing one must not make others come and go.
  const [first] = useState(() => firstOf(axis.options))
  const shown = all ? axis.options : axis.options.filter((each) => each.selected || first.has(each.label))
  const more = axis.options.length - shown.length
  return (
    <fieldset className="axis">
      <legend>{axis.name}:</legend>
      {shown.map((option) => (
        <Chip key={option.code ?? option.label} option={option} onChoose={onChoose} tabIndex={tabIndex} />
      ))}
      {more > 0 && (
        <Button look="quiet" className="more" tabIndex={tabIndex} onClick={() => setAll(true)}>
          {more} more
        </Button>
      )}
    </fieldset>
  )
}

function Chip({ option, onChoose, tabIndex }: { option: AxisOption } & Omit<Props, "axis">) {
  const { label, code, selected } = option
  if (code === undefined) return <span className="chip chip-plain">{label}</span>
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={selected}
      tabIndex={tabIndex}
      title={code}
      onClick={() => onChoose(code)}
    >
      {label}
    </button>
  )
}
