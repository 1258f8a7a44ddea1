/** What a compiled guideline book (`guidelines-FY2026.json`) must look like; exactly `GuidelineBook`. */
import * as z from "zod"
import type { GuidelineBook } from "./guidelines-api"

const section = z.object({
  id: z.string().min(1),
  parent: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  codes: z.array(z.string())
})

export const guidelineBookSchema: z.ZodType<GuidelineBook> = z.object({
  release: z.string().min(1),
  system: z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]),
  effective: z.object({ from: z.iso.date(), to: z.iso.date().optional() }),
  source: z.string(),
  sections: z.array(section).min(1)
})
