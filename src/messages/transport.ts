/**
 * The little of `chrome.runtime` that messages need, as plain shapes, so that router and clients can be
 * tested without a browser. `platform/` hands in the real ones.
 */
import type { Reply } from "./panel-protocol"

export interface Listenable<F> {
  addListener(listener: F): void
}

export interface PortLike {
  readonly name: string
  postMessage(message: unknown): void
  disconnect(): void
  readonly onMessage: Listenable<(message: unknown) => void>
  readonly onDisconnect: Listenable<() => void>
}

/** Who sent a message, as the browser says it; never taken from the message itself. */
export interface SenderLike {
  id?: string
  url?: string
  origin?: string
}

/** Name of the long-lived port between an extension page and the worker. */
export const PANEL_PORT = "chartside-panel"

/** Port, page -> worker. `request` is checked by the router. */
export interface PortRequest {
  id: number
  request: unknown
}

/** Port, worker -> page. */
export interface PortMessage {
  id: number
  reply: Reply<unknown>
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isPortRequest = (value: unknown): value is PortRequest =>
  isRecord(value) && Number.isSafeInteger(value.id) && "request" in value

/** The envelope only: what `value` holds was checked by the worker before it was sent. */
export function isReply(value: unknown): value is Reply<unknown> {
  if (!isRecord(value)) return false
  if (value.ok === true) return "value" in value
  return value.ok === false && typeof value.code === "string" && typeof value.message === "string"
}

export const isPortMessage = (value: unknown): value is PortMessage =>
  isRecord(value) && Number.isSafeInteger(value.id) && isReply(value.reply)
