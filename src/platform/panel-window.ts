/** Side panel, toolbar button and keyboard commands. */

/** Opens the side panel. Must be called synchronously in a gesture: no `await` may come before it. */
export const openPanel = (windowId: number): Promise<void> => chrome.sidePanel.open({ windowId })

/** The toolbar button opens the popup, not the panel. */
export const keepActionForPopup = (): Promise<void> =>
  chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: false })

export const OPEN_PANEL_COMMAND = "open-panel"

/** `windowId` is that of the window in which the keys were pressed. */
export const onCommand = (listener: (command: string, windowId: number | undefined) => void): void =>
  chrome.commands.onCommand.addListener((command, tab) => listener(command, tab?.windowId))
