/**
 * One walk over everything that is rendered below a document or shadow root, in the order in which it is
 * drawn: shadow trees in place of their hosts' children, slotted children where their slot stands.
 *
 * The walk yields between small steps, and the page may change meanwhile. Ancestors are kept on a stack of
 * our own; after each pause what is gone is cut off it, and the reading says that it is torn: the change
 * itself makes the watcher read again.
 */

import {
  attributeOf,
  boxOf,
  childCountOf,
  clientHeightOf,
  clientWidthOf,
  find,
  firstChildOf,
  isConnected,
  isVisible,
  localNameOf,
  nextSiblingOf,
  nodeTypeOf,
  openRootOf,
  parentOf,
  textContentOf
} from "./dom"
import { type Look, Looks } from "./look"
import { Break, PieceList } from "./pieces"
import { newRegion, type Region, regionKind } from "./regions"
import { HEADINGS, POSSIBLE_HOSTS, SKIPPED, SKIPPED_ROLES } from "./tags"

export interface WalkEnv {
  /** Open or closed shadow root of an element. */
  shadowRootOf(el: Element): ShadowRoot | null
  /** Is this one of our own elements? */
  isOwn(node: Node): boolean
}

export interface Walked {
  list: PieceList
  regions: Region[]
  textareas: HTMLTextAreaElement[]
  /** Single-line inputs: never a note, but a header may be made of them. */
  inputs: HTMLInputElement[]
  frames: Element[]
  shadowRoots: ShadowRoot[]
  nodes: number
  /** The page changed during the walk: something may be missing. */
  torn: boolean
}

interface Level {
  container: Element | ShadowRoot
  next: Node | null
  /** Slotted children, when these are walked instead of the container's own. */
  list: readonly Node[] | null
  at: number
  look: Look
  region: Region
  edge: Break
  link: boolean
  heading: boolean
  /** Its own text is not drawn, but that of children may be. */
  mute: boolean
  /** No text in it is taken (the words of a form control). */
  silent: boolean
}

const STEP_NODES = 32
/** Characters of one text node taken in a step. */
const STEP_CHARS = 50_000
const INPUTS = 300
const TEXTAREAS = 500
const FRAMES = 200
const SHADOW_ROOTS = 2_000
/** Text longer than this is no button or menu, whatever its class says. */
const APPLICATION_LIMIT = 3_000

const SEEN: CheckVisibilityOptions = { visibilityProperty: true, opacityProperty: true }

export function* walk(start: Element | ShadowRoot, env: WalkEnv, limit: number): Generator<void, Walked> {
  const list = new PieceList(limit)
  const looks = new Looks()
  const root = newRegion("root", null, null)
  const out: Walked = {
    list,
    regions: [root],
    textareas: [],
    inputs: [],
    frames: [],
    shadowRoots: [],
    nodes: 0,
    torn: false
  }
  const stack: Level[] = [
    {
      container: start,
      next: firstChildOf(start),
      list: null,
      at: 0,
      look: looks.root,
      region: root,
      edge: Break.line,
      link: false,
      heading: false,
      mute: false,
      silent: false
    }
  ]

  for (let level = stack.at(-1); level; level = stack.at(-1)) {
    const node = level.next
    if (!node) {
      stack.pop()
      list.separate(level.edge)
      // Regions nest: each is closed by the level that opened it, the last write is the right one.
      level.region.last = list.pieces.length
      continue
    }
    level.next = level.list ? (level.list[++level.at] ?? null) : nextSiblingOf(node)
    if (++out.nodes % STEP_NODES === 0) {
      yield
      if (cutLostLevels(stack, list.pieces.length)) out.torn = true
      if (!isConnected(node) || stack.at(-1) !== level) continue
    }
    const type = nodeTypeOf(node)
    if (type === 3) {
      if (level.mute || level.silent) continue
      const data = (node as Text).data
      const before = list.chars
      for (let from = 0; from < data.length; from += STEP_CHARS) {
        if (from > 0) yield
        const to = Math.min(data.length, from + STEP_CHARS)
        list.add(node as Text, data, from, to, level.look.space, level.region)
      }
      if (level.link) countLink(level.region, 0, list.chars - before)
    } else if (type === 1) {
      const inner = enter(node as Element, level, list, looks, out, env)
      if (inner) stack.push(inner)
    }
  }
  root.last = list.pieces.length
  return out
}

/** Drops levels whose element left the page during a pause. */
function cutLostLevels(stack: Level[], pieces: number): boolean {
  let torn = false
  const lost = stack.findIndex((level) => !isConnected(level.container))
  if (lost > 0) {
    for (const level of stack.slice(lost - 1)) level.region.last = pieces
    stack.length = lost
    torn = true
  }
  for (const level of stack) {
    // The child to go on with was moved away: what follows it here can no longer be told.
    if (level.next && !level.list && parentOf(level.next) !== level.container) {
      level.next = null
      torn = true
    }
  }
  return torn
}

function countLink(region: Region, links: number, chars: number): void {
  for (let r: Region | null = region; r; r = r.parent) {
    r.links += links
    r.linkChars += chars
  }
}

/** Decides what an element means to the reading; the level to walk into, or null when there is none. */
function enter(
  el: Element,
  level: Level,
  list: PieceList,
  looks: Looks,
  out: Walked,
  env: WalkEnv
): Level | null {
  const tag = localNameOf(el)
  if (SKIPPED.has(tag) || env.isOwn(el)) return null
  if (tag === "br") {
    if (!level.mute && !level.silent) list.lineBreak()
    return null
  }
  if (tag === "input") {
    if (out.inputs.length < INPUTS) out.inputs.push(el as HTMLInputElement)
    return null
  }
  let mute = false
  if (!isVisible(el, SEEN)) {
    const half = halfVisible(el)
    if (half === "no") return null
    mute = half === "parts"
  }
  if (tag === "iframe" || tag === "frame") {
    if (out.frames.length < FRAMES) out.frames.push(el)
    return null
  }
  if (tag === "textarea") {
    if (!mute && out.textareas.length < TEXTAREAS) out.textareas.push(el as HTMLTextAreaElement)
    list.separate(Break.line)
    return null
  }
  const role = attributeOf(el, "role")
  const heading = level.heading || HEADINGS.has(tag) || role === "heading"
  // A folding section is opened by a button, and that button is its heading.
  if ((tag === "button" || (role !== null && SKIPPED_ROLES.has(role))) && !(heading && isButton(tag, role)))
    return null
  // The words of a tick box are a choice that was offered, not a finding.
  const silent = level.silent || (tag === "label" && (el as HTMLLabelElement).control !== null)
  const look = looks.of(el, tag, level.look)
  if (isElsewhere(el, look)) return null

  list.separate(look.edge)
  const link = level.link || tag === "a"
  if (tag === "a" && !level.link) countLink(level.region, 1, 0)
  let { region } = level
  if (look.edge >= Break.tab) {
    const kind = regionKind(el, tag, role, look, region)
    if (kind) {
      region = newRegion(kind, el, region)
      region.first = region.last = list.pieces.length
      out.regions.push(region)
    }
  }
  const inner: Level = {
    container: el,
    next: firstChildOf(el),
    list: null,
    at: 0,
    look,
    region,
    edge: look.edge,
    link,
    heading,
    mute,
    silent
  }
  if (tag === "slot") return intoSlot(inner, el as HTMLSlotElement)
  if (tag === "details" && !(el as HTMLDetailsElement).open) {
    const summary = Array.from(el.children).find((child) => child.localName === "summary")
    return { ...inner, list: summary ? [summary] : [], next: summary ?? null }
  }
  const shadow = shadowOf(el, tag, env)
  if (!shadow) return inner
  if (out.shadowRoots.length < SHADOW_ROOTS) out.shadowRoots.push(shadow)
  return { ...inner, container: shadow, next: firstChildOf(shadow) }
}

const isButton = (tag: string, role: string | null) => tag === "button" || role === "button"

/** An element that fails the check: not drawn at all, or only without its own box or its own text. */
function halfVisible(el: Element): "no" | "yes" | "parts" {
  const style = getComputedStyle(el)
  const shown = style.visibility === "visible"
  if (isVisible(el)) return shown ? "no" : "parts"
  // No box of its own (a slot, display: contents), yet its children are drawn.
  if (style.display !== "contents") return "no"
  return shown ? "yes" : "parts"
}

/** Drawn, but not where anybody sees it, or part of the application. */
function isElsewhere(el: Element, look: Look): boolean {
  if (look.purpose === "hidden-text" || look.purpose === "other-patients") return true
  if (look.purpose === "application") {
    const text = textContentOf(el) ?? ""
    if (text.length < APPLICATION_LIMIT && !find(el, "h1, h2, h3, [contenteditable]")) return true
  }
  // Folded to nothing: a closed accordion, text for screen readers.
  if (look.clips && (clientHeightOf(el) < 2 || clientWidthOf(el) < 2)) return localNameOf(el) !== "body"
  if (!look.placed) return false
  const box = boxOf(el)
  return box.right + scrollX < -500 || box.bottom + scrollY < -5_000
}

function intoSlot(level: Level, slot: HTMLSlotElement): Level {
  const assigned = slot.assignedNodes()
  return assigned.length > 0 ? { ...level, list: assigned, next: assigned[0] ?? null } : level
}

/**
 * Asking for a closed root is slow, so only elements are asked that can be hosts and look like one: a
 * dashed name, or nothing inside although they are drawn.
 */
function shadowOf(el: Element, tag: string, env: WalkEnv): ShadowRoot | null {
  const custom = tag.includes("-")
  if (!custom && !POSSIBLE_HOSTS.has(tag)) return null
  const open = openRootOf(el)
  if (open) return open
  return custom || (childCountOf(el) === 0 && !textContentOf(el)) ? env.shadowRootOf(el) : null
}
