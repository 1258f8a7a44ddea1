/** `assets/packs/packs.json`: what code sets, guidelines and lexicon the package carries. */
import * as z from "zod"

const entry = z.object({
  id: z.string().regex(/^[A-Za-z0-9.-]{1,100}$/),
  kind: z.enum(["codes", "lexicon", "guidelines"]),
  system: z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]).optional(),
  release: z.string(),
  effective: z.object({ from: z.iso.date(), to: z.iso.date().optional() }),
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,100}$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  complete: z.boolean().optional(),
  source: z.string()
})

export const packsList = z.array(entry)
export type PackagedPack = z.output<typeof entry>
