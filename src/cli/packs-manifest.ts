/** packs.json: the list of what stands compiled in a pack folder. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const packEntrySchema = z.object({
  id: z.string().regex(/^[a-zA-Z0-9.-]+$/),
  kind: z.enum(["codes", "lexicon", "guidelines"]),
  system: z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]).optional(),
  release: z.string(),
  effective: z.object({ from: isoDate, to: isoDate.optional() }),
  /** File name inside the same folder. */
  file: z.string().regex(/^[a-zA-Z0-9.-]+$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  codes: z.int().nonnegative().optional(),
  billable: z.int().nonnegative().optional(),
  complete: z.boolean().optional(),
  remarks: z.array(z.string()).optional(),
  borrowedFrom: z.string().optional(),
  /** Where it came from: "local-release", "pypi:simple-icd-10-cm" ... */
  source: z.string(),
  /** SHA-256 over what went in (source files, compiler format): unchanged means nothing to build. */
  inputs: z.string().optional(),
  /** SHA-256 over the code of the compiler that made it, and its format version. */
  compiler: z.string().optional(),
  format: z.int().optional()
})

const packsManifestSchema = z.array(packEntrySchema)

export type PackEntry = z.infer<typeof packEntrySchema>
export type PacksManifest = PackEntry[]

/** packs.json is missing, unreadable or not as it should be. The message is a plain sentence. */
export class PacksManifestError extends Error {
  override name = "PacksManifestError"
  constructor(
    message: string,
    readonly missing: boolean
  ) {
    super(message)
  }
}

/** A pack file that is missing or damaged. The message is a plain sentence. */
export class PackFileError extends Error {
  override name = "PackFileError"
}

/** @throws PacksManifestError */
export function readPacksManifest(dir: string): PacksManifest {
  const file = join(dir, "packs.json")
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT"
    throw new PacksManifestError(missing ? `there is no ${file}` : `${file} cannot be read`, missing)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new PacksManifestError(`${file} is not valid JSON`, false)
  }
  const parsed = packsManifestSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new PacksManifestError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`, false)
  }
  return parsed.data
}
