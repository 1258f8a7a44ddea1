/** The stored settings of the panel, checked: a value of another version never reaches a screen. */
import { DEFAULT_SETTINGS, type PanelSettings } from "../services"
import { SETTINGS } from "../session/wording"

export function isPanelSettings(value: unknown): value is Partial<PanelSettings> {
  if (typeof value !== "object" || value === null) return false
  const { setting, dot, letterKeys, em } = { ...DEFAULT_SETTINGS, ...value }
  return (
    SETTINGS.some((known) => known.value === setting) &&
    typeof dot === "boolean" &&
    typeof letterKeys === "boolean" &&
    typeof em === "boolean"
  )
}
