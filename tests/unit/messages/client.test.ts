import { describe, expect, test, vi } from "vitest"
import { AskError, createPanelClient, createPortTransport } from "@/messages/client"
import { PROTOCOL_VERSION } from "@/messages/panel-protocol"
import { createRouter, type PanelHandlers } from "@/messages/router"
import { messageListener, portListener } from "@/messages/serve"
import { PANEL_PORT } from "@/messages/transport"
import { portPair } from "./ports"
import { bodies, EXTENSION, findings, goodHandlers, PANEL_SENDER } from "./samples"

/** A worker that can be stopped: all of its ports are cut and a new router starts. */
function createWorker(handlers: Partial<PanelHandlers> = {}) {
  const start = () => portListener(createRouter({ ...goodHandlers(), ...handlers }, EXTENSION))
  let accept = start()
  let ports: { cut(): void }[] = []
  return {
    starts: 0,
    connect() {
      const { page, worker } = portPair(PANEL_PORT)
      worker.sender = PANEL_SENDER
      ports.push(worker)
      this.starts++
      accept(worker)
      return page
    },
    kill() {
      for (const port of ports) port.cut()
      ports = []
      accept = start()
    }
  }
}

const client = (
  worker: { connect(): ReturnType<ReturnType<typeof createWorker>["connect"]> },
  quietMs?: number
) => createPanelClient(createPortTransport(() => worker.connect(), quietMs))

describe("client over the port", () => {
  test("asks and is answered, many at a time, each with its own", async () => {
    const worker = createWorker({
      "packs/report-damage": async ({ id }) => ({ packs: [], complete: false, sentence: id, notices: [] })
    })
    const panel = client(worker)
    const answers = await Promise.all([
      panel.ask("engine/suggest", { documents: [{ doc: "a", text: "Hypertension" }] }),
      ...["a", "b", "c"].map((id) => panel.ask("packs/report-damage", { id }))
    ])
    expect(answers[0]).toEqual(findings)
    expect(answers.slice(1).map((a) => (a as { sentence: string }).sentence)).toEqual(["a", "b", "c"])
    expect(worker.starts).toBe(1)
  })

  test("a worker stopped between requests is connected again", async () => {
    const worker = createWorker()
    const panel = client(worker)
    await panel.ask("worker/ping", {})
    worker.kill()
    await panel.ask("worker/ping", {})
    worker.kill()
    await expect(panel.ask("worker/ping", {})).resolves.toEqual({ startedAt: 1 })
    expect(worker.starts).toBe(3)
  })

  test("a worker stopped in the middle of a request gets it once more", async () => {
    let calls = 0
    const worker = createWorker({
      "engine/suggest": () => {
        calls++
        if (calls > 1) return Promise.resolve(findings)
        worker.kill()
        return new Promise(() => {})
      }
    })
    const answer = await client(worker).ask("engine/suggest", bodies["engine/suggest"] as never)
    expect(answer).toEqual(findings)
    expect(calls).toBe(2)
  })

  test("a request that stops the worker each time is sent five times, and no more", async () => {
    let calls = 0
    const worker = createWorker({
      "packs/status": () => {
        calls++
        worker.kill()
        return new Promise(() => {})
      }
    })
    const failure = await client(worker)
      .ask("packs/status", {})
      .catch((error) => error)
    expect(failure).toBeInstanceOf(AskError)
    expect(failure).toMatchObject({
      code: "disconnected",
      message: expect.stringContaining("again and again")
    })
    expect(calls).toBe(5)
  })

  test("gives up after the timeout, and does not send the request again afterwards", async () => {
    let calls = 0
    const worker = createWorker({
      "packs/status": () => {
        calls++
        return new Promise(() => {})
      }
    })
    const panel = client(worker)
    const failure = await panel.ask("packs/status", {}, { timeoutMs: 20 }).catch((error) => error)
    expect(failure).toMatchObject({
      name: "AskError",
      code: "timeout",
      message: expect.stringContaining("1 seconds")
    })
    worker.kill()
    await panel.ask("worker/ping", {})
    expect(calls).toBe(1)
  })

  test("says so when the extension is gone", async () => {
    const panel = createPanelClient(
      createPortTransport(() => {
        throw new Error("Extension context invalidated.")
      })
    )
    await expect(panel.ask("worker/ping", {})).rejects.toMatchObject({ code: "disconnected" })
  })

  test("refusals come as AskError with code and sentence", async () => {
    const failure = await client(createWorker())
      .ask("sites/enable", { origin: "not an origin" })
      .catch((error) => error)
    expect(failure).toMatchObject({ name: "AskError", code: "bad-request" })
  })

  test("a port that nobody serves and nobody cuts is given up, and the request asked anew", async () => {
    const worker = createWorker()
    let dead = 0
    const panel = client(
      {
        // As Chromium leaves it when a worker is stopped while it is being started.
        connect: () => (dead++ < 2 ? portPair(PANEL_PORT).page : worker.connect())
      },
      10
    )
    await expect(panel.ask("worker/ping", {})).resolves.toEqual({ startedAt: 1 })
    expect(dead).toBe(3)
  })

  test("a worker that is long at its work but answers a ping is left at it", async () => {
    let calls = 0
    const worker = createWorker({
      "packs/status": async () => {
        calls++
        await new Promise((resolve) => setTimeout(resolve, 150))
        return { packs: [], complete: false, sentence: "late", notices: [] }
      }
    })
    await expect(client(worker, 20).ask("packs/status", {})).resolves.toMatchObject({ sentence: "late" })
    expect(calls).toBe(1)
    expect(worker.starts).toBe(1)
  })

  test("without a request there is no timer", async () => {
    vi.useFakeTimers()
    try {
      const panel = client(createWorker(), 10)
      const answer = panel.ask("worker/ping", {})
      await vi.advanceTimersByTimeAsync(0)
      await answer
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test("close lets nothing hang", async () => {
    const worker = createWorker({ "packs/status": () => new Promise(() => {}) })
    const panel = client(worker)
    const open = panel.ask("packs/status", {})
    panel.close()
    await expect(open).rejects.toMatchObject({ code: "disconnected" })
  })
})

describe("port listener", () => {
  test("hangs up on ports of other names", async () => {
    const { page, worker } = portPair("something-else")
    const gone = vi.fn()
    page.onDisconnect.addListener(gone)
    portListener(createRouter(goodHandlers(), EXTENSION))(worker)
    await vi.waitFor(() => expect(gone).toHaveBeenCalled())
  })

  test("an answer that cannot be sent becomes a refusal, not silence", async () => {
    const worker = createWorker({
      // A function cannot be cloned; the schema lets unknown fields of a reply pass.
      "worker/ping": async () => ({ startedAt: 1, extra: () => 1 })
    })
    await expect(client(worker).ask("worker/ping", {})).rejects.toMatchObject({ code: "internal" })
  })
})

describe("single messages", () => {
  const listener = messageListener(createRouter(goodHandlers(), EXTENSION))
  const send = (kind: keyof typeof bodies) =>
    new Promise<unknown>((resolve) =>
      expect(listener({ v: PROTOCOL_VERSION, kind, body: bodies[kind] }, PANEL_SENDER, resolve)).toBe(true)
    )

  test("are answered, but never when they carry note text", async () => {
    expect(await send("worker/ping")).toEqual({ ok: true, value: { startedAt: 1 } })
    expect(await send("engine/suggest")).toMatchObject({ ok: false, code: "not-allowed" })
  })
})
