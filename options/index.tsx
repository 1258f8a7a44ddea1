/** Options page. */
import "../src/ui/theme/style.css"
import { OptionsApp } from "@/ui/screens/options-app"
import { nameLanguage } from "@/ui/theme/page"
import { siteServices } from "@/ui/wiring/site-services"

nameLanguage()
const services = siteServices()

export default function Options() {
  return <OptionsApp services={services} />
}
