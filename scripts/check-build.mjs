/**
 * Guards for the built extension. Plasmo exits 0 with an empty extension, with content scripts that fell
 * back to <all_urls>, or with permissions nobody asked for: so the manifest is compared with what must be.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./run.mjs"

const PERMISSIONS = ["activeTab", "scripting", "sidePanel", "storage", "unlimitedStorage"]
/** Asked for in a click, for the queue of codes while another program is in front. */
const OPTIONAL = ["clipboardWrite"]
/** Word for word: a relaxation of any part is a decision, not an accident. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "worker-src 'self'; object-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'"
/** Ways in or out that Chartside does not use. */
const NEVER = [
  "externally_connectable",
  "sandbox",
  "update_url",
  "oauth2",
  "chrome_url_overrides",
  "devtools_page",
  "declarative_net_request",
  "omnibox",
  "input_components",
  "file_browser_handlers",
  "file_handlers"
]
/** Both scripts are called entry.<hash>.js in the build: the name of their port tells which is which. */
const PAGE_SCRIPTS = [
  { what: "chart reader", port: "chartside-chart", limit: 50 * 1024 },
  { what: "form filler", port: "chartside-form", limit: 80 * 1024 }
]

const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]
  )

/** Problems of the built extension in `dir` as plain lines; an empty list when all is as it must be. */
export function checkBuild(dir) {
  const problems = []
  const must = (holds, text) => {
    if (!holds) problems.push(text)
  }
  const manifest = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"))
  must(manifest.manifest_version === 3, "manifest_version is not 3")
  must(
    !manifest.content_scripts?.length,
    "the manifest names content scripts: they must be registered at run time"
  )
  must(!manifest.host_permissions?.length, "the manifest asks for host permissions at install")
  must(manifest.optional_host_permissions?.length > 0, "optional_host_permissions are missing")
  must(Boolean(manifest.key), "the fixed public key is missing")
  must(Number(manifest.minimum_chrome_version) >= 140, "minimum_chrome_version must be 140 or more")
  const permissions = [...(manifest.permissions ?? [])].sort()
  must(
    permissions.join() === PERMISSIONS.join(),
    `permissions are ${permissions.join(", ")}; expected ${PERMISSIONS.join(", ")}`
  )
  const optional = manifest.optional_permissions ?? []
  must(
    optional.join() === OPTIONAL.join(),
    `optional permissions are ${optional.join(", ")}; expected ${OPTIONAL.join(", ")}`
  )
  const policies = manifest.content_security_policy ?? {}
  must(
    Object.keys(policies).join() === "extension_pages" && policies.extension_pages === POLICY,
    `the content security policy is not the one expected: ${JSON.stringify(policies)}`
  )
  for (const key of NEVER) must(!(key in manifest), `the manifest has ${key}`)
  for (const [what, file] of [
    ["background worker", manifest.background?.service_worker],
    ["popup", manifest.action?.default_popup],
    ["side panel", manifest.side_panel?.default_path],
    ["options page", manifest.options_ui?.page]
  ]) {
    must(file && existsSync(join(dir, file)), `${what} is missing from the build`)
  }
  for (const entry of manifest.web_accessible_resources ?? []) {
    must(!entry.matches?.length, `${entry.resources} would be readable by web pages`)
  }
  for (const file of walk(dir).filter((f) => f.endsWith(".html"))) {
    const text = readFileSync(file, "utf8")
    must(
      !/https?:\/\/|<script(?![^>]*\ssrc=)|\son\w+=/i.test(text),
      `${file} holds a remote address or inline script`
    )
  }
  const packs = join(dir, "assets/packs/packs.json")
  must(existsSync(packs), "assets/packs/packs.json is not in the build")
  if (existsSync(packs)) {
    for (const pack of JSON.parse(readFileSync(packs, "utf8"))) {
      const file = join(dir, "assets/packs", pack.file)
      must(existsSync(file) && statSync(file).size === pack.bytes, `pack ${pack.id} is missing or cut short`)
    }
  }
  const entries = readdirSync(dir)
    .filter((f) => /^entry\..*\.js$/.test(f))
    .map((f) => ({ size: statSync(join(dir, f)).size, text: readFileSync(join(dir, f), "utf8") }))
  for (const { what, port, limit } of PAGE_SCRIPTS) {
    const script = entries.find((e) => e.text.includes(port))
    must(script, `the ${what} script is not in the build`)
    if (script) must(script.size <= limit, `the ${what} is ${script.size} bytes, its budget is ${limit}`)
  }
  for (const folder of ["src", "contents", "background", "popup", "sidepanel", "options"]) {
    for (const file of walk(join(ROOT, folder)).filter((f) => /\.tsx?$/.test(f))) {
      const text = readFileSync(file, "utf8")
      // Parcel drops a named or default import of zod and the crash comes at run time.
      must(
        !/import\s+(\{[^}]*\}|\w+)\s+from\s+["']zod(\/[^"']*)?["']/.test(text),
        `${file}: write import * as z from "zod"`
      )
    }
  }
  return problems
}
