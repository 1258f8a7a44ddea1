import * as fc from "fast-check"
import { describe, expect, test, vi } from "vitest"
import {
  chartGuards,
  formGuards,
  isChartEvent,
  isPageReading,
  isPageReply,
  isPageRequest,
  isPageStop,
  isPaintSpan
} from "@/messages/page-guards"
import type { ChartRequests, FormRequests, PageReading, PageRequest } from "@/messages/page-protocol"
import { CHART_PORT, FORM_PORT } from "@/messages/page-protocol"
import { createPagePort } from "@/messages/page-rpc"
import { portPair } from "./ports"

const reading: PageReading = {
  url: "https://ehr.example/chart",
  title: "Chart",
  top: true,
  texts: [{ source: "main", kind: "page", label: "Progress note", text: "Hypertension.", version: 1 }],
  identity: { changeKey: "k", sex: "female" },
  foreignFrames: [],
  leftOut: 0
}

function chart(answer: (request: PageRequest) => unknown, options = {}) {
  const { page: panelEnd, worker: pageEnd } = portPair(CHART_PORT)
  pageEnd.onMessage.addListener((message) => {
    const reply = answer(message as PageRequest)
    if (reply !== undefined) pageEnd.postMessage(reply)
  })
  return { port: createPagePort<ChartRequests>(() => panelEnd, { guards: chartGuards, ...options }), pageEnd }
}

describe("page port", () => {
  test("answers reach their own request in any order", async () => {
    const open: PageRequest[] = []
    const { port, pageEnd } = chart((request) => void open.push(request))
    const read = port.ask("read", {})
    const paint = port.ask("paint", { spans: [], active: [] })
    await vi.waitFor(() => expect(open).toHaveLength(2))
    pageEnd.postMessage({ id: open[1]?.id, ok: true, value: { painted: 0, missed: 0 } })
    pageEnd.postMessage({ id: open[0]?.id, ok: true, value: reading })
    expect(await read).toEqual(reading)
    expect(await paint).toEqual({ painted: 0, missed: 0 })
  })

  test("a refusal of the page keeps its code and sentence", async () => {
    const { port } = chart(({ id }) => ({ id, ok: false, code: "stale", message: "The text changed." }))
    await expect(port.ask("read", {})).rejects.toMatchObject({ code: "stale", message: "The text changed." })
  })

  test("a page that was taken over cannot fill the panel with its words", async () => {
    const endless = "x".repeat(1_000_000)
    const { port } = chart(({ id }) => ({ id, ok: false, code: endless, message: endless }))
    const error = await port.ask("read", {}).catch((thrown: Error & { code: string }) => thrown)
    expect(error).toMatchObject({ message: `${"x".repeat(299)}…`, code: `${"x".repeat(59)}…` })
  })

  test("an answer of the wrong shape is refused", async () => {
    const { port } = chart(({ id }) => ({ id, ok: true, value: { ...reading, texts: "all" } }))
    await expect(port.ask("read", {})).rejects.toMatchObject({ code: "bad-answer" })
  })

  test("times out with a sentence, and a late answer hurts nobody", async () => {
    const open: PageRequest[] = []
    const { port, pageEnd } = chart((request) => void open.push(request), { timeoutMs: 10 })
    await expect(port.ask("read", {})).rejects.toMatchObject({ code: "timeout" })
    pageEnd.postMessage({ id: open[0]?.id, ok: true, value: reading })
    const again = port.ask("read", {}, { timeoutMs: 0 })
    await vi.waitFor(() => expect(open).toHaveLength(2))
    pageEnd.postMessage({ id: open[1]?.id, ok: true, value: reading })
    expect(await again).toEqual(reading)
  })

  test("when the page goes, open requests fail once, the owner is told, and nothing is sent again", async () => {
    const onDisconnect = vi.fn()
    const asked = vi.fn()
    const { port, pageEnd } = chart(() => void asked(), { onDisconnect })
    const open = port.ask("read", {})
    await vi.waitFor(() => expect(asked).toHaveBeenCalled())
    pageEnd.cut()
    await expect(open).rejects.toMatchObject({ code: "gone" })
    await expect(port.ask("read", {})).rejects.toMatchObject({ code: "gone" })
    expect(onDisconnect).toHaveBeenCalledTimes(1)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(port.connected).toBe(false)
  })

  test("close is quiet", async () => {
    const onDisconnect = vi.fn()
    const { port } = chart(() => undefined, { onDisconnect })
    const open = port.ask("read", {})
    port.close()
    await expect(open).rejects.toMatchObject({ code: "gone" })
    expect(onDisconnect).not.toHaveBeenCalled()
  })

  test("events are told, other noise is not", async () => {
    const onEvent = vi.fn()
    const { pageEnd } = chart(() => undefined, { onEvent })
    for (const noise of [{ event: "changed" }, { event: "evil" }, 7, null, { id: 99, ok: true, value: 1 }]) {
      pageEnd.postMessage(noise)
    }
    pageEnd.postMessage({ event: "identity" })
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalledTimes(2))
    expect(onEvent.mock.calls.flat()).toEqual([{ event: "changed" }, { event: "identity" }])
  })

  test("the form port takes null for no field", async () => {
    const { page, worker } = portPair(FORM_PORT)
    worker.onMessage.addListener((m) =>
      worker.postMessage({ id: (m as PageRequest).id, ok: true, value: null })
    )
    const port = createPagePort<FormRequests>(() => page, { guards: formGuards })
    expect(await port.ask("focused", {})).toBeNull()
  })
})

describe("guards", () => {
  const all = [
    isPageRequest,
    isPageReply,
    isChartEvent,
    isPaintSpan,
    isPageReading,
    isPageStop,
    ...Object.values({ ...chartGuards, ...formGuards }).flatMap((guard) => [guard.in, guard.out])
  ] as ((value: unknown) => boolean)[]

  test("never throw and answer yes or no", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const guard of all) expect(typeof guard(value)).toBe("boolean")
      })
    )
  })

  test("a reading loses its standing with any one field broken", () => {
    expect(isPageReading(reading)).toBe(true)
    for (const key of ["url", "title", "top", "texts", "foreignFrames", "leftOut"] as const) {
      expect(isPageReading({ ...reading, [key]: undefined })).toBe(false)
    }
    expect(isPageReading({ ...reading, identity: { sex: "female" } })).toBe(false)
    expect(isPageReading({ ...reading, leftOut: -1 })).toBe(false)
    expect(isPageReading({ ...reading, texts: [{ ...reading.texts[0], kind: "frame" }] })).toBe(false)
  })

  test("frames that the coder may be asked to allow are whole sites, never patterns", () => {
    const naming = (...foreignFrames: string[]) => isPageReading({ ...reading, foreignFrames })
    expect(naming("https://labs.example", "http://localhost:8080")).toBe(true)
    for (const trick of [
      "https://*",
      "*://*",
      "<all_urls>",
      "https://a.example/",
      "https://a@b.example",
      "file://"
    ])
      expect(naming(trick)).toBe(false)
  })

  test("a span runs forwards", () => {
    const span = { source: "main", version: 1, start: 3, end: 9, quote: "abcdef", tier: "code" }
    expect(isPaintSpan(span)).toBe(true)
    expect(isPaintSpan({ ...span, end: 2 })).toBe(false)
    expect(isPaintSpan({ ...span, start: 1.5 })).toBe(false)
    expect(isPaintSpan({ ...span, tier: "loud" })).toBe(false)
  })
})
