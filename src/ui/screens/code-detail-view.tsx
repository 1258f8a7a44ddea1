/** One code with everything the classification says about it, and the coder's own marks. */
import { useEffect, useMemo, useRef } from "react"
import type { CodeRef, IndexSource, System } from "@/classification/model"
import { OwnNote } from "../components/own-note"
import { LinkLine, Part, TextLink } from "../components/part"
import { type CodeDetail, codeDetail } from "../session/code-detail"
import { codeFacts } from "../session/code-facts"
import { lineOfPath } from "../session/index-walk"
import { useWatched } from "../session/state"
import { sourceName } from "../session/wording"
import { CodeFactsPart } from "./code-facts-part"
import { CodeGuidelines } from "./code-guidelines"
import { CodeHead } from "./code-head"
import { CodeMissing } from "./code-missing"
import { CodeNotes } from "./code-notes"
import { usePanel } from "./panel-context"
import { useCodeKeys } from "./use-code-keys"

export function CodeDetailView({ code }: { code: CodeRef }) {
  const panel = usePanel()
  const { phase } = useWatched(panel.lookup.state)
  const { visit } = useWatched(panel.view)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rises with every step
  useEffect(() => {
    if (!panel.takeFocus()) return
    heading.current?.focus()
    heading.current?.closest(".panel-body")?.scrollTo?.(0, 0)
  }, [panel, visit])
  const place = panel.lookup.find(code)
  const { pack, row } = place ?? {}
  const detail = useMemo(() => (pack && row !== undefined ? codeDetail(pack, row) : undefined), [pack, row])
  useCodeKeys(detail)
  if (!place || !detail)
    return (
      <CodeMissing code={code} heading={heading} opening={phase === "opening" || phase === "importing"} />
    )
  const { system } = detail
  const open = (next: string) => panel.lookUp({ system, code: next })
  const known = (text: string) => place.pack.find(text) >= 0
  return (
    <article className="detail" aria-labelledby="code-heading">
      <CodeHead detail={detail} heading={heading} />
      <Path detail={detail} onOpen={open} />
      <Seventh detail={detail} onOpen={open} />
      <CodeNotes groups={detail.notes} onOpen={open} known={known} />
      {detail.children.length > 0 && (
        <Part title={`Below ${detail.code}`}>
          <ul>
            {detail.children.map((child) => (
              <li key={child.code}>
                <LinkLine label={child.code} title={child.title} onClick={() => open(child.code)} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <CodeFactsPart facts={codeFacts(place.pack, place.row)} onOpen={open} known={known} />
      <CodeGuidelines
        system={system}
        code={detail.code}
        chapter={place.pack.chapter(place.row)?.id}
        onOpen={open}
        known={known}
      />
      <IndexPaths detail={detail} />
      <OwnNote own={panel.own} code={code} />
      <p className="fine-print">
        {system} {detail.release}, source: {sourceName(detail.source)}
      </p>
    </article>
  )
}

function Path({ detail, onOpen }: { detail: CodeDetail; onOpen(code: string): void }) {
  const panel = usePanel()
  const { system, code } = detail
  if (detail.path.length === 0) return null
  return (
    <nav aria-label="Where the code stands">
      <ol className="path">
        {detail.path.map((step) => (
          <li key={step.label}>
            <LinkLine
              label={step.label}
              title={step.title}
              onClick={() =>
                step.code === undefined ? panel.go({ kind: "tabular", system, at: code }) : onOpen(step.code)
              }
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Choosing a character opens the whole code; while others are missing before it there is nothing to choose. */
function Seventh({ detail, onOpen }: { detail: CodeDetail; onOpen(code: string): void }) {
  if (detail.seventh.length === 0) return null
  return (
    <Part title="7th character">
      <ul className="seventh">
        {detail.seventh.map(({ character, text, code, current }) => (
          <li key={character}>
            {code === undefined || current ? (
              <span className="link-line" aria-current={current || undefined}>
                <span className="code">{character}</span> <span>{text}</span>
              </span>
            ) : (
              <LinkLine label={character} title={text} onClick={() => onOpen(code)} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

const BOOKS: Record<System, IndexSource[]> = {
  "ICD-10-CM": ["disease", "external", "neoplasm", "drug"],
  "ICD-10-PCS": ["pcs"],
  HCPCS: [],
  CPT: []
}

function IndexPaths({ detail }: { detail: CodeDetail }) {
  const panel = usePanel()
  const { packs } = useWatched(panel.lookup.state)
  if (detail.indexPaths.length === 0) return null
  const book = packs.find(({ info }) => info.system === detail.system)?.indexBook
  const show = (path: string) => {
    const source = book && BOOKS[detail.system].find((each) => lineOfPath(book, each, path) >= 0)
    if (source) panel.go({ kind: "index", source, at: path })
    else panel.searchFor(path.replaceAll(",", " "))
  }
  return (
    <Part title="Alphabetic Index">
      <ul className="index-paths">
        {detail.indexPaths.map((path) => (
          <li key={path}>
            <TextLink onClick={() => show(path)}>{path}</TextLink>
          </li>
        ))}
      </ul>
    </Part>
  )
}
