import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  canonical,
  NO_RECEIPTS,
  RECEIPT_FORMAT,
  type Receipt,
  type ReceiptDraft,
  seal,
  sha256,
  verify,
  verifyExport
} from "@/worksheet/receipts"

const draft = (code: string, more: Partial<ReceiptDraft> = {}): ReceiptDraft => ({
  time: "2026-03-14T09:00:00.000Z",
  action: "accept",
  code: { system: "ICD-10-CM", code },
  release: { pack: "icd10cm-FY2026", sha256: "aa" },
  rules: ["syn.dm2"],
  evidence: [{ mark: "0".repeat(64), start: 3, end: 9 }],
  ...more
})

async function chain(): Promise<{ receipts: Receipt[]; head: { count: number; hash: string } }> {
  const first = await seal(NO_RECEIPTS, [draft("E11.9"), draft("I10", { action: "dismiss" })])
  const then = await seal(first.head, [draft("I10", { action: "restore" }), draft("J44.9")])
  return { receipts: [...first.receipts, ...then.receipts], head: then.head }
}

describe("the chain of receipts", () => {
  it("holds as it was written, whole or sealed piece by piece", async () => {
    const { receipts, head } = await chain()
    expect(receipts.map(({ n }) => n)).toEqual([1, 2, 3, 4])
    expect(await verify(receipts, head)).toEqual({ ok: true, count: 4 })
    expect(await verify([], NO_RECEIPTS)).toEqual({ ok: true, count: 0 })
    // What a chain says does not depend on the order of its fields.
    const turned = receipts.map((each) => Object.fromEntries(Object.entries(each).reverse()))
    expect(await verify(turned, head)).toEqual({ ok: true, count: 4 })
  })

  it("shows any change of any field of any receipt", async () => {
    const { receipts, head } = await chain()
    const leaves = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, entry]) => leaves(entry, [...path, key]))
        : [path]
    for (const path of leaves(receipts)) {
      const forged = structuredClone(receipts) as unknown as Record<string, unknown>
      let at = forged
      for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
      const last = path.at(-1)!
      const old = at[last]
      at[last] =
        typeof old === "number" ? old + 1 : `${String(old).slice(0, -1)}${String(old).endsWith("1") ? 2 : 1}`
      expect(await verify(forged as unknown as Receipt[], head), path.join(".")).toMatchObject({ ok: false })
    }
  })

  it("shows what is left out, doubled, turned round, put in or cut off", async () => {
    const { receipts, head } = await chain()
    const [a, b, c, d] = receipts as [Receipt, Receipt, Receipt, Receipt]
    for (const forged of [
      [b, c, d],
      [a, c, d],
      [a, b, b, c, d],
      [b, a, c, d],
      [a, b, c],
      [],
      [a, b, c, d, d]
    ])
      expect(await verify(forged, head)).toMatchObject({ ok: false })
    // Without the head an end that was cut off cannot be seen: that is what the head is for.
    expect(await verify([a, b, c])).toEqual({ ok: true, count: 3 })
  })

  it("a receipt put in with a hash of its own breaks the one behind it", async () => {
    const { receipts, head } = await chain()
    const { hash: _, ...body } = { ...receipts[1]!, code: { system: "ICD-10-CM" as const, code: "I11.9" } }
    const forged = { ...body, hash: await sha256(canonical(body)) }
    expect(await verify([receipts[0], forged, receipts[2], receipts[3]], head)).toEqual({
      ok: false,
      at: 3,
      why: "does not follow from the receipt before it"
    })
  })

  it("reads an exported file, and says what is none", async () => {
    const { receipts, head } = await chain()
    const file = { format: RECEIPT_FORMAT, exportedAt: "2026-03-14T10:00:00.000Z", head, receipts }
    expect(await verifyExport(JSON.stringify(file))).toEqual({ ok: true, count: 4 })
    expect(await verifyExport("{")).toMatchObject({ ok: false, at: 0 })
    expect(await verifyExport("[]")).toMatchObject({ ok: false, at: 0 })
    const odd = { ...file, receipts: [...receipts.slice(0, 3), "x"] }
    expect(await verifyExport(JSON.stringify(odd))).toMatchObject({
      ok: false,
      at: 4,
      why: "is not a receipt"
    })
    expect(await verifyExport(JSON.stringify({ ...file, receipts: receipts.slice(0, 3) }))).toMatchObject({
      at: 4
    })
  })

  it("canonical JSON does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = JSON.parse(JSON.stringify(value), (_, entry) =>
          typeof entry === "object" && entry !== null && !Array.isArray(entry)
            ? Object.fromEntries(Object.entries(entry).reverse())
            : entry
        )
        expect(canonical(turned)).toBe(canonical(JSON.parse(JSON.stringify(value))))
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      })
    )
  })
})
