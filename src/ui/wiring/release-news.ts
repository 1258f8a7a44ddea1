/**
 * What a release that came into force did to the coder's pins, until the coder has looked at it. Worked out in
 * the page that asks, never on the worker's way to an answer; without pins no pack is opened.
 */
import { changeOf } from "@/classification/code-changes"
import type { System } from "@/classification/model"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import type { CodesRepository } from "@/store/codes-repository"
import type { SettingsRepository } from "@/store/settings-repository"
import type { ReleaseNews, ReleaseNewsServices } from "../services"
import { asAskError } from "./errors"

export interface ReleaseNewsParts {
  codes: Pick<CodesRepository, "pins">
  settings: Pick<SettingsRepository, "get" | "set">
  installed: () => Promise<readonly PackInfo[]>
  open: (info: PackInfo) => Promise<CodePack>
  /** ISO day. */
  today?: () => string
}

/** Setting: the releases whose news were looked at, by system: { "ICD-10-CM": "FY2027" }. */
const SEEN = "release-news-seen"
const SYSTEMS: readonly System[] = ["ICD-10-CM", "ICD-10-PCS", "HCPCS", "CPT"]

type Seen = Partial<Record<System, string>>
const isSeen = (value: unknown): value is Seen =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((each) => typeof each === "string")

export function releaseNewsServices(parts: ReleaseNewsParts): ReleaseNewsServices {
  const { codes, settings, installed, open } = parts
  const today = parts.today ?? (() => new Date().toLocaleDateString("sv-SE"))

  async function newsOf(
    system: System,
    infos: readonly PackInfo[],
    seen: Seen
  ): Promise<ReleaseNews | undefined> {
    const picked = pickRelease(infos, system, today())
    // A release that is only the nearest one is no news, nor is a starter set.
    if (picked?.fit !== "exact" || !picked.release.complete) return undefined
    const now = picked.release
    if (seen[system] === now.release) return undefined
    const pins = (await codes.pins()).filter((pin) => pin.system === system)
    if (pins.length === 0) return undefined
    const earlier = infos
      .filter((info) => info.system === system && info.complete && info.effective.from < now.effective.from)
      .sort((a, b) => (a.effective.from < b.effective.from ? 1 : -1))[0]
    const [pack, before] = await Promise.all([open(now), earlier && open(earlier)])
    const changes = pins.flatMap(({ code }) => changeOf({ system, code }, pack, before) ?? [])
    if (changes.length === 0) return undefined
    return {
      system,
      release: now.release,
      since: now.effective.from,
      ...(earlier ? { before: earlier.release } : {}),
      pins: changes
    }
  }

  async function asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw asAskError(error)
    }
  }

  return {
    read: () => asked(read),
    seen: (news) =>
      asked(async () => {
        const before = await settings.get(SEEN, isSeen, {})
        const marks = Object.fromEntries(news.map(({ system, release }) => [system, release]))
        await settings.set(SEEN, { ...before, ...marks })
      })
  }

  async function read(): Promise<ReleaseNews[]> {
    const infos = await installed()
    const seen = await settings.get(SEEN, isSeen, {})
    const news: ReleaseNews[] = []
    for (const system of SYSTEMS) {
      const one = await newsOf(system, infos, seen)
      if (one) news.push(one)
    }
    return news
  }
}
