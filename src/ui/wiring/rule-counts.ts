/** The coder's counts by documentation rule out of the store. */
import { createRuleCountsRepository } from "@/store/rule-counts-repository"
import type { UserDatabase } from "@/store/user-database"
import type { RuleCountServices } from "../services"
import { asked } from "./errors"

export function ruleCountServices(database: UserDatabase): RuleCountServices {
  const counts = createRuleCountsRepository(database)
  return {
    read: () => asked(() => counts.all()),
    add: (rule, change) => asked(() => counts.add(rule, change)),
    clear: () => asked(() => counts.clear())
  }
}
