/** Codes in the shape that a form or another program wants them. */
import type { CodeRef } from "@/classification/model"

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
