/**
 * Reading nodes by the getters of their classes. A form hides its own properties behind fields of the same
 * name (`<input name="id">`), a document behind frames and images (`<iframe name="title">`), in every
 * world: `form.id` is then an element. The class's own getter still tells the truth.
 */

function reader<N extends object, V>(type: { prototype: N }, name: keyof N & string): (node: N) => V {
  const get = Object.getOwnPropertyDescriptor(type.prototype, name)?.get
  if (!get) throw new TypeError(`This browser has no ${name}.`)
  return (node) => get.call(node) as V
}

const query = Element.prototype.querySelector
const queryAll = Element.prototype.querySelectorAll
const attribute = Element.prototype.getAttribute
const visibility = Element.prototype.checkVisibility
const box = Element.prototype.getBoundingClientRect
const listen = EventTarget.prototype.addEventListener

export const nodeTypeOf = reader<Node, number>(Node, "nodeType")
export const firstChildOf = reader<Node, Node | null>(Node, "firstChild")
export const nextSiblingOf = reader<Node, Node | null>(Node, "nextSibling")
export const parentOf = reader<Node, Node | null>(Node, "parentNode")
export const isConnected = reader<Node, boolean>(Node, "isConnected")
export const textContentOf = reader<Node, string | null>(Node, "textContent")
export const localNameOf = reader<Element, string>(Element, "localName")
export const openRootOf = reader<Element, ShadowRoot | null>(Element, "shadowRoot")
export const childCountOf = reader<Element, number>(Element, "childElementCount")
export const clientHeightOf = reader<Element, number>(Element, "clientHeight")
export const clientWidthOf = reader<Element, number>(Element, "clientWidth")
export const attributeOf = (el: Element, name: string): string | null => attribute.call(el, name)
export const isVisible = (el: Element, options?: CheckVisibilityOptions): boolean =>
  visibility.call(el, options)
export const boxOf = (el: Element): DOMRect => box.call(el)
export const find = (el: Element, selector: string): Element | null => query.call(el, selector)
export const findAll = (el: Element, selector: string): NodeListOf<Element> => queryAll.call(el, selector)

export const urlOf = reader<Document, string>(Document, "URL")
export const titleOf = reader<Document, string>(Document, "title")
export const rootElementOf = reader<Document, Element>(Document, "documentElement")
export const isHidden = reader<Document, boolean>(Document, "hidden")
/** The window of a document; that of another frame for documents of other frames. */
export const windowOf = reader<Document, (Window & typeof globalThis) | null>(Document, "defaultView")

const createElement = Document.prototype.createElement
export const create = (doc: Document, name: "div" | "span"): HTMLElement => createElement.call(doc, name)

const sheets = Object.getOwnPropertyDescriptor(Document.prototype, "adoptedStyleSheets")
export const adopted = (doc: Document): CSSStyleSheet[] => Array.from(sheets?.get?.call(doc) ?? [])
export const adopt = (doc: Document, list: CSSStyleSheet[]): void => sheets?.set?.call(doc, list)

export const on = (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options: AddEventListenerOptions
): void => listen.call(target, type, listener, options)
