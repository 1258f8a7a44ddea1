/** What the form room needs of the browser beyond the DOM; handed in by the entry. */
export interface FormEnv {
  /** Open or closed shadow root of an element. */
  shadowRootOf(el: Element): ShadowRoot | null
  /** Told of every element that we add to the page. */
  own(host: Element): void
}

/** Parent in the drawn tree, through shadow roots and slots. */
export function above(el: Element): Element | null {
  if (el.parentElement) return el.parentElement
  const root = el.getRootNode()
  return "host" in root ? (root as ShadowRoot).host : null
}

/** The element that has the focus, inside shadow trees as well. */
export function deepActive(doc: Document, env: FormEnv): Element | null {
  let active = doc.activeElement
  for (let inner = active; inner; ) {
    active = inner
    inner = env.shadowRootOf(inner)?.activeElement ?? null
  }
  return active
}

/** The innermost element under a point, inside shadow trees as well. */
export function deepFromPoint(doc: Document, x: number, y: number, env: FormEnv): Element | null {
  let found = doc.elementFromPoint(x, y)
  for (let depth = 0; found && depth < 20; depth++) {
    const inner: Element | null = env.shadowRootOf(found)?.elementFromPoint(x, y) ?? null
    if (!inner || inner === found) break
    found = inner
  }
  return found
}
