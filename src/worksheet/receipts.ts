/**
 * The history of decisions as a chain: each receipt carries the SHA-256 of the one before, so that nothing can be
 * changed, left out or put in later without being seen. No receipt holds a word of a note: evidence is a keyed
 * hash with its offsets. Pure, but asynchronous (WebCrypto).
 */
import * as z from "zod"

export const RECEIPT_FORMAT = "chartside-receipts-1"

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const short = z.string().max(300)
const system = z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"])

export const RECEIPT_ACTIONS = [
  "accept",
  "remove",
  "replace",
  "move",
  "change",
  "override",
  "dismiss",
  "restore",
  "fill",
  "undo-fill",
  "undo",
  "redo"
] as const
export type ReceiptAction = (typeof RECEIPT_ACTIONS)[number]

const bodySchema = z.strictObject({
  /** 1 for the first of a worksheet. */
  n: z.int().min(1),
  /** UTC, ISO 8601. */
  time: z.iso.datetime(),
  action: z.enum(RECEIPT_ACTIONS),
  /** undefined for what concerns no single code (a fill of all lines). */
  code: z.strictObject({ system, code: short }).optional(),
  /** Code-set release that the code was taken from. */
  release: z.strictObject({ pack: short, sha256: z.string().max(64) }).optional(),
  /** What it was about: place, reason, field of the line, outcome of a fill. Ids and numbers, never text of a page. */
  about: z.record(z.string().max(40), z.union([short, z.number(), z.boolean()])).optional(),
  /** Ids of rules that spoke for or against the code. */
  rules: z.array(short).max(50),
  /** Where the words stood, in UTF-16 units of the document, and a keyed hash of the words. */
  evidence: z.array(z.strictObject({ mark: hash, start: z.int().min(0), end: z.int().min(0) })).max(100),
  /** Hash of the receipt before; 64 zeros before the first. */
  previous: hash
})

export const receiptSchema = bodySchema.extend({ hash })
export type ReceiptBody = z.infer<typeof bodySchema>
export type Receipt = z.infer<typeof receiptSchema>
/** What is known when a decision is made; number and links come with sealing. */
export type ReceiptDraft = Omit<ReceiptBody, "n" | "previous">

export const FIRST = "0".repeat(64)

/** Where a chain ends: kept apart from it, so that receipts cut off at the end are missed. */
export interface Head {
  count: number
  hash: string
}

export const NO_RECEIPTS: Head = { count: 0, hash: FIRST }

export const exportSchema = z.strictObject({
  format: z.literal(RECEIPT_FORMAT),
  exportedAt: z.iso.datetime(),
  head: z.strictObject({ count: z.int().min(0), hash }),
  /** Keyed hash of the head; only the installation that wrote it can say whether it is right. */
  seal: hash.optional(),
  receipts: z.array(receiptSchema)
})
export type ReceiptExport = z.infer<typeof exportSchema>

/** The same bytes for the same content: keys in order, at every depth. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`
}

export async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return hex(bytes)
}

export const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")

/** Links drafts behind a head, in order. */
export async function seal(
  head: Head,
  drafts: readonly ReceiptDraft[]
): Promise<{ receipts: Receipt[]; head: Head }> {
  const receipts: Receipt[] = []
  let now = head
  for (const draft of drafts) {
    const body: ReceiptBody = { ...draft, n: now.count + 1, previous: now.hash }
    const receipt: Receipt = { ...body, hash: await sha256(canonical(body)) }
    receipts.push(receipt)
    now = { count: receipt.n, hash: receipt.hash }
  }
  return { receipts, head: now }
}

export type Verified = { ok: true; count: number } | { ok: false; at: number; why: string }

/**
 * Is the chain whole and unchanged?
 * @param receipts anything; what is no receipt is named by its place
 * @param head where it should end, if that is known
 */
export async function verify(receipts: readonly unknown[], head?: Head): Promise<Verified> {
  let now = NO_RECEIPTS
  for (const [at, candidate] of receipts.entries()) {
    const parsed = receiptSchema.safeParse(candidate)
    if (!parsed.success) return { ok: false, at: at + 1, why: "is not a receipt" }
    const { hash: said, ...body } = parsed.data
    if (body.n !== now.count + 1)
      return {
        ok: false,
        at: at + 1,
        why: `has the number ${body.n}: one is missing, doubled or out of order`
      }
    if (body.previous !== now.hash)
      return { ok: false, at: at + 1, why: "does not follow from the receipt before it" }
    if ((await sha256(canonical(body))) !== said)
      return { ok: false, at: at + 1, why: "was changed after it was written" }
    now = { count: body.n, hash: said }
  }
  if (head && (head.count !== now.count || head.hash !== now.hash))
    return {
      ok: false,
      at: now.count + 1,
      why: `is missing, or the end was changed: the chain ends at ${now.count}, its head says ${head.count}`
    }
  return { ok: true, count: now.count }
}

/** Reads and verifies an exported file. */
export async function verifyExport(text: string): Promise<Verified> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, at: 0, why: "this is no JSON file" }
  }
  const parsed = exportSchema
    .omit({ receipts: true })
    .extend({ receipts: z.array(z.unknown()) })
    .safeParse(json)
  if (!parsed.success) return { ok: false, at: 0, why: "this is no file of Chartside receipts" }
  return verify(parsed.data.receipts, parsed.data.head)
}
