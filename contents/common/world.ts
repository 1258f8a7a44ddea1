/**
 * What both page scripts share in the isolated world of a document; the page cannot see it. They are two
 * bundles, so modules do not do.
 */

import type { WalkEnv } from "@/chart/walk"
import type { FocusRecord } from "@/form/focus-record"
import { openOrClosedShadowRoot } from "@/platform/shadow"

interface Running {
  /** Still the extension's own, and not told to be silent. */
  alive(): boolean
  stop(): void
}

interface World {
  /** Elements that we added to the page. */
  own: WeakSet<Node>
  scripts: Map<string, Running>
  /** Kept by the chart reader while a panel is connected, read by the form filler. */
  focus?: FocusRecord | undefined
}

const KEY = Symbol.for("chartside.world")

export function world(): World {
  const place = globalThis as { [KEY]?: World }
  place[KEY] ??= { own: new WeakSet(), scripts: new Map() }
  return place[KEY]
}

/**
 * Starts a script unless it is running already: injecting twice is harmless. One that lost its extension
 * (updated, switched off) or was silenced is stopped and replaced.
 */
export function startOnce(name: string, start: () => Running): void {
  const { scripts } = world()
  const running = scripts.get(name)
  if (running?.alive()) return
  running?.stop()
  scripts.set(name, start())
}

/** False in a page that outlived its extension. */
export function extensionLives(): boolean {
  return Boolean(globalThis.chrome?.runtime?.id)
}

/** Open and closed shadow roots; the page cannot hide closed ones from an extension. */
export const shadowRootOf: WalkEnv["shadowRootOf"] = (el) =>
  el.shadowRoot ?? (extensionLives() ? openOrClosedShadowRoot(el as HTMLElement) : null)
