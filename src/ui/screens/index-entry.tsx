/** One line of the Index as printed: words, code, references; in the tables its columns when it is open. */
import type { IndexLine } from "@/classification/pack-api"
import { TextLink } from "../components/part"

interface Props {
  line: IndexLine
  expanded: boolean
  columns: string[]
  /** Links are stops for Tab in the current line only. */
  tabIndex: number
  onCode(code: string): void
  onBeginning(prefix: string): void
  onFollow(reference: string): void
}

/** "E11.-" opens E11. */
const withoutDash = (code: string) => code.replace(/\.?-$/, "")

export function IndexEntry(props: Props) {
  const { line, expanded, columns, tabIndex, onCode, onFollow } = props
  const code = (printed: string) => (
    <TextLink tabIndex={tabIndex} onClick={() => onCode(withoutDash(printed))}>
      {printed}
    </TextLink>
  )
  const reference = (lead: string, text: string) => (
    <span className="tree-reference">
      <i>{lead}</i>{" "}
      <TextLink tabIndex={tabIndex} onClick={() => onFollow(text)}>
        {text}
      </TextLink>
    </span>
  )
  return (
    <div className="tree-text">
      <span className="term">{line.title}</span>
      {line.nonessential.length > 0 && (
        <span className="quiet"> {line.nonessential.map((word) => `(${word})`).join(" ")}</span>
      )}
      {line.code && <span className="tree-code"> {code(line.code)}</span>}
      {line.manifestation && (
        <span className="tree-code" title="Coded with it, as the second of the two">
          {" "}
          [{code(line.manifestation)}]
        </span>
      )}
      {line.outdated && <span className="mark mark-header">index outdated: {line.outdated}</span>}
      {line.see && reference("see", line.see)}
      {line.seeAlso && reference("see also", line.seeAlso)}
      {line.use && <span className="tree-reference">use {line.use}</span>}
      {line.beginnings?.map((prefix) => (
        <span key={prefix} className="tree-code">
          {" "}
          <TextLink tabIndex={tabIndex} label={`Table ${prefix}`} onClick={() => props.onBeginning(prefix)}>
            {prefix}
          </TextLink>
        </span>
      ))}
      {expanded && line.cells && <Cells cells={line.cells} columns={columns} code={code} />}
    </div>
  )
}

interface CellsProps {
  cells: string[]
  columns: string[]
  code(printed: string): React.ReactNode
}

function Cells({ cells, columns, code }: CellsProps) {
  return (
    <table className="cells">
      <tbody>
        {columns.map((column, index) => (
          <tr key={column}>
            <th scope="row">{column}</th>
            <td>{cells[index] ? code(cells[index]) : <span className="quiet">none</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
