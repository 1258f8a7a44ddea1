/** The Tabular List (or HCPCS, CPT) as a tree from chapter to code. */
import { useEffect, useMemo, useState } from "react"
import type { System } from "@/classification/model"
import { Empty } from "../components/notice"
import { Tree } from "../components/tree"
import { reveal, toggled } from "../session/browse-session"
import { useWatched } from "../session/state"
import type { TabularLine } from "../session/tabular-tree"
import { usePanel } from "./panel-context"
import { PlaceHead } from "./place-head"

const TITLES: Record<System, string> = {
  "ICD-10-CM": "Tabular List",
  HCPCS: "HCPCS Level II",
  "ICD-10-PCS": "ICD-10-PCS",
  CPT: "CPT"
}

export function TabularView({ system, at }: { system: System; at: string | undefined }) {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  const { visit } = useWatched(panel.view)
  const state = panel.browse.tabular(system)
  const { open, current } = useWatched(state)
  const [focus, setFocus] = useState(0)
  const pack = packs.find(({ info }) => info.system === system)
  const tree = useMemo(() => pack && panel.browse.tree(pack), [pack, panel])
  const lines = useMemo(() => tree?.lines(open) ?? [], [tree, open])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a step to this place moves in it
  useEffect(() => {
    if (!panel.takeFocus()) return
    const row = at !== undefined && pack && panel.browse.isNew(panel.place) ? pack.find(at) : -1
    if (tree && row >= 0) state.set(reveal(state.get(), tree.pathTo(row)))
    setFocus((times) => times + 1)
  }, [visit, tree])

  if (!pack || !tree) return <Empty title={`${TITLES[system]} is not open`} />

  const seek = (letters: string) => {
    const row = tree.seek(letters)
    const begins = letters.toLowerCase()
    const line = row < 0 ? lines.find(({ title }) => title.toLowerCase().startsWith(begins)) : undefined
    if (row >= 0) state.set(reveal(state.get(), tree.pathTo(row)))
    else if (line) state.patch({ current: line.id })
  }
  const toggle = (line: TabularLine, to: boolean) => state.patch({ open: toggled(open, line.id, to) })

  return (
    <div className="browse">
      <PlaceHead title={TITLES[system]} release={pack.info.release}>
        <p className="fine-print">Type a code to go there. Arrows unfold, Enter opens.</p>
      </PlaceHead>
      <Tree
        label={`${TITLES[system]} ${pack.info.release}`}
        lines={lines}
        current={current}
        focus={focus}
        onCurrent={(id) => state.patch({ current: id })}
        onToggle={toggle}
        onAct={(line) => {
          if (line.row === undefined) toggle(line, !line.expanded)
          else panel.lookUp({ system, code: line.label })
        }}
        onType={seek}
        row={(line) => (
          <span className="tree-text">
            <span className="code">{line.label}</span>{" "}
            <span className={line.billable ? undefined : "tree-header"}>{line.title}</span>
          </span>
        )}
      />
    </div>
  )
}
