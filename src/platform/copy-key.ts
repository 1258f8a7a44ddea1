/** The key for "copy the next code". The coder may give it another key, or make it global, in the browser's list. */

export const COPY_NEXT_COMMAND = "copy-next"

/** Pages: the key was pressed, also while another program is in front when it was made global. Returns its remover. */
export function onCopyNext(listener: () => void): () => void {
  const heard = (command: string) => {
    if (command === COPY_NEXT_COMMAND) listener()
  }
  chrome.commands.onCommand.addListener(heard)
  return () => chrome.commands.onCommand.removeListener(heard)
}

const BEHIND = { permissions: ["clipboardWrite" as const] }

/** May codes be copied while another program is in front? Only then is a global key of use. */
export const mayCopyBehind = (): Promise<boolean> => chrome.permissions.contains(BEHIND)

/** Must be called in a click of an extension page. False when the coder said no. */
export const askToCopyBehind = (): Promise<boolean> => chrome.permissions.request(BEHIND)
