/** Notes of the Tabular List by kind: those at the code in full, inherited ones folded but counted. */
import { useState } from "react"
import { Icon } from "../components/icons"
import { NoteText, Part } from "../components/part"
import type { NoteGroup } from "../session/code-detail"
import { useWatched } from "../session/state"
import { usePanel } from "./panel-context"

interface Props {
  groups: NoteGroup[]
  onOpen(code: string): void
  known(code: string): boolean
}

export function CodeNotes({ groups, ...links }: Props) {
  return groups.map((group) => (
    <Part key={group.kind} title={group.label}>
      {group.own.length > 0 && (
        <ul className="notes">
          {group.own.map((text) => (
            <li key={text}>
              <NoteText text={text} {...links} />
            </li>
          ))}
        </ul>
      )}
      {group.inherited.length > 0 && <Inherited group={group} {...links} />}
    </Part>
  ))
}

function Inherited({ group, ...links }: { group: NoteGroup } & Omit<Props, "groups">) {
  const panel = usePanel()
  const { unfolded } = useWatched(panel.reading)
  const [own, setOwn] = useState<boolean>()
  const open = own ?? unfolded
  const places = [...new Set(group.inherited.map(({ from }) => from))]
  return (
    <>
      <button type="button" className="fold" aria-expanded={open} onClick={() => setOwn(!open)}>
        <Icon name="more" />
        {group.inherited.length} inherited from {places.join(", ")}
      </button>
      {open && (
        <ul className="notes">
          {group.inherited.map(({ text, from }) => (
            <li key={`${from} ${text}`}>
              <NoteText text={text} {...links} />
              <span className="note-from">at {from}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
