/** Side panel, keyboard commands and the badge of the toolbar button. */

/** Opens the side panel. Must be called synchronously in a gesture: no `await` may come before it. */
export const openPanel = (windowId: number): Promise<void> => chrome.sidePanel.open({ windowId })

/** The toolbar button opens the popup, not the panel. */
export const keepActionForPopup = (): Promise<void> =>
  chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: false })

export const OPEN_PANEL_COMMAND = "open-panel"

/** `windowId` is that of the window in which the keys were pressed. */
export const onCommand = (listener: (command: string, windowId: number | undefined) => void): void =>
  chrome.commands.onCommand.addListener((command, tab) => listener(command, tab?.windowId))

/** The keys as the coder has them now ("" when another extension took them). */
export async function shortcuts(): Promise<Record<string, string>> {
  const commands = await chrome.commands.getAll()
  return Object.fromEntries(commands.map((c) => [c.name ?? "", c.shortcut ?? ""]))
}

/** A short mark on the toolbar button, "" takes it away. */
export async function badge(text: string, title?: string): Promise<void> {
  await chrome.action.setBadgeText({ text })
  if (title !== undefined) await chrome.action.setTitle({ title })
}
