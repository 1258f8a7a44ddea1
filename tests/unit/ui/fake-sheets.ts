/** Worksheets in memory, with the manners of the real store: versions, conflicts, news to other pages. */
import { AskError } from "@/messages/client"
import type { StoredSheet, WorksheetServices } from "@/ui/services"
import type { CopyShape } from "@/worksheet/copy-sheet"
import { sha256 } from "@/worksheet/receipts"

export class FakeSheets implements WorksheetServices {
  rows = new Map<string, StoredSheet>()
  chains = new Map<string, unknown[]>()
  shapes = new Map<string, CopyShape>()
  files: { name: string; text: string }[] = []
  /** Every text that was hashed. */
  marked: string[] = []
  fails = false
  #listeners = new Set<(key: string) => void>()
  #keys = new Set<() => void>()

  mark = async (text: string) => {
    this.marked.push(text)
    return sha256(`key of this installation ${text}`)
  }

  open = async (key: string) => {
    this.#check()
    const row = this.rows.get(key)
    return row && structuredClone(row)
  }

  save = async (sheet: StoredSheet, receipts: readonly { n: number }[]) => {
    this.#check()
    const stored = this.rows.get(sheet.key)
    if ((stored?.version ?? 0) !== sheet.version) return { conflict: stored && structuredClone(stored) }
    const next = structuredClone({ ...sheet, version: sheet.version + 1 })
    this.rows.set(sheet.key, next)
    this.chains.set(sheet.key, [...(this.chains.get(sheet.key) ?? []), ...structuredClone(receipts)])
    return structuredClone(next)
  }

  receipts = async (key: string) => structuredClone(this.chains.get(key) ?? [])

  remove = async (key: string) => {
    this.rows.delete(key)
    this.chains.delete(key)
  }

  onChange = (listener: (key: string) => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What another window stored. */
  tell(key: string): void {
    for (const listener of [...this.#listeners]) listener(key)
  }

  copyShape = async (origin: string) => this.shapes.get(origin)
  setCopyShape = async (origin: string, shape: CopyShape) => void this.shapes.set(origin, shape)
  saveFile = (name: string, text: string) => void this.files.push({ name, text })

  onCopyNext = (listener: () => void) => {
    this.#keys.add(listener)
    return () => this.#keys.delete(listener)
  }

  behind = false
  mayCopyBehind = async () => this.behind
  askToCopyBehind = async () => {
    this.behind = true
    return true
  }

  pressCopyNext(): void {
    for (const listener of [...this.#keys]) listener()
  }

  #check(): void {
    if (this.fails) throw new AskError("storage", "The disk is full.")
  }
}
