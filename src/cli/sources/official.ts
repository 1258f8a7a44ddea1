/** Downloads from the publishers (CMS, NCHS). An unreachable network must never hold up a build. */
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import type { OfficialSource } from "./catalogue"
import { type FoundFiles, type SourceContext, SourceUnavailable, takeMembers, verified } from "./found"

/** Until the answer begins. */
const CONNECT_MS = 10_000
/** Between two pieces of the body. */
const STALL_MS = 20_000
/** The largest official archive has 2.3 MB. */
const MAX_BYTES = 64 * 1024 * 1024

export interface DownloadLimits {
  connectMs: number
  stallMs: number
  maxBytes: number
}

/** @throws SourceUnavailable, with the reason in a few words */
export async function fromOfficial(
  source: OfficialSource,
  context: SourceContext,
  limits: DownloadLimits = { connectMs: CONNECT_MS, stallMs: STALL_MS, maxBytes: MAX_BYTES }
): Promise<FoundFiles> {
  const found: FoundFiles = new Map()
  for (const { url, sha256, members } of source.downloads) {
    const archive = await cachedDownload(url, sha256, context, limits)
    for (const [role, file] of takeMembers(archive, members)) found.set(role, file)
  }
  return found
}

async function cachedDownload(
  url: string,
  sha256: string | undefined,
  context: SourceContext,
  limits: DownloadLimits
): Promise<{ name: string; content: Uint8Array }> {
  const name = basename(new URL(url).pathname)
  const folder = join(context.cache, "official")
  const path = join(folder, `${createHash("sha256").update(url).digest("hex").slice(0, 12)}-${name}`)
  try {
    return verified(name, readFileSync(path), sha256)
  } catch {
    // Not cached yet, or damaged there: both mean to fetch it.
  }
  const content = await download(url, context, limits)
  const file = verified(name, content, sha256)
  mkdirSync(folder, { recursive: true })
  const partial = `${path}.${process.pid}.partial`
  writeFileSync(partial, content)
  renameSync(partial, path)
  return file
}

/** One file over HTTP. A host that does not answer is remembered and not asked again in this run. */
export async function download(
  url: string,
  context: SourceContext,
  limits: DownloadLimits
): Promise<Uint8Array> {
  const { host } = new URL(url)
  const dead = context.deadHosts.get(host)
  if (dead) throw new SourceUnavailable(`${host} not asked again (${dead})`)
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(), limits.connectMs)
  let answered = false
  try {
    const response = await fetch(url, { signal: abort.signal, redirect: "follow" })
    answered = true
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      throw new SourceUnavailable(
        `${host} answered ${response.status} for ${basename(new URL(url).pathname)}`
      )
    }
    const pieces: Uint8Array[] = []
    let size = 0
    const reader = response.body.getReader()
    for (;;) {
      clearTimeout(timer)
      timer = setTimeout(() => abort.abort(), limits.stallMs)
      const { done, value } = await reader.read()
      if (done) break
      size += value.length
      if (size > limits.maxBytes) {
        abort.abort()
        throw new SourceUnavailable(`${url} is larger than ${Math.round(limits.maxBytes / 1024 / 1024)} MB`)
      }
      pieces.push(value)
    }
    return Buffer.concat(pieces)
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error
    const reason = abort.signal.aborted
      ? `no answer within ${(answered ? limits.stallMs : limits.connectMs) / 1000} s`
      : causeOf(error)
    if (!answered) context.deadHosts.set(host, reason)
    throw new SourceUnavailable(`${host} is not reachable (${reason})`)
  } finally {
    clearTimeout(timer)
  }
}

/** fetch says only "fetch failed"; the code of its cause (ENOTFOUND ...) tells more. */
function causeOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } }).cause
  return typeof cause?.code === "string" ? cause.code : (error as Error).name
}
