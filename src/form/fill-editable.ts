/**
 * Filling editors. They keep a model of their own and only trust what comes as an edit, so the text goes in
 * as the browser's own `insertText` at the caret, and only after the editor has noticed the selection.
 */
import { type Outcome, rejected } from "./outcome"
import { enter, until } from "./value"

/** An editor hears of a new selection by an event of the next tick. */
const SELECTION = { least: 60, most: 60 }
const COMMIT = { least: 120, most: 500 }

const flat = (text: string) => text.replace(/\s+/g, " ")
const textOf = (el: HTMLElement) => flat(el.innerText ?? el.textContent ?? "")
const count = (text: string, part: string) => text.split(part).length - 1

/** Caret of the editor if it has one, else the end of its text. */
function placeCaret(el: HTMLElement): void {
  const selection = el.ownerDocument.getSelection()
  if (!selection) return
  const { anchorNode } = selection
  if (anchorNode && el.contains(anchorNode)) selection.collapseToEnd()
  else {
    selection.selectAllChildren(el)
    selection.collapseToEnd()
  }
}

/** A blank where the caret would glue the code to the word before it. */
function gapBefore(el: HTMLElement): string {
  const selection = el.ownerDocument.getSelection()
  const { anchorNode, anchorOffset = 0 } = selection ?? {}
  if (anchorNode?.nodeType !== 3) return ""
  const before = (anchorNode as Text).data.slice(0, anchorOffset)
  return before !== "" && !/\s$/.test(before) ? " " : ""
}

export async function fillEditable(el: HTMLElement, value: string): Promise<Outcome> {
  const before = textOf(el)
  const had = count(before, flat(value))
  enter(el)
  placeCaret(el)
  await until(
    () => 0,
    () => true,
    SELECTION
  )
  if (!el.isConnected)
    return rejected("", "The page replaced the editor when it was entered. Choose it again.")
  const inserted = gapBefore(el) + value
  el.ownerDocument.execCommand("insertText", false, inserted)
  let shown = await settled(el, value, had)
  if (shown === before) {
    // Some editors take text only as a paste. Tried once, and only when nothing came of the first way:
    // an editor that commits late would show the code twice.
    paste(el, inserted)
    shown = await settled(el, value, had)
  }
  const has = count(shown, flat(value))
  if (has === had + 1) return { outcome: "accepted", value: value }
  if (shown === before)
    return rejected(value === "" ? before : "", "The editor took no text. Copy the code and paste it.")
  if (has > had + 1)
    return { outcome: "altered", value, reason: "The code stands in the editor more than once now." }
  return { outcome: "altered", value: "", reason: "The editor changed the text. Check what it shows." }
}

function settled(el: HTMLElement, value: string, had: number): Promise<string> {
  return until(
    () => textOf(el),
    (text) => count(text, flat(value)) > had,
    COMMIT
  )
}

function paste(el: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  el.dispatchEvent(
    new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData })
  )
}

/** Takes back what was inserted: by the editor's own undo, else by deleting exactly that text. */
export async function undoEditable(el: HTMLElement, value: string, before: string): Promise<boolean> {
  const goal = flat(before)
  enter(el)
  el.ownerDocument.execCommand("undo")
  const isBack = (text: string) => text.trim() === goal.trim()
  if (isBack(await until(() => textOf(el), isBack, COMMIT))) return true
  if (count(textOf(el), flat(value)) !== 1 || !selectText(el, value)) return false
  await until(
    () => 0,
    () => true,
    SELECTION
  )
  el.ownerDocument.execCommand("delete")
  return isBack(await until(() => textOf(el), isBack, COMMIT))
}

function selectText(el: HTMLElement, value: string): boolean {
  const walker = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const at = node.data.lastIndexOf(value)
    if (at < 0) continue
    const from = node.data[at - 1] === " " ? at - 1 : at
    el.ownerDocument.getSelection()?.setBaseAndExtent(node, from, node, at + value.length)
    return true
  }
  return false
}
