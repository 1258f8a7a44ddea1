/** A code that the release of the day does not hold: whether it ever was one, and what took its place. */
import type { RefObject } from "react"
import type { CodeRef } from "@/classification/model"
import { Empty, Skeleton } from "../components/notice"
import { LinkLine, Part } from "../components/part"
import { useWatched } from "../session/state"
import { dayName } from "../session/wording"
import { HistoryButtons } from "./history-buttons"
import { usePanel } from "./panel-context"

interface Props {
  code: CodeRef
  heading: RefObject<HTMLHeadingElement | null>
  /** The code sets are not open yet: nothing can be said. */
  opening: boolean
}

export function CodeMissing({ code, heading, opening }: Props) {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const pack = packs.find(({ info }) => info.system === code.system)
  const retired = pack?.retired(code.code)
  return (
    <div className="detail">
      <div className="place-head">
        <HistoryButtons />
        <h2 ref={heading} tabIndex={-1}>
          <span className="code">{code.code}</span>
        </h2>
      </div>
      {opening ? (
        <Skeleton label="Opening the code sets" cards={2} />
      ) : retired ? (
        <>
          <p className="detail-title">{retired.title}</p>
          <p>Not a code since {dayName(retired.since)}.</p>
          {retired.successors.length > 0 ? (
            <Part title="What took its place">
              <ul>
                {retired.successors.map((successor) => (
                  <li key={successor}>
                    <LinkLine
                      label={successor}
                      title={pack ? titleOf(pack, successor) : ""}
                      onClick={() => panel.lookUp({ system: code.system, code: successor })}
                    />
                  </li>
                ))}
              </ul>
            </Part>
          ) : (
            <p className="quiet">The official files name no successor.</p>
          )}
        </>
      ) : (
        <Empty title="Not in the open code sets">
          <p>
            {code.system} {code.code} is not a code of the release that counts for this date
            {pack && ` (${pack.info.release})`}.
          </p>
        </Empty>
      )}
    </div>
  )
}

function titleOf(pack: { find(code: string): number; title(row: number): string }, code: string): string {
  const row = pack.find(code)
  return row < 0 ? "" : pack.title(row)
}
