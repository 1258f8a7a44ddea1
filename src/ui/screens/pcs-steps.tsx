/** The seven characters: what was chosen, what came by itself, what is asked now. */
import type { PcsStep } from "../session/pcs-walk"
import { PCS_LENGTH } from "../session/pcs-walk"

interface Props {
  steps: PcsStep[]
  /** Title of the axis that is asked for. */
  next: string | undefined
  onBackTo(index: number): void
}

export function PcsSteps({ steps, next, onBackTo }: Props) {
  const left = Math.max(0, PCS_LENGTH - steps.length - (next ? 1 : 0))
  return (
    <ol className="pcs-steps" aria-label="Characters chosen">
      {steps.map(({ title, value, only }, index) => (
        <li key={title}>
          <button
            type="button"
            className="link-line"
            onClick={() => onBackTo(index)}
            title={`Choose ${title} again`}
          >
            <span className="code">{value.value}</span>
            <span>
              <span className="quiet">{title}:</span> {value.label}
              {only && <span className="quiet"> (the only one)</span>}
            </span>
          </button>
        </li>
      ))}
      {next && (
        <li aria-current="step" className="pcs-next">
          <span className="code" aria-hidden="true">
            _
          </span>
          <span>{next}</span>
        </li>
      )}
      {left > 0 && (
        <li className="pcs-left quiet">
          <span className="code" aria-hidden="true">
            {"·".repeat(Math.min(left, 3))}
          </span>
          <span>{left} more</span>
        </li>
      )}
    </ol>
  )
}
