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
