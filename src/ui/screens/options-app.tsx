/** The options page: sites, code sets, keys, and what happens to the data. */
import { useCallback, useEffect, useState } from "react"
import { Button } from "../components/button"
import { Notice } from "../components/notice"
import { ShortcutList } from "../components/shortcuts-sheet"
import { DEFAULT_SETTINGS, type PanelSettings, type SiteServices } from "../services"
import { useAnswer } from "../session/use-answer"
import { explain, hostOf } from "../session/wording"

export function OptionsApp({ services }: { services: SiteServices }) {
  return (
    <main className="page">
      <header>
        <h1>Chartside</h1>
        <p className="quiet">Suggests and verifies codes from the chart on screen. The coder decides.</p>
      </header>
      <Sites services={services} />
      <Packs services={services} />
      <Privacy />
      <Keys services={services} />
    </main>
  )
}

function Sites({ services }: { services: SiteServices }) {
  const sites = useAnswer(
    services,
    useCallback(() => services.ask("sites/list", {}), [services])
  )
  const [problem, setProblem] = useState<string>()
  const turn = async (origin: string, on: boolean) => {
    setProblem(undefined)
    try {
      if (!on) await services.ask("sites/disable", { origin })
      else if (await services.requestSite(origin)) await services.ask("sites/enable", { origin })
      else setProblem(`${hostOf(origin)} stays unread: the permission was not given.`)
    } catch (error) {
      setProblem(explain(error))
    }
    await sites.again()
  }
  return (
    <section>
      <h2>Sites</h2>
      {(problem ?? sites.problem) && (
        <Notice tone="warn" alert>
          {problem ?? sites.problem}
        </Notice>
      )}
      {sites.value?.length === 0 && (
        <p className="quiet">
          No site is read. Open a chart, open the side panel and choose “Read this site”.
        </p>
      )}
      {sites.value && sites.value.length > 0 && (
        <ul className="rows">
          {sites.value.map(({ origin, granted, enabled }) => (
            <li key={origin}>
              <label className="switch grow">
                <input
                  type="checkbox"
                  role="switch"
                  aria-checked={granted && enabled}
                  checked={granted && enabled}
                  onChange={() => void turn(origin, !(granted && enabled))}
                />
                <span>{origin}</span>
              </label>
              <span className="quiet">
                {granted && enabled ? "read while the panel is open" : "not read"}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Packs({ services }: { services: SiteServices }) {
  const packs = useAnswer(
    services,
    useCallback(() => services.ask("packs/status", {}), [services])
  )
  const { value, problem } = packs
  return (
    <section>
      <h2>Code sets</h2>
      {problem && (
        <Notice tone="warn" action={<Button onClick={() => void packs.again()}>Try again</Button>}>
          {problem}
        </Notice>
      )}
      {value && !value.complete && <Notice tone="warn">{value.sentence}</Notice>}
      {value?.notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      <ul className="rows">
        {value?.packs.map((pack) => (
          <li key={pack.id}>
            <div className="grow">
              <strong>
                {pack.system} {pack.release}
              </strong>
              <div className="pack-facts">
                <span>
                  {pack.effective.from} to {pack.effective.to ?? "further notice"}
                </span>
                <span>
                  {pack.billable.toLocaleString("en-US")} billable of {pack.codes.toLocaleString("en-US")}{" "}
                  codes
                </span>
                <span>{(pack.bytes / 1_000_000).toFixed(1)} MB</span>
                <span>source: {pack.source}</span>
                {pack.sha256 && <span title={pack.sha256}>sha256 {pack.sha256.slice(0, 12)}</span>}
              </div>
              {pack.remarks.map((remark) => (
                <p key={remark} className="fine-print">
                  {remark}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Privacy() {
  return (
    <section>
      <h2>What happens to the data</h2>
      <p>
        Notes are read only on the sites above and only while the panel is open. Their text stays in memory on
        this machine and is dropped when the patient or encounter changes. It is never stored, logged or sent
        anywhere.
      </p>
      <p>There is no telemetry and no account. Code sets and settings are kept in this browser.</p>
    </section>
  )
}

function Keys({ services }: { services: SiteServices }) {
  const [settings, setSettings] = useState<PanelSettings>(DEFAULT_SETTINGS)
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    services.settings.read().then(setSettings, (error: unknown) => setProblem(explain(error)))
  }, [services])
  const change = (letterKeys: boolean) => {
    setSettings({ ...settings, letterKeys })
    services.settings.write({ letterKeys }).catch((error: unknown) => setProblem(explain(error)))
  }
  return (
    <section>
      <h2>Keys</h2>
      {problem && <Notice tone="warn">{problem}</Notice>}
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          aria-checked={settings.letterKeys}
          checked={settings.letterKeys}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <span>Single keys (/, ?, and letters on a suggestion)</span>
      </label>
      <ShortcutList />
      <p className="fine-print">
        The key that opens the panel is set by the browser: chrome://extensions/shortcuts
      </p>
    </section>
  )
}
