/** Child frames that this document's script cannot speak for. */

/** Smaller frames are trackers and helpers, not charts. */
const SMALLEST = 40

/**
 * Origins of child frames whose address lies elsewhere. Frames without an address of their own (blank,
 * srcdoc, data, blob) run a script of ours because their parent does.
 */
export function foreignOrigins(frames: readonly Element[], ownUrl: string): string[] {
  const own = originOf(ownUrl)
  const found = new Set<string>()
  for (const frame of frames) {
    const { src, offsetWidth, offsetHeight } = frame as HTMLIFrameElement
    if (frame.hasAttribute("srcdoc") || !src || offsetWidth < SMALLEST || offsetHeight < SMALLEST) continue
    const origin = originOf(src)
    if (origin && origin !== own) found.add(origin)
  }
  return [...found].sort()
}

function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, origin } = new URL(url)
  return protocol === "http:" || protocol === "https:" ? origin : undefined
}
