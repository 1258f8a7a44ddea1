/**
 * Drives a page that Playwright does not list (the real side panel) over the DevTools protocol: messages
 * are tunnelled through the browser's session, and clicks and keys are real input events, so that they
 * count as gestures of the user.
 */
import { writeFileSync } from "node:fs"
import type { BrowserContext, CDPSession } from "playwright-core"

interface Answer {
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}

export async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser()
  if (browser) return browser.newBrowserCDPSession()
  const page = context.pages()[0] ?? (await context.newPage())
  return context.newCDPSession(page)
}

/** Polls `ask` until it gives a truthy value; throws with `what` after `timeout` ms. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false | null>,
  timeout = 30_000
) {
  const end = Date.now() + timeout
  for (;;) {
    const value = await ask()
    if (value) return value
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export class Target {
  private next = 1
  private readonly waiting = new Map<
    number,
    { resolve: (v: Record<string, unknown>) => void; reject: (e: Error) => void }
  >()
  /** Errors that the page threw or logged since it was attached. */
  readonly errors: string[] = []

  private constructor(
    private readonly session: CDPSession,
    private readonly sessionId: string,
    readonly targetId: string
  ) {}

  /** Attaches to the first target whose URL ends with `urlEnd`; waits until there is one. */
  static async attach(session: CDPSession, urlEnd: string, timeout = 30_000): Promise<Target> {
    const info = await until(
      `a page ${urlEnd}`,
      async () => {
        const { targetInfos } = await session.send("Target.getTargets", { filter: [{}] })
        return targetInfos.find((t) => t.url.split("?")[0]?.endsWith(urlEnd) && t.type !== "tab")
      },
      timeout
    )
    const { sessionId } = await session.send("Target.attachToTarget", {
      targetId: info.targetId,
      flatten: false
    })
    const target = new Target(session, sessionId, info.targetId)
    session.on("Target.receivedMessageFromTarget", (event) => {
      if (event.sessionId === sessionId) target.take(JSON.parse(event.message))
    })
    await target.send("Runtime.enable")
    await target.send("Page.enable")
    return target
  }

  private take(message: Answer & { method?: string; params?: Record<string, unknown> }) {
    if (message.id !== undefined) {
      const waiter = this.waiting.get(message.id)
      this.waiting.delete(message.id)
      if (message.error) waiter?.reject(new Error(message.error.message))
      else waiter?.resolve(message.result ?? {})
    } else if (message.method === "Runtime.exceptionThrown") {
      this.errors.push(JSON.stringify(message.params).slice(0, 500))
    } else if (message.method === "Runtime.consoleAPICalled" && message.params?.type === "error") {
      this.errors.push(JSON.stringify(message.params.args).slice(0, 500))
    }
  }

  /** Sends one protocol command; rejects with the browser's error. */
  send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = this.next++
    const answer = new Promise<Record<string, unknown>>((resolve, reject) =>
      this.waiting.set(id, { resolve, reject })
    )
    const message = JSON.stringify({ id, method, params })
    this.session
      .send("Target.sendMessageToTarget", { sessionId: this.sessionId, message })
      .catch((error: Error) => {
        this.waiting.get(id)?.reject(error)
        this.waiting.delete(id)
      })
    return answer
  }

  /** Value of an expression in the page (awaited if it is a promise). Throws what it threws. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true
    })
    const thrown = answer.exceptionDetails as
      | { exception?: { description?: string }; text?: string }
      | undefined
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text ?? "failed in the page")
    return (answer.result as { value: T }).value
  }

  /** Waits until the expression is truthy in the page and gives its value. */
  waitFor<T>(expression: string, timeout = 30_000): Promise<T> {
    return until(expression, () => this.evaluate<T>(expression), timeout) as Promise<T>
  }

  /** Middle of an element that has come to rest: a person does not press what is still moving either. */
  private middle(selector: string): Promise<{ x: number; y: number }> {
    return this.waitFor(`(async () => {
      const place = () => {
        const el = document.querySelector(${JSON.stringify(selector)})
        if (!el) return null
        el.scrollIntoView({ block: "nearest" })
        const box = el.getBoundingClientRect()
        return box.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null
      }
      const first = place()
      await new Promise((resolve) => setTimeout(resolve, 120))
      const second = place()
      return first && second && first.x === second.x && first.y === second.y ? second : null
    })()`)
  }

  async hover(selector: string): Promise<void> {
    await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...(await this.middle(selector)) })
  }

  async click(selector: string): Promise<void> {
    const at = await this.middle(selector)
    await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...at })
    for (const type of ["mousePressed", "mouseReleased"]) {
      await this.send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 })
    }
  }

  /** Presses a key ("Enter", "ArrowDown", "c"). */
  async press(key: string): Promise<void> {
    const codes: Record<string, number> = {
      Enter: 13,
      Escape: 27,
      ArrowDown: 40,
      ArrowUp: 38,
      Tab: 9,
      ArrowRight: 39
    }
    const windowsVirtualKeyCode = codes[key] ?? key.toUpperCase().charCodeAt(0)
    const text = key.length === 1 ? key : key === "Enter" ? "\r" : undefined
    await this.send("Input.dispatchKeyEvent", {
      type: "keyDown",
      key,
      windowsVirtualKeyCode,
      ...(text ? { text } : {})
    })
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode })
  }

  async type(text: string): Promise<void> {
    await this.send("Input.insertText", { text })
  }

  async screenshot(file: string): Promise<void> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" })
    writeFileSync(file, Buffer.from(data as string, "base64"))
  }
}
