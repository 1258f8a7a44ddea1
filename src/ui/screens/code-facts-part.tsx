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
  const query = useWatched(panel.query.state) !== undefined
  return (
    <Part title="Attributes">
      {facts.plain.length > 0 && (
        <ul className="notes">
          {facts.plain.map(({ text, codes, list }, n) => (
            <li key={text}>
              {text}
              {codes && (
                <>
                  {" "}
                  <NoteText text={codes} {...links} />
                </>
              )}
              {/* Named once below all that it says. */}
              {list && facts.plain[n + 1]?.list !== list && <span className="fact-list">{list}</span>}
            </li>
          ))}
        </ul>
      )}
      {/* No such mark stands anywhere while a query to the provider is written. */}
      {!query && (
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
      )}
      {payment && !query && <Payment facts={facts.payment} />}
    </Part>
  )
}

/** By list: its name and version stand once below what it says. */
function Payment({ facts }: { facts: CodeFact[] }) {
  if (facts.length === 0) return <p className="quiet">None in the lists that are installed.</p>
  const lists = [...new Set(facts.map(({ list }) => list))]
  return lists.map((list) => (
    <ul key={list ?? ""} className="notes payment">
      {facts
        .filter((fact) => fact.list === list)
        .map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      {list && <li className="fact-list">{list}</li>}
    </ul>
  ))
}
