/** What this coder accepted and dismissed, by rule: the measure by which noisy rules fold. Local, never in a feed. */
import { inStore } from "./errors"
import type { RuleCountRow, UserDatabase } from "./user-database"

export interface CountChange {
  /** 1 or -1: an undone decision is taken back. */
  accepted?: number
  dismissed?: number
}

/** Everything throws StoreError. */
export interface RuleCountsRepository {
  all(): Promise<RuleCountRow[]>
  /** Adds in one step; never below nothing. */
  add(rule: string, change: CountChange): Promise<void>
  /** Forgets every count. */
  clear(): Promise<void>
}

export function createRuleCountsRepository(database: UserDatabase): RuleCountsRepository {
  const { ruleCounts } = database
  return {
    all: () => inStore(() => ruleCounts.toArray()),
    add: (rule, { accepted = 0, dismissed = 0 }) =>
      inStore(() =>
        database.transaction("rw", ruleCounts, async () => {
          const before = (await ruleCounts.get(rule)) ?? { rule, accepted: 0, dismissed: 0 }
          const after = {
            rule,
            accepted: Math.max(0, before.accepted + accepted),
            dismissed: Math.max(0, before.dismissed + dismissed)
          }
          if (after.accepted + after.dismissed === 0) await ruleCounts.delete(rule)
          else await ruleCounts.put(after)
        })
      ),
    clear: () => inStore(() => ruleCounts.clear())
  }
}
