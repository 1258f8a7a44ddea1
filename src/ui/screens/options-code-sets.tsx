/** Section "Code sets" of the options page: what is installed, import, export, removal. */
import { useCallback, useMemo, useState } from "react"
import { editsName } from "@/classification/edits/types"
import { counted, megabytes } from "@/classification/import/steps"
import type { PackInfo } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import type { PackStatus } from "@/messages/panel-protocol"
import { Button } from "../components/button"
import { Notice } from "../components/notice"
import type { ExportedPack, OptionsServices } from "../services"
import { ImportSession } from "../session/import-session"
import { useAnswer } from "../session/use-answer"
import { explain, sourceName } from "../session/wording"
import { ImportSection } from "./options-import"

const SYSTEMS: PackInfo["system"][] = ["ICD-10-CM", "ICD-10-PCS", "HCPCS", "CPT"]

const today = () => new Date().toLocaleDateString("sv-SE")

/** By system, the newest release first. */
const inOrder = (packs: readonly PackInfo[]) =>
  [...packs].sort(
    (a, b) =>
      SYSTEMS.indexOf(a.system) - SYSTEMS.indexOf(b.system) ||
      b.effective.from.localeCompare(a.effective.from)
  )

export function CodeSets({ services }: { services: OptionsServices }) {
  const status = useAnswer(
    services,
    useCallback(() => services.ask("packs/status", {}), [services])
  )
  const session = useMemo(() => new ImportSession(services), [services])
  const [problem, setProblem] = useState<string>()
  const { value } = status
  const remove = async (id: string) => {
    setProblem(undefined)
    try {
      await services.ask("packs/remove", { id })
    } catch (error) {
      setProblem(explain(error))
    }
    await status.again()
  }
  return (
    <section>
      <h2>Code sets</h2>
      {status.problem && (
        <Notice tone="warn" action={<Button onClick={() => void status.again()}>Try again</Button>}>
          {status.problem}
        </Notice>
      )}
      {problem && (
        <Notice tone="warn" alert>
          {problem}
        </Notice>
      )}
      {value && !value.complete && <Notice tone="warn">{value.sentence}</Notice>}
      {value?.notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      {value && <Installed status={value} services={services} onRemove={remove} />}
      <ImportSection session={session} />
    </section>
  )
}

function Installed({
  status,
  services,
  onRemove
}: {
  status: PackStatus
  services: OptionsServices
  onRemove: (id: string) => Promise<void>
}) {
  const date = today()
  const inForce = new Set(SYSTEMS.map((system) => pickRelease(status.packs, system, date)?.release.id))
  return (
    <ul className="rows">
      {inOrder(status.packs).map((pack) => (
        <PackRow
          key={pack.id}
          pack={pack}
          used={inForce.has(pack.id)}
          date={date}
          removable={status.imported?.includes(pack.id) ?? false}
          services={services}
          onRemove={onRemove}
        />
      ))}
      {status.edits?.map((facts) => (
        <li key={facts.id}>
          <div className="grow">
            <strong>
              {editsName(facts)} {facts.release}
            </strong>
            <div className="pack-facts">
              <span>
                {facts.effective.from} to {facts.effective.to}
              </span>
              <span>{counted(facts.rows)} edits</span>
              <span>from the files of CMS</span>
            </div>
          </div>
          <RemoveButton name={`${editsName(facts)} ${facts.release}`} onRemove={() => onRemove(facts.id)} />
        </li>
      ))}
      {status.unreadable?.map(({ id, system, release }) => (
        <li key={`old ${id}`}>
          <div className="grow">
            <strong>
              {system} {release}
            </strong>
            <p className="fine-print">
              Imported with another version of Chartside and not readable by this one. Import its files again.
            </p>
          </div>
          <RemoveButton name={`${system} ${release}`} onRemove={() => onRemove(id)} />
        </li>
      ))}
    </ul>
  )
}

interface RowProps {
  pack: PackInfo
  used: boolean
  date: string
  removable: boolean
  services: OptionsServices
  onRemove: (id: string) => Promise<void>
}

function PackFacts({ pack, used, date }: { pack: PackInfo; used: boolean; date: string }) {
  const { from, to } = pack.effective
  const current = from <= date && (!to || date <= to)
  return (
    <div className="grow">
      <strong>
        {pack.system} {pack.release}
      </strong>
      {used && <span className="pack-mark">{current ? "in force today" : "nearest to today"}</span>}
      {!pack.complete && <span className="pack-mark">starter set, not complete</span>}
      <div className="pack-facts">
        <span>
          {from} to {to ?? "further notice"}
        </span>
        <span>
          {counted(pack.billable)} billable of {counted(pack.codes)} codes
        </span>
        <span>{megabytes(pack.bytes)}</span>
        <span>source: {sourceName(pack.source)}</span>
        {pack.sha256 && <span title={pack.sha256}>sha256 {pack.sha256.slice(0, 12)}</span>}
      </div>
      {pack.system === "CPT" && (
        <p className="fine-print">From your own licensed files. Stays on this machine; cannot be exported.</p>
      )}
      {pack.remarks.map((remark) => (
        <p key={remark} className="fine-print">
          {remark}
        </p>
      ))}
    </div>
  )
}

/** Pack row: facts, what can be done, and under both what came of an export. */
function PackRow({ pack, used, date, removable, services, onRemove }: RowProps) {
  const [done, setDone] = useState<ExportedPack>()
  const [problem, setProblem] = useState<string>()
  const name = `${pack.system} ${pack.release}`
  const exportIt = async () => {
    setProblem(undefined)
    try {
      const file = await services.codeSets.exportPack(pack)
      services.codeSets.save(file)
      setDone(file)
    } catch (error) {
      setDone(undefined)
      setProblem(explain(error))
    }
  }
  return (
    <li>
      <PackFacts pack={pack} used={used} date={date} />
      <div className="pack-actions">
        {pack.system !== "CPT" && (
          <Button
            look="quiet"
            data-action="export"
            aria-label={`Export ${name}`}
            onClick={() => void exportIt()}
          >
            Export
          </Button>
        )}
        {removable && <RemoveButton name={name} onRemove={() => onRemove(pack.id)} />}
      </div>
      {done && (
        <p className="pack-exported fine-print" role="status">
          Saved as {done.name}
          <br />
          sha256 <code>{done.sha256}</code>
        </p>
      )}
      {problem && (
        <p className="pack-exported" role="alert">
          {problem}
        </p>
      )}
    </li>
  )
}

function RemoveButton({ name, onRemove }: { name: string; onRemove: () => Promise<void> }) {
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!asked) {
    return (
      <Button look="quiet" data-action="remove" aria-label={`Remove ${name}`} onClick={() => setAsked(true)}>
        Remove
      </Button>
    )
  }
  const yes = async () => {
    setBusy(true)
    await onRemove()
    setBusy(false)
    setAsked(false)
  }
  return (
    <span className="import-line">
      <Button data-action="remove-yes" disabled={busy} onClick={() => void yes()}>
        Remove {name}
      </Button>
      <Button look="quiet" disabled={busy} onClick={() => setAsked(false)}>
        Keep
      </Button>
    </span>
  )
}
