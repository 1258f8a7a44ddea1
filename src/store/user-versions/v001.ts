import type { DatabaseVersion } from "../versions"

/** Sites and settings, and what the coder keeps about codes: pins, own notes, codes looked at lately. */
export const v001: DatabaseVersion = {
  version: 1,
  stores: {
    sites: "origin",
    settings: "key",
    pins: "[system+code], pinnedAt",
    notes: "[system+code]",
    recents: "[system+code], at"
  }
}
