/** A code as the target wants it, and what to tell the coder about the clipboard. */
import type { CodeRef } from "@/classification/model"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"

export type Shape = "dot" | "no-dot"

/** Only ICD-10-CM is written with a dot; everything else has one shape. */
export function shapeCode({ system, code }: CodeRef, shape: Shape): string {
  if (system !== "ICD-10-CM") return code
  const bare = code.replaceAll(".", "")
  return shape === "dot" && bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare
}

/**
 * Shape for one field: what its neighbours and pattern tell wins over the coder's usual choice, and a dot is
 * left out where the field has no room for it.
 */
export function shapeForField(
  code: CodeRef,
  field: { dot?: boolean; maxLength?: number },
  usual: Shape
): string {
  const shape = field.dot === undefined ? usual : field.dot ? "dot" : "no-dot"
  const written = shapeCode(code, shape)
  const room =
    field.maxLength !== undefined && field.maxLength > 0 ? field.maxLength : Number.POSITIVE_INFINITY
  return written.length > room ? shapeCode(code, "no-dot") : written
}

/** Copies one code and says what is on the clipboard now. */
export async function copyCode(
  services: PanelServices,
  announcer: Announcer,
  code: CodeRef & { title: string },
  shape: Shape
): Promise<void> {
  const text = shapeCode(code, shape)
  try {
    await services.copyText(text)
    announcer.say(`On the clipboard: ${text}, ${code.title}`, "good")
  } catch {
    announcer.say(
      `${text} could not be copied: the browser did not allow it. Click in the panel and try again.`,
      "warn"
    )
  }
}
