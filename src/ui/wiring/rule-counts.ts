/** The coder's counts by documentation rule out of the store. */
import { createRuleCountsRepository } from "@/store/rule-counts-repository"
import type { UserDatabase } from "@/store/user-database"
import type { RuleCountServices } from "../services"
import { asAskError } from "./errors"

export function ruleCountServices(database: UserDatabase): RuleCountServices {
  const counts = createRuleCountsRepository(database)
  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw asAskError(error)
    }
  }
  return {
    read: () => run(() => counts.all()),
    add: (rule, change) => run(() => counts.add(rule, change)),
    clear: () => run(() => counts.clear())
  }
}
