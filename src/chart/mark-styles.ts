/**
 * How marks look. Names in the registry say nothing (a page can read them). Background and text colour are
 * always set together, so that contrast does not depend on the page: each pair has 7:1 or more.
 */
import type { PaintSpan } from "@/messages/page-protocol"

export type MarkStyle = PaintSpan["tier"] | "active"

export const MARK_NAMES: Record<MarkStyle, string> = {
  code: "ce-1",
  consider: "ce-2",
  suppressed: "ce-3",
  active: "ce-4"
}

/** Background, text colour; the mirror layer of text areas uses the same hues. */
export const MARK_COLOURS: Record<MarkStyle, { back: string; text: string; veil: string }> = {
  code: { back: "#bfe8c5", text: "#06210b", veil: "rgb(42 157 66 / 0.32)" },
  consider: { back: "#ffe7a3", text: "#2b1e00", veil: "rgb(228 163 0 / 0.32)" },
  suppressed: { back: "#dfe1e5", text: "#23272e", veil: "rgb(120 128 140 / 0.30)" },
  active: { back: "#ffb454", text: "#1d0f00", veil: "rgb(255 138 0 / 0.45)" }
}

/** Where marks overlap, the higher one is seen. */
export const PRIORITY: Record<MarkStyle, number> = { suppressed: 1, consider: 2, code: 3, active: 4 }
export const STYLES = Object.keys(PRIORITY) as MarkStyle[]

/**
 * Rules stand on the root element and are inherited, into shadow trees as well. The product registers the
 * same text as contents/chart/marks.css with the script: putting it into a finished page makes the browser
 * compute the style of every element again, 200 ms on a page of 100,000 nodes.
 */
export const MARK_SHEET = [
  ...STYLES.map((style) => {
    const { back, text } = MARK_COLOURS[style]
    const line = style === "active" ? "; text-decoration: underline 2px" : ""
    return `:root::highlight(${MARK_NAMES[style]}) { background-color: ${back}; color: ${text}${line} }`
  }),
  "@media (forced-colors: active) {",
  ...STYLES.map(
    (style) => `  :root::highlight(${MARK_NAMES[style]}) { background-color: Mark; color: MarkText }`
  ),
  "}",
  ""
].join("\n")
