/** The options page: sites, code sets, keys, and what happens to the data. */
import { useCallback, useEffect, useState } from "react"
import { Notice } from "../components/notice"
import { ShortcutList } from "../components/shortcuts-sheet"
import { DEFAULT_SETTINGS, type OptionsServices, type PanelSettings, type SiteServices } from "../services"
import { useAnswer } from "../session/use-answer"
import { explain, hostOf } from "../session/wording"
import { CodeSets } from "./options-code-sets"

export function OptionsApp({ services }: { services: OptionsServices }) {
  return (
    <main className="page">
      <header>
        <h1>Chartside</h1>
        <p className="quiet">Suggests and verifies codes from the chart on screen. The coder decides.</p>
      </header>
      <Sites services={services} />
      <CodeSets services={services} />
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

function Privacy() {
  return (
    <section>
      <h2>What happens to the data</h2>
      <p>
        Notes are read only on the sites above and only while the panel is open. Their text stays in memory on
        this machine and is dropped when the patient or encounter changes. It is never stored, logged or sent
        anywhere.
      </p>
      <p>
        There is no telemetry and no account. Code sets, settings, pins and notes on codes are kept in this
        browser. Files of a code set that you import are read on this machine.
      </p>
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
