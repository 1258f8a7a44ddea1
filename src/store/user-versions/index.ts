import type { DatabaseVersion } from "../versions"
import { v001 } from "./v001"
import { v002 } from "./v002"
import { v003 } from "./v003"

/** Every version of `chartside-user`, oldest first. */
export const userVersions: readonly DatabaseVersion[] = [v001, v002, v003]
