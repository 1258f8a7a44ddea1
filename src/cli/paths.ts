/** Where things stand in the repository, for the command line. */
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url))
export const PACKS_DIR = join(REPOSITORY, "assets", "packs")
export const CODESETS_DIR = join(REPOSITORY, "codesets")
export const CACHE_DIR = join(REPOSITORY, ".cache")
