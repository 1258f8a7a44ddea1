/** Options page. */
import "../src/ui/theme/style.css"
import { OptionsApp } from "@/ui/screens/options-app"
import { nameLanguage } from "@/ui/theme/page"
import { codeSetServices } from "@/ui/wiring/code-set-services"
import { siteServices } from "@/ui/wiring/site-services"

nameLanguage()
const sites = siteServices()
const services = { ...sites, codeSets: codeSetServices(sites.ask) }

export default function Options() {
  return <OptionsApp services={services} />
}
