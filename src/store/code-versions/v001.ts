import type { DatabaseVersion } from "../versions"

/** Packs as one Blob each, and which of them counts. */
export const v001: DatabaseVersion = {
  version: 1,
  stores: { packs: "key, id", active: "id" }
}
