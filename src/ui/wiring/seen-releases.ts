/** Which release's changes to the pins the coder has looked at, kept in the settings. */
import type { SettingsRepository } from "@/store/settings-repository"
import type { SeenReleaseServices, SeenReleases } from "../services"
import { asAskError } from "./errors"

const SEEN = "release-changes-seen"

const isSeen = (value: unknown): value is SeenReleases =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((release) => typeof release === "string")

export function seenReleaseServices(settings: SettingsRepository): SeenReleaseServices {
  async function asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw asAskError(error)
    }
  }
  return {
    read: () => asked(() => settings.get<SeenReleases>(SEEN, isSeen, {})),
    add: (seen) => asked(() => settings.patch<SeenReleases>(SEEN, isSeen, {}, seen))
  }
}
