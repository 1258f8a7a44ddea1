/** Puts a code on the clipboard and tells the coder what is there now. */
import type { CodeRef } from "@/classification/model"
import { type Shape, shapeCode } from "@/worksheet/copy-shape"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"

/** Copies one code and says what is on the clipboard now. */
export async function copyCode(
  services: PanelServices,
  announcer: Announcer,
  code: CodeRef & { title: string; billable?: boolean },
  shape: Shape
): Promise<void> {
  const text = shapeCode(code, shape)
  try {
    await services.copyText(text)
    if (code.billable === false)
      announcer.say(`On the clipboard: ${text}, a header. It cannot be billed: ${code.title}`, "warn")
    else announcer.say(`On the clipboard: ${text}, ${code.title}`, "good")
  } catch {
    announcer.say(
      `${text} could not be copied: the browser did not allow it. Click in the panel and try again.`,
      "warn"
    )
  }
}
