/** A browser with the page scripts in it, a small web server, and typed ends of the ports. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { extname, join, normalize } from "node:path"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import type { ChartRequests, FormRequests } from "@/messages/page-protocol"
import { CHART_PORT, FORM_PORT } from "@/messages/page-protocol"
import { findBrowser } from "../../../scripts/browser.mjs"
import { type BuiltRig, buildRig } from "./build"

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

type Answer<T> = { ok: true; value: T } | { ok: false; code: string; message: string }

export interface Port<R extends { [K in keyof R]: { in: unknown; out: unknown } }> {
  ask<K extends keyof R & string>(kind: K, body: R[K]["in"]): Promise<R[K]["out"]>
  /** Anything at all, well formed or not. */
  raw(kind: string, body: unknown): Promise<Answer<unknown>>
  post(message: unknown): Promise<void>
  /** Events since the last call. */
  events(): Promise<string[]>
  isOpen(): Promise<boolean>
  close(): Promise<void>
}

export interface Opened {
  page: Page
  tabId: number
  url: string
  chart(frameId?: number): Promise<Port<ChartRequests>>
  form(frameId?: number): Promise<Port<FormRequests>>
  frames(): Promise<{ frameId: number; url: string }[]>
}

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2"
}

export class Rig {
  readonly errors: string[] = []
  private readonly pages = new Map<string, string>()
  private folder: string | undefined

  private constructor(
    readonly context: BrowserContext,
    readonly driver: Page,
    readonly built: BuiltRig,
    private readonly server: Server,
    private readonly profile: string
  ) {}

  static async start(): Promise<Rig> {
    const built = await buildRig()
    const profile = mkdtempSync(join(tmpdir(), "chartside-pages-"))
    const executablePath = findBrowser()
    if (!executablePath) throw new Error("No Chromium found: install one or name it in CHARTSIDE_CHROMIUM.")
    const launch = () =>
      chromium.launchPersistentContext(profile, {
        executablePath,
        headless: false,
        viewport: { width: 1000, height: 700 },
        args: [...FLAGS, `--disable-extensions-except=${built.dir}`, `--load-extension=${built.dir}`]
      })
    let context = await launch()
    const workerOf = async () =>
      context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker", { timeout: 15_000 }))
    let worker = await workerOf().catch(() => undefined)
    if (!worker) {
      // One launch in about 60 never announces its worker (engineering notes 4).
      await context.close()
      context = await launch()
      worker = await workerOf()
    }
    const driver = await context.newPage()
    await driver.goto(`chrome-extension://${new URL(worker.url()).host}/driver.html`)
    await worker.evaluate(async () => {
      const registered = async () => (await chrome.scripting.getRegisteredContentScripts()).length > 0
      for (let i = 0; i < 200 && !(await registered()); i++) await new Promise((r) => setTimeout(r, 10))
    })
    const server = createServer((request, response) => rig.serve(request.url ?? "/", response))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const rig: Rig = new Rig(context, driver, built, server, profile)
    return rig
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  private serve(url: string, response: import("node:http").ServerResponse): void {
    const { pathname } = new URL(url, this.origin)
    const body = this.pages.get(pathname) ?? this.fileOf(pathname)
    response.setHeader("content-type", TYPES[extname(pathname)] ?? "text/html; charset=utf-8")
    if (body === undefined) response.statusCode = 404
    response.end(body ?? "")
  }

  private fileOf(pathname: string): Buffer | undefined {
    if (this.folder === undefined) return undefined
    const file = join(this.folder, normalize(decodeURIComponent(pathname)))
    return existsSync(file) && extname(file) !== "" ? readFileSync(file) : undefined
  }

  /** Files of a folder stand beside the pages that were put. */
  serveFolder(folder: string): void {
    this.folder = folder
  }

  /** Puts a document or script on the server. */
  put(path: string, body: string): string {
    this.pages.set(path, body)
    return this.origin + path
  }

  /** Opens a page with this body and waits until the reader is in it. */
  async open(body: string, path = `/page-${this.pages.size}`): Promise<Opened> {
    const whole = /^<!doctype/i.test(body)
      ? body
      : `<!doctype html><meta charset=utf-8><title>Chart</title><body>${body}`
    const { pathname } = new URL(path, this.origin)
    this.put(pathname, whole)
    return this.visit(this.origin + path)
  }

  async visit(url: string): Promise<Opened> {
    const page = await this.context.newPage()
    page.on("pageerror", (error) => this.errors.push(String(error)))
    await page.goto(url)
    await page.bringToFront()
    const tabId = await this.driver.evaluate(async (at) => {
      const tabs = await chrome.tabs.query({})
      return tabs.filter((tab) => (tab.pendingUrl ?? tab.url) === at || tab.url === at).at(-1)?.id ?? -1
    }, page.url())
    return {
      page,
      tabId,
      url,
      chart: (frameId = 0) => this.connect<ChartRequests>(tabId, frameId, CHART_PORT),
      form: async (frameId = 0) => {
        await this.driver.evaluate(([tab, frame]) => driver.inject(tab, "form.js", frame), [
          tabId,
          frameId
        ] as const)
        return this.connect<FormRequests>(tabId, frameId, FORM_PORT)
      },
      frames: () => this.driver.evaluate((tab) => driver.frames(tab), tabId)
    }
  }

  private async connect<R extends { [K in keyof R]: { in: unknown; out: unknown } }>(
    tabId: number,
    frameId: number,
    name: string
  ): Promise<Port<R>> {
    const handle = await this.driver.evaluate(([t, f, n]) => driver.open(t, f, n), [
      tabId,
      frameId,
      name
    ] as const)
    const raw = (kind: string, body: unknown) =>
      this.driver.evaluate(([h, k, b]) => driver.ask(h, k, b), [handle, kind, body] as const)
    return {
      raw,
      async ask(kind, body) {
        const answer = await raw(kind, body)
        if (!answer.ok) throw new Error(`${kind}: ${answer.code}: ${answer.message}`)
        return answer.value as never
      },
      post: (message) => this.driver.evaluate(([h, m]) => driver.post(h, m), [handle, message] as const),
      events: () => this.driver.evaluate((h) => driver.events(h), handle),
      isOpen: () => this.driver.evaluate((h) => driver.isOpen(h), handle),
      close: () => this.driver.evaluate((h) => driver.close(h), handle)
    }
  }

  async stop(): Promise<void> {
    await this.context.close()
    this.server.close()
    rmSync(this.profile, { recursive: true, force: true })
    rmSync(this.built.dir, { recursive: true, force: true })
  }
}

/** Asks until it holds; fails with what it saw last. */
export async function poll<T>(
  ask: () => Promise<T> | T,
  holds: (value: T) => boolean,
  ms = 8_000
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const value = await ask()
    if (holds(value)) return value
    if (Date.now() > end)
      throw new Error(`Waited ${ms} ms in vain; last: ${JSON.stringify(value)?.slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

declare global {
  var driver: {
    open(tabId: number, frameId: number, name: string): number
    ask(handle: number, kind: string, body: unknown): Promise<Answer<unknown>>
    post(handle: number, message: unknown): void
    events(handle: number): string[]
    isOpen(handle: number): boolean
    close(handle: number): void
    frames(tabId: number): Promise<{ frameId: number; url: string }[]>
    inject(tabId: number, file: string, frameId?: number): Promise<void>
    inWorld(tabId: number, source: string): Promise<[string, boolean][]>
    stop(tabId: number, origin: string): Promise<unknown>
  }
}
