/** What lists beside the classification say of a code. Marks of payment models only when asked for. */
import { NoteText, Part } from "../components/part"
import type { CodeFact, CodeFacts } from "../session/code-facts"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

interface Props {
  facts: CodeFacts
  onOpen(code: string): void
  known(code: string): boolean
}

export function CodeFactsPart({ facts, ...links }: Props) {
  const panel = usePanel()
  const { payment } = useWatched(panel.reading)
  return (
    <Part title="Attributes">
      <FactList facts={facts.plain} {...links} />
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={payment}
          aria-checked={payment}
          onChange={(event) => panel.reading.patch({ payment: event.currentTarget.checked })}
        />
        CC/MCC and HCC marks
      </label>
      {payment &&
        (facts.payment.length > 0 ? (
          <FactList facts={facts.payment} {...links} />
        ) : (
          <p className="quiet">None in the lists that are installed.</p>
        ))}
    </Part>
  )
}

function FactList({ facts, ...links }: { facts: CodeFact[] } & Omit<Props, "facts">) {
  if (facts.length === 0) return null
  return (
    <ul className="notes">
      {facts.map(({ text, list }) => (
        <li key={text}>
          <NoteText text={text} {...links} />
          {list && <span className="fact-list">{list}</span>}
        </li>
      ))}
    </ul>
  )
}
