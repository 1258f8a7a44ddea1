import type { DatabaseVersion } from "../versions"
import { v001 } from "./v001"

/** Every version of `chartside-code`, oldest first. */
export const codeVersions: readonly DatabaseVersion[] = [v001]
