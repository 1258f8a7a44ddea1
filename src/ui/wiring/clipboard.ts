/** Text onto the clipboard, also while another program is in front (with the permission that the coder gave). */

/** @throws when the browser does not allow it */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch (error) {
    // That way needs the focus. This one does not, where the permission "clipboardWrite" was given.
    if (!copyBehind(text)) throw error
  }
}

function copyBehind(text: string): boolean {
  const field = document.createElement("textarea")
  field.value = text
  field.setAttribute("aria-hidden", "true")
  field.style.position = "fixed"
  field.style.opacity = "0"
  const before = document.activeElement
  document.body.append(field)
  field.select()
  try {
    return document.execCommand("copy")
  } finally {
    field.remove()
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}
