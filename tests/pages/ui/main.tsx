/** The screens in a plain page, over a browser, worker and chart in memory. `?scene=` picks what they meet. */
import "@/ui/theme/style.css"
import { createRoot } from "react-dom/client"
import { OptionsApp } from "@/ui/screens/options-app"
import { PanelApp } from "@/ui/screens/panel-app"
import { PopupApp } from "@/ui/screens/popup-app"
import type { FakeBrowser } from "../../unit/ui/fake-services"
import { withRealPacks } from "./real-packs"
import { SCENES } from "./scenes"

const scene = new URLSearchParams(location.search).get("scene") ?? "chart"
const make = SCENES[scene]
if (!make) throw new Error(`There is no scene "${scene}".`)

function show(browser: FakeBrowser): void {
  Object.assign(window, { fakeBrowser: browser })
  const app =
    scene === "popup" ? (
      <PopupApp services={browser} onDone={() => {}} />
    ) : scene === "options" ? (
      <OptionsApp services={browser} />
    ) : (
      <PanelApp services={browser} />
    )
  createRoot(document.getElementById("root")!).render(app)
}

if (scene === "real") void withRealPacks(make()).then(show)
else show(make())
