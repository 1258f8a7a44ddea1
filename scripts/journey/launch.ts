/** Chromium with the built extension, in a profile of its own, with site grants seeded where asked. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type BrowserContext, chromium, type Worker } from "playwright-core"

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps"
]

export interface Launched {
  context: BrowserContext
  worker: Worker
  extensionId: string
  profile: string
  /** Closes the browser; removes the profile unless it was handed in. */
  close(): Promise<void>
}

export interface LaunchOptions {
  browser: string
  extension: string
  headless?: boolean
  /** Kept after close when given. */
  profile?: string
  /** Origins the extension may read, as if the user had said yes ("http://localhost"). */
  granted?: string[]
  flags?: string[]
}

/** One launch in about 60 never announced its worker within 15 s (engineering notes 4): tried once more. */
async function launchOnce(options: LaunchOptions, profile: string): Promise<Omit<Launched, "close">> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.browser,
    headless: false,
    viewport: options.headless === false ? null : { width: 1360, height: 860 },
    args: [
      ...(options.headless === false ? [] : ["--headless=new"]),
      ...FLAGS,
      `--disable-extensions-except=${options.extension}`,
      `--load-extension=${options.extension}`,
      ...(options.flags ?? [])
    ]
  })
  try {
    const worker =
      context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker", { timeout: 15_000 }))
    return { context, worker, extensionId: new URL(worker.url()).host, profile }
  } catch (error) {
    await context.close()
    throw error
  }
}

async function launchTwice(options: LaunchOptions, profile: string) {
  return launchOnce(options, profile).catch(() => launchOnce(options, profile))
}

/**
 * Writes host grants into the profile's preferences, as Chromium does after the user said yes. A prompt
 * cannot be answered headless; the build under test stays the shipped one (engineering notes 4).
 */
function seedGrants(profile: string, extensionId: string, origins: string[]): void {
  const file = join(profile, "Default", "Preferences")
  const preferences = JSON.parse(readFileSync(file, "utf8"))
  const entry = preferences.extensions?.settings?.[extensionId]
  if (!entry) throw new Error("The profile does not know the extension: it did not load.")
  const hosts = origins.map((origin) => `${origin}/*`)
  for (const key of ["granted_permissions", "active_permissions", "runtime_granted_permissions"]) {
    const held = entry[key] ?? { api: [], manifest_permissions: [], scriptable_host: [] }
    held.explicit_host = [...new Set([...(held.explicit_host ?? []), ...hosts])]
    entry[key] = held
  }
  writeFileSync(file, JSON.stringify(preferences))
}

/** Launches, and where `granted` is given launches twice with the grants written in between. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const own = !options.profile
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), "chartside-"))
  if (options.granted?.length) {
    const first = await launchTwice(options, profile)
    await first.context.close()
    seedGrants(profile, first.extensionId, options.granted)
  }
  const launched = await launchTwice(options, profile)
  const close = async () => {
    await launched.context.close()
    if (own) rmSync(profile, { recursive: true, force: true })
  }
  return { ...launched, close }
}
