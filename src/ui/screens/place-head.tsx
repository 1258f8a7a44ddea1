/** Head of a place one leafs through: back, forward, its name and release. */
import type { ReactNode, RefObject } from "react"
import { IconButton } from "../components/button"
import { HistoryButtons } from "./history-buttons"
import { usePanel } from "./panel-context"

interface Props {
  title: string
  release?: string
  heading?: RefObject<HTMLHeadingElement | null>
  children?: ReactNode
}

export function PlaceHead({ title, release, heading, children }: Props) {
  const panel = usePanel()
  return (
    <div className="place-top">
      <div className="place-head">
        <HistoryButtons />
        <h2 ref={heading} tabIndex={-1} className="place-title">
          {title}
        </h2>
        {release && <span className="release">{release}</span>}
        <IconButton icon="close" label="To the search (Esc)" onClick={() => panel.leave()} />
      </div>
      {children}
    </div>
  )
}
