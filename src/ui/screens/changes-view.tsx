/** What the newest releases change for the coder's pins, and what took their place. */
import { useEffect, useRef } from "react"
import { LinkLine, Part, TextLink } from "../components/part"
import type { PinChange } from "../session/pin-changes"
import { useWatched } from "../session/state"
import { dayName } from "../session/wording"
import { usePanel } from "./panel-context"
import { PlaceHead } from "./place-head"

const WORDS: Record<PinChange["change"], string> = {
  retired: "No longer a code",
  header: "A header now, not billable: choose one of its codes",
  retitled: "New title"
}

export function ChangesView() {
  const panel = usePanel()
  const releases = useWatched(panel.changes.state)
  const { visit } = useWatched(panel.view)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rises with every step
  useEffect(() => {
    if (panel.takeFocus()) heading.current?.focus()
  }, [panel, visit])
  useEffect(() => panel.changes.looked(), [panel])
  return (
    <div className="browse">
      <PlaceHead title="Changes to your pins" heading={heading} />
      {releases.map(({ system, release, from, changes }) => (
        <div key={`${system} ${release}`} className="changes">
          <p className="quiet">
            {system} {release}, in force from {dayName(from)}
          </p>
          {changes.map((change) => (
            <Change key={change.ref.code} change={change} />
          ))}
        </div>
      ))}
      {releases.length === 0 && (
        <p className="lookup-count">The newest releases leave your pins as they are.</p>
      )}
    </div>
  )
}

function Change({ change }: { change: PinChange }) {
  const panel = usePanel()
  const { ref, title, newTitle, successors } = change
  return (
    <Part
      title={
        <>
          <TextLink onClick={() => panel.lookUp(ref)}>{ref.code}</TextLink> {title}
        </>
      }
    >
      <p>
        {WORDS[change.change]}
        {newTitle && `: ${newTitle}`}
        {change.change === "retired" &&
          (successors.length > 0 ? ". What took its place:" : ". The files name no successor.")}
      </p>
      <ul>
        {successors.map((line) => (
          <li key={line.code}>
            <LinkLine label={line.code} title={line.title} onClick={() => panel.lookUp(line)} />
          </li>
        ))}
      </ul>
    </Part>
  )
}
