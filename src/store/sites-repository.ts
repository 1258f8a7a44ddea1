import { inStore } from "./errors"
import type { SiteRow, UserDatabase } from "./user-database"

/** The coder's switch for each site. Everything throws StoreError. */
export interface SitesRepository {
  get(origin: string): Promise<SiteRow | undefined>
  all(): Promise<SiteRow[]>
  set(origin: string, enabled: boolean): Promise<void>
}

export function createSitesRepository({ sites }: UserDatabase, now = Date.now): SitesRepository {
  return {
    get: (origin) => inStore(() => sites.get(origin)),
    all: () => inStore(() => sites.toArray()),
    set: (origin, enabled) =>
      inStore(async () => {
        const changed = await sites.update(origin, { enabled })
        if (!changed && !(await sites.get(origin))) await sites.add({ origin, enabled, addedAt: now() })
      })
  }
}
