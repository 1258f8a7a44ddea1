import type { DatabaseVersion } from "../versions"

/** How often the coder accepted or dismissed what a documentation rule asked for: ids of rules and two numbers. */
export const v002: DatabaseVersion = {
  version: 2,
  stores: {
    ruleCounts: "rule"
  }
}
