import * as fc from "fast-check"
import { describe, expect, test, vi } from "vitest"
import type { PanelKind } from "@/messages/panel-protocol"
import { requestSchemas } from "@/messages/panel-schemas"
import { createRouter, PanelError, type PanelHandlers } from "@/messages/router"
import { isReply } from "@/messages/transport"
import { bodies, EXTENSION, findings, goodHandlers, PANEL_SENDER } from "./samples"

const kinds = Object.keys(requestSchemas) as PanelKind[]
const router = (changes: Partial<PanelHandlers> = {}, options = {}) =>
  createRouter({ ...goodHandlers(), ...changes }, { ...EXTENSION, ...options })

describe("router", () => {
  test.each(kinds)("answers %s over the port", async (kind) => {
    const reply = await router().answer({ v: 1, kind, body: bodies[kind] }, PANEL_SENDER, "port")
    expect(reply).toMatchObject({ ok: true })
  })

  test("gives fields of a newer engine on, and keeps what the schema knows", async () => {
    const newer = { ...findings, future: [1] }
    const reply = await router({ "engine/suggest": async () => newer }).answer(
      { v: 1, kind: "engine/suggest", body: bodies["engine/suggest"] },
      PANEL_SENDER,
      "port"
    )
    expect(reply).toEqual({ ok: true, value: newer })
  })

  test.each([
    ["a content script", { id: "abcdef", url: "https://ehr.example/chart", origin: "https://ehr.example" }],
    [
      "another extension",
      { id: "other", url: "chrome-extension://other/p.html", origin: "chrome-extension://other" }
    ],
    ["our id with a foreign page", { ...PANEL_SENDER, url: "https://ehr.example/" }],
    ["our page with a foreign origin", { ...PANEL_SENDER, origin: "null" }],
    ["an origin that only starts like ours", { id: "abcdef", url: "chrome-extension://abcdefg/p.html" }],
    ["nobody", undefined],
    ["an id without a place", { id: "abcdef" }]
  ])("refuses %s", async (_, sender) => {
    for (const kind of kinds) {
      const handlers = goodHandlers()
      const spy = vi.spyOn(handlers, kind)
      const message = { v: 1, kind, body: bodies[kind] }
      for (const via of ["port", "message"] as const) {
        const reply = await createRouter(handlers, EXTENSION).answer(message, sender, via)
        expect(reply, `${kind} by ${via}`).toMatchObject({ ok: false, code: "not-allowed" })
      }
      expect(spy, kind).not.toHaveBeenCalled()
    }
  })

  test("takes note text only over the port", async () => {
    const message = { v: 1, kind: "engine/suggest", body: bodies["engine/suggest"] }
    expect(await router().answer(message, PANEL_SENDER, "message")).toMatchObject({ code: "not-allowed" })
    expect(await router().answer(message, PANEL_SENDER, "port")).toMatchObject({ ok: true })
  })

  test.each([
    ["another version", { v: 2, kind: "packs/status", body: {} }, "bad-request"],
    ["no version", { kind: "packs/status", body: {} }, "bad-request"],
    ["an unknown kind", { v: 1, kind: "packs/delete-all", body: {} }, "unknown-kind"],
    ["a kind from the prototype", { v: 1, kind: "constructor", body: {} }, "unknown-kind"],
    ["no body", { v: 1, kind: "packs/status" }, "bad-request"],
    ["an unknown key", { v: 1, kind: "packs/status", body: { all: true } }, "bad-request"],
    ["a day that is none", { v: 1, kind: "packs/ensure", body: { date: "2026-02-30" } }, "bad-request"],
    ["a pattern for an origin", { v: 1, kind: "sites/enable", body: { origin: "https://*" } }, "bad-request"],
    ["a URL for an origin", { v: 1, kind: "sites/enable", body: { origin: "https://a.b/c" } }, "bad-request"],
    ["no packs", { v: 1, kind: "packs/activate", body: { keys: [] } }, "bad-request"],
    [
      "more packs than there are",
      { v: 1, kind: "packs/activate", body: { keys: Array(51).fill("a") } },
      "bad-request"
    ],
    ["a pack without a name", { v: 1, kind: "packs/remove", body: { id: "" } }, "bad-request"],
    [
      "packs by another name",
      { v: 1, kind: "packs/remove", body: { id: ["icd10cm-FY2026"] } },
      "bad-request"
    ],
    ["a file", { v: 1, kind: "sites/enable", body: { origin: "file:///etc" } }, "bad-request"]
  ])("refuses %s", async (_, message, code) => {
    expect(await router().answer(message, PANEL_SENDER, "port")).toMatchObject({ ok: false, code })
  })

  test("says where a request is wrong without saying what stood there", async () => {
    const secret = "Jane Q. Patient, metastatic melanoma"
    const body = { documents: [{ doc: "a", text: "x", date: secret }] }
    const reply = await router().answer({ v: 1, kind: "engine/suggest", body }, PANEL_SENDER, "port")
    expect(reply).toMatchObject({ code: "bad-request", message: expect.stringContaining("documents.0.date") })
    expect(JSON.stringify(reply)).not.toContain("melanoma")
  })

  test("an error thrown with note text in it leaves neither by reply nor by log", async () => {
    const log: string[] = []
    const onFault = (...words: string[]) => void log.push(...words)
    const failing = router(
      {
        "engine/suggest": async ({ documents }) => {
          throw new TypeError(`cannot read ${documents[0]?.text}`)
        }
      },
      { onFault }
    )
    const message = { v: 1, kind: "engine/suggest", body: bodies["engine/suggest"] }
    const reply = await failing.answer(message, PANEL_SENDER, "port")
    expect(reply).toMatchObject({ ok: false, code: "internal" })
    expect(JSON.stringify(reply) + log.join()).not.toContain("Hypertension")
    expect(log).toEqual(["engine/suggest", "TypeError"])
  })

  test("a PanelError keeps its code and sentence; a synchronous throw is caught too", async () => {
    const failing = router({
      "packs/status": () => {
        throw new PanelError("no-pack", "No code set is installed.")
      }
    })
    const reply = await failing.answer({ v: 1, kind: "packs/status", body: {} }, PANEL_SENDER, "port")
    expect(reply).toEqual({ ok: false, code: "no-pack", message: "No code set is installed." })
  })

  test("an answer that does not fit is not passed on", async () => {
    const wrong = { ...findings, suggestions: [{ code: "I10" }] }
    const failing = router({ "engine/suggest": async () => wrong as unknown as typeof findings })
    const message = { v: 1, kind: "engine/suggest", body: bodies["engine/suggest"] }
    expect(await failing.answer(message, PANEL_SENDER, "port")).toMatchObject({ ok: false, code: "internal" })
  })

  test("a handler that hangs is answered for", async () => {
    const hanging = router({ "packs/ensure": () => new Promise(() => {}) }, { deadlineMs: 10 })
    const reply = await hanging.answer({ v: 1, kind: "packs/ensure", body: {} }, PANEL_SENDER, "port")
    expect(reply).toMatchObject({ ok: false, code: "internal" })
  })

  test("whatever comes in, exactly one reply goes out and no handler sees what the schema refuses", async () => {
    const seen: unknown[] = []
    const recording = Object.fromEntries(
      Object.entries(goodHandlers()).map(([kind, handler]) => [
        kind,
        (body: unknown) => {
          seen.push([kind, body])
          return (handler as (body: unknown) => unknown)(body)
        }
      ])
    ) as unknown as PanelHandlers
    const fuzzed = createRouter(recording, EXTENSION)
    const body = fc.oneof(fc.anything(), fc.constantFrom(...Object.values(bodies)))
    const message = fc.oneof(
      fc.anything(),
      fc.record({
        v: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.anything()),
        kind: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...kinds) }, fc.anything()),
        body
      })
    )
    const sender = fc.oneof(
      { weight: 4, arbitrary: fc.constant(PANEL_SENDER) },
      { weight: 1, arbitrary: fc.anything() as fc.Arbitrary<undefined> }
    )
    await fc.assert(
      fc.asyncProperty(
        message,
        sender,
        fc.constantFrom("port" as const, "message" as const),
        async (m, s, via) => {
          seen.length = 0
          const reply = await fuzzed.answer(m, s, via)
          expect(isReply(reply)).toBe(true)
          expect(seen.length).toBe(reply.ok ? 1 : 0)
          for (const entry of seen) {
            const [kind, got] = entry as [PanelKind, unknown]
            expect(requestSchemas[kind].safeParse(got).success).toBe(true)
          }
        }
      ),
      { numRuns: 1000 }
    )
  })
})
