/** Side panel: the real services, and the panel on top of them. */
import "../src/ui/theme/style.css"
import { PanelApp } from "@/ui/screens/panel-app"
import { nameLanguage } from "@/ui/theme/page"
import { panelServices } from "@/ui/wiring/panel-services"

nameLanguage()
const services = panelServices()

export default function SidePanel() {
  return <PanelApp services={services} />
}
