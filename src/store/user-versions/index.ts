import type { DatabaseVersion } from "../versions"
import { v001 } from "./v001"

/** Every version of `chartside-user`, oldest first. */
export const userVersions: readonly DatabaseVersion[] = [v001]
