/** A screen in jsdom, and what a person does with it. */
import axe from "axe-core"
import { act, type ReactElement } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, beforeEach, expect, vi } from "vitest"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

let root: Root | undefined

beforeEach(() => {
  // jsdom has no dialogs; the sheet is checked in a real browser.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})

export async function leaveScreen(): Promise<void> {
  await act(async () => root?.unmount())
  root = undefined
  document.body.innerHTML = ""
}

afterEach(leaveScreen)

export async function show(app: ReactElement): Promise<void> {
  const place = document.createElement("div")
  document.body.append(place)
  document.title = "Chartside"
  document.documentElement.lang = "en"
  root = createRoot(place)
  await act(async () => root!.render(app))
}

/** Waits for what a person would wait for: that `check` stops failing. */
export async function until<T>(check: () => T): Promise<T> {
  const flags = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  flags.IS_REACT_ACT_ENVIRONMENT = false
  try {
    return await vi.waitFor(check)
  } finally {
    flags.IS_REACT_ACT_ENVIRONMENT = true
  }
}

export const page = () => document.body.textContent ?? ""
export const seen = (text: string) => until(() => expect(page()).toContain(text))

export function button(name: string | RegExp): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>("button, a, [role=switch], [role=tab]")].find(
    (element) => {
      const label = element.getAttribute("aria-label") ?? element.textContent ?? ""
      return typeof name === "string" ? label.trim() === name : name.test(label)
    }
  )
  if (!found) throw new Error(`There is no button "${name}".`)
  return found
}

export const click = (name: string | RegExp) => act(async () => button(name).click())

export async function press(key: string, change: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...change }))
  })
}

export async function type(text: string): Promise<void> {
  const input = document.activeElement as HTMLInputElement
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!
  await act(async () => {
    setValue.call(input, text)
    input.dispatchEvent(new InputEvent("input", { bubbles: true }))
  })
}

/** What axe finds; colours are checked in a real browser. */
export async function barriers(): Promise<string[][]> {
  const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false } } })
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
