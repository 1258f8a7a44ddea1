/** Checks the lexicon of drugs, supplies and procedures (build time and imports only; see lexicon-schema.ts). */
import * as z from "zod"

const text = z.string().min(1).max(300)
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}\\.[a-z0-9]+([.-][a-z0-9]+)*$`))
const lower = text.refine((s) => s === s.toLowerCase() && s === s.trim(), "must be lower case and trimmed")
const phrases = z.array(lower).min(1)

export const drugBrand = z.strictObject({ id: id("brand"), generic: lower, brands: phrases })

export const servicePhrase = z.strictObject({
  id: id("serv"),
  text: lower,
  says: z.enum(["given", "supplied", "ordered", "done", "elsewhere"])
})

const hcpcsCode = z.string().regex(/^[A-V]\d{4}$/, "must be a HCPCS code")

export const supply = z
  .strictObject({
    id: id("supply"),
    terms: phrases,
    except: phrases.optional(),
    codes: z.array(z.strictObject({ code: hcpcsCode, words: phrases.optional() })).min(1),
    needs: z.enum(["given", "supplied"]),
    examples: z.strictObject({
      fires: z.array(z.strictObject({ text, code: hcpcsCode })).min(1),
      quiet: z.array(text).min(1)
    })
  })
  .refine((s) => s.codes.some(({ words }) => !words), "one code without words is the default")

const beginning = z.string().regex(/^[0-9A-HJ-NP-Z]{3,7}$/, "must be 3 to 7 characters of an ICD-10-PCS code")

export const pcsProcedure = z.strictObject({
  id: id("pcs"),
  terms: phrases,
  with: phrases.optional(),
  without: phrases.optional(),
  anywhere: phrases.optional(),
  nowhere: phrases.optional(),
  begins: z.array(beginning).min(1),
  implies: z.record(z.string().regex(/^[4-7]$/), z.string().regex(/^[0-9A-HJ-NP-Z]$/)).optional(),
  rank: z.int().optional(),
  examples: z.strictObject({
    fires: z.array(z.strictObject({ text, code: beginning })).min(1),
    quiet: z.array(text)
  })
})

export const pcsWord = z.strictObject({
  id: id("pcsw"),
  text: lower,
  position: z.int().min(4).max(7),
  labels: z.array(text).min(1),
  tables: z
    .array(z.string().regex(/^[0-9A-HJ-NP-Z]{1,3}$/))
    .min(1)
    .optional()
})
