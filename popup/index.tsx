/** Popup of the toolbar button. */
import "../src/ui/theme/style.css"
import { tellNews } from "@/platform/storage"
import { PopupApp } from "@/ui/screens/popup-app"
import { nameLanguage } from "@/ui/theme/page"
import { siteServices } from "@/ui/wiring/site-services"

nameLanguage()
const services = siteServices()
// The press on the button lets us see the address of this tab: a panel that is open looks again.
tellNews("sites").catch(() => console.error("Chartside: the panel could not be told to look again"))

export default function Popup() {
  return <PopupApp services={services} onDone={() => window.close()} />
}
