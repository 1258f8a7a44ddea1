import type { DatabaseVersion } from "../versions"

/**
 * Worksheets under a keyed hash of their encounter, the receipts of their decisions, and the key of this
 * installation. No note text, no number of a patient: only codes, choices, hashes and offsets.
 */
export const v003: DatabaseVersion = {
  version: 3,
  stores: {
    worksheets: "key, changedAt",
    receipts: "[sheet+n], sheet",
    keys: "id"
  }
}
