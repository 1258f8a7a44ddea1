/** An estimate of the E/M level with the words it rests on. Off until the coder asks for it. */
import type { EmElement, EmQuote } from "@/engine/em/types"
import { QuotedWords } from "../components/evidence-quote"
import { quoteInContext } from "../session/context"
import { useWatched } from "../session/state"
import { sectionName } from "../session/wording"
import { usePanel } from "./panel-context"

const ELEMENTS: Record<EmElement["element"], string> = {
  problems: "Problems addressed",
  data: "Data reviewed",
  risk: "Risk of management"
}

export function EmEstimatePart() {
  const panel = usePanel()
  const { findings, phase } = useWatched(panel.chart.state)
  const asked = useWatched(panel.settings).em
  if (!asked || phase !== "ready" || !findings) return null
  const { em } = findings
  if (!em) {
    return (
      <section className="group em">
        <h2>E/M estimate</h2>
        <p className="em-body">No estimate was made of what was read.</p>
      </section>
    )
  }
  return (
    <section className="group em">
      <h2>
        E/M estimate
        <span className="group-hint">{em.label}</span>
        <span className="count">{em.level ?? "not enough found"}</span>
      </h2>
      <div className="em-body">
        {em.elements.map((element) => (
          <div key={element.element}>
            <h3>
              {ELEMENTS[element.element]}: {element.level ?? "nothing found"}
            </h3>
            <ul>
              {element.items.map((item) => (
                <li key={item.rule + item.text}>
                  {item.text} ({item.level})
                  {item.evidence.slice(0, 2).map((quote) => (
                    <Quote key={quote.start} quote={quote} />
                  ))}
                </li>
              ))}
            </ul>
            {element.next && <p className="fine-print">Next level rests on: {element.next}</p>}
          </div>
        ))}
        {em.time && (
          <div>
            <h3>
              Time: {em.time.minutes} minutes{em.time.activities ? "" : ", no activity stated"}
            </h3>
            <Quote quote={em.time.evidence} />
            <p className="fine-print">
              {em.time.levels.map(({ visit, level }) => `${visit}: ${level}`).join("; ")}
            </p>
          </div>
        )}
        {em.cautions.map(({ text, evidence }) => (
          <div key={text}>
            <p>{text}</p>
            {evidence && <Quote quote={evidence} />}
          </div>
        ))}
      </div>
    </section>
  )
}

function Quote({ quote }: { quote: EmQuote }) {
  const panel = usePanel()
  return (
    <figure className="evidence">
      <QuotedWords {...quoteInContext(panel.chart.text(quote.doc), quote)} />
      <figcaption>
        <span className="evidence-where">{sectionName(quote.section)}</span>
      </figcaption>
    </figure>
  )
}
