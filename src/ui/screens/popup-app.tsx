/** The popup of the toolbar button: this site on or off, the panel, the code sets. */
import { useCallback, useEffect, useState } from "react"
import { Button, IconButton } from "../components/button"
import { Notice } from "../components/notice"
import type { SiteServices } from "../services"
import { useAnswer } from "../session/use-answer"
import { explain, hostOf } from "../session/wording"

export function PopupApp({ services, onDone }: { services: SiteServices; onDone(): void }) {
  const site = useAnswer(
    services,
    useCallback(async () => {
      const tab = await services.activeTab()
      return services.ask("sites/status", tab ? { tabId: tab.tabId } : {})
    }, [services])
  )
  const packs = useAnswer(
    services,
    useCallback(() => services.ask("packs/status", {}), [services])
  )
  const [problem, setProblem] = useState<string>()
  const [ready, setReady] = useState(false)
  useEffect(() => {
    services.canOpenPanel.then(
      () => setReady(true),
      () => setReady(true)
    )
  }, [services])
  const { value: status } = site
  const on = Boolean(status?.granted && status.enabled)

  const openPanel = () => {
    services
      .openPanel()
      .then(onDone, () => setProblem("The panel could not be opened. Use the browser's menu."))
  }

  const toggle = async () => {
    if (!status) return
    const { origin } = status
    setProblem(undefined)
    try {
      if (on) await services.ask("sites/disable", { origin })
      else if (await services.requestSite(origin)) await services.ask("sites/enable", { origin })
      else setProblem(`${hostOf(origin)} stays unread: the permission was not given.`)
    } catch (error) {
      setProblem(explain(error))
    }
    await site.again()
  }

  if (!ready) return <main className="popup" />
  return (
    <main className="popup">
      <div className="popup-head">
        <h1>Chartside</h1>
        <span className="grow" />
        <IconButton icon="options" label="Options" onClick={() => services.openOptions()} />
      </div>
      <div className="popup-actions">
        <Button look="main" data-action="open-panel" onClick={openPanel}>
          Open the side panel
        </Button>
      </div>
      {/* What follows arrives later and has no fixed height: the button stands above it and never moves. */}
      {status && !status.possible && (
        <p className="quiet">{status.reason ?? "The browser lets no extension read this page."}</p>
      )}
      {status?.possible && status.origin === "" && (
        <p className="quiet">{status.reason ?? "The address of this tab is not known yet."}</p>
      )}
      {status?.possible && status.origin !== "" && (
        <label className="switch">
          <input
            type="checkbox"
            role="switch"
            aria-checked={on}
            checked={on}
            onChange={() => void toggle()}
          />
          <span>
            Read <strong>{hostOf(status.origin)}</strong>
          </span>
        </label>
      )}
      {(problem ?? site.problem) && (
        <Notice tone="warn" alert>
          {problem ?? site.problem}
        </Notice>
      )}
      <p className="fine-print">{packs.problem ?? (packs.value ? capital(packs.value.sentence) : " ")}</p>
    </main>
  )
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
