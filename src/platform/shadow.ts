/** Shadow root of an element, closed ones too; only extensions may ask. Handed to the chart reader. */
export const openOrClosedShadowRoot = (element: HTMLElement): ShadowRoot | null =>
  chrome.dom?.openOrClosedShadowRoot(element) ?? element.shadowRoot
