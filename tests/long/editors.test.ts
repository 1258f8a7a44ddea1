/**
 * Every editor of tests/pages/real (the real libraries), in real Chromium: its text is read exactly, words of it are
 * marked where they stand, and places stay exact after typing, scrolling and drawing anew.
 */
import type { Frame, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MARK_NAMES } from "@/chart/mark-styles"
import type { ChartRequests, PageReading, PaintSpan } from "@/messages/page-protocol"
import { REAL_PAGES_BUILT } from "../../scripts/real-pages.mjs"
import { type Opened, type Port, poll, Rig } from "../pages/rig/rig"

interface Editor {
  name: string
  /** What the editor was given. */
  text: string
  /** Words of it that are marked. */
  quote: string
  /** Where a person clicks to type, in the page or in the editor's own frame. */
  click: string
  framed?: string
  /** A text area paints its marks on a layer of its own. */
  layer?: true
}

const EDITORS: Editor[] = [
  {
    name: "TinyMCE 6, in a frame",
    text: "79-year-old man with type 2 diabetes and hypertension. Five days of productive cough, low-grade fever.",
    quote: "type 2 diabetes",
    click: "body#tinymce",
    framed: "#tiny_ifr"
  },
  { name: "TinyMCE 6, inline", text: "Allergies: sulfa (rash).", quote: "sulfa", click: "#tinyinline" },
  {
    name: "CKEditor 4, in a frame",
    text: "Crackles right base. Reduced monofilament sensation to ankles.",
    quote: "monofilament",
    click: "body.cke_editable",
    framed: ".cke_wysiwyg_frame"
  },
  {
    name: "CKEditor 5",
    text: "Community-acquired pneumonia, right lower lobe",
    quote: "Community-acquired pneumonia",
    click: ".ck-editor__editable li >> nth=0"
  },
  {
    name: "Quill 2",
    text: "Amoxicillin-clavulanate 7 days, gabapentin 100 mg nightly, lisinopril 40 mg. 25 minutes total time.",
    quote: "gabapentin",
    click: "#quill .ql-editor"
  },
  {
    name: "TipTap 2 (ProseMirror)",
    text: "Spirometry before and after bronchodilator. High-dose influenza vaccine, left deltoid.",
    quote: "influenza vaccine",
    click: "#tiptap .ProseMirror"
  },
  {
    name: "Summernote",
    text: "Patient instructions: return if fever over 38.5 or short of breath.",
    quote: "short of breath",
    click: ".note-editable"
  },
  {
    name: "Draft.js",
    text: "Called daughter: patient also has right knee contusion after ladder fall in August; x-ray 3 views negative.",
    quote: "right knee contusion",
    click: "#draft .public-DraftEditor-content"
  },
  {
    name: "Slate",
    text: "Vitals rechecked after nebulizer: SpO2 96%. Flu vaccine lot recorded.",
    quote: "nebulizer",
    click: ".slate"
  },
  {
    name: "Lexical",
    text: "Addendum: obesity counselling, BMI 34.2, 8 minutes.",
    quote: "obesity counselling",
    click: ".lex"
  },
  {
    name: "CodeMirror 5, lines on screen",
    text: "Dictated: hypertensive chronic kidney disease discussed.",
    quote: "hypertensive chronic kidney disease",
    click: "#cm .CodeMirror-line >> nth=3"
  },
  {
    name: "DevExtreme HtmlEditor",
    text: "Referral letter: please evaluate for pulmonary nodule follow-up.",
    quote: "pulmonary nodule",
    click: "#dxhtml .ql-editor"
  },
  {
    name: "React text area with state",
    text: "Social: lives alone, food insecurity screen positive.",
    quote: "food insecurity",
    click: "#rta textarea",
    layer: true
  }
]

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
  rig.serveFolder(REAL_PAGES_BUILT)
})
afterAll(() => rig.stop())

interface Place {
  port: Port<ChartRequests>
  reading: PageReading
  span: PaintSpan
}

const ports = async (opened: Opened) =>
  Promise.all((await opened.frames()).map(({ frameId }) => opened.chart(frameId)))

/** Where the words stand now; the text before them on their line belongs to the answer. */
async function placeOf(all: Port<ChartRequests>[], text: string, quote: string): Promise<Place | undefined> {
  for (const port of all) {
    const reading = await port.ask("read", {})
    for (const { source, version, text: whole } of reading.texts) {
      const at = whole.indexOf(text)
      if (at < 0) continue
      const start = whole.indexOf(quote, text.includes(quote) ? at : 0)
      const span: PaintSpan = { source, version, start, end: start + quote.length, quote, tier: "code" }
      return { port, reading, span }
    }
  }
  return undefined
}

const found = (all: Port<ChartRequests>[], text: string, quote: string) =>
  poll(
    () => placeOf(all, text, quote),
    (place) => place !== undefined,
    15_000
  ).then((place) => place!)

const marks = (frame: Page | Frame) =>
  frame.evaluate(
    (names) => Object.values(names).flatMap((name) => [...(CSS.highlights.get(name) ?? [])].map(String)),
    MARK_NAMES
  )

async function frameOf(page: Page, editor: Editor): Promise<Page | Frame> {
  if (!editor.framed) return page
  const handle = await page.locator(editor.framed).elementHandle()
  return (await handle?.contentFrame())!
}

/** Painted, and the page's own registry holds exactly these words. */
async function isMarked(editor: Editor, frame: Page | Frame, place: Place): Promise<void> {
  const answer = await place.port.ask("paint", { spans: [place.span], active: [] })
  expect(answer).toEqual({ painted: 1, missed: 0 })
  if (!editor.layer) expect(await marks(frame)).toEqual([editor.quote])
}

describe.each(EDITORS)("$name", (editor) => {
  it("is read exactly, marked, and exact again after typing and scrolling", async () => {
    const opened = await rig.visit(`${rig.origin}/editors.html`)
    const { page } = opened
    await page.waitForLoadState("networkidle")
    const frame = await frameOf(page, editor)
    const all = await ports(opened)
    const place = await found(all, editor.text, editor.quote)
    await isMarked(editor, frame, place)

    // At the beginning of its text: the words under test stay in one piece.
    await frame
      .locator(editor.click)
      .first()
      .click({ position: { x: 6, y: 12 } })
    await page.keyboard.press("Control+Home")
    // Editors hear of the new caret by an event; a person needs longer than that for the next key.
    await frame.evaluate(() => new Promise((done) => setTimeout(done, 150)))
    await page.keyboard.type("Seen today. ")
    await found(all, "Seen today. ", "Seen today.")
    await isMarked(editor, frame, await found(all, editor.text, editor.quote))

    await page.mouse.wheel(0, 900)
    await page.mouse.wheel(0, -900)
    await isMarked(editor, frame, await found(all, editor.text, editor.quote))

    // Nothing of ours is left in the page once the marks are taken away.
    expect(await place.port.ask("paint", { spans: [], active: [] })).toEqual({ painted: 0, missed: 0 })
    expect(await marks(frame)).toEqual([])
    await page.close()
  })
})

describe("CodeMirror 5, a line far down", () => {
  it("is read once it is scrolled to, and not claimed before", async () => {
    const opened = await rig.visit(`${rig.origin}/editors.html`)
    await opened.page.waitForLoadState("networkidle")
    const all = await ports(opened)
    expect(await placeOf(all, "obstructive sleep apnea", "sleep apnea")).toBeUndefined()
    await opened.page.evaluate(() => {
      const { _cm } = window as unknown as { _cm: { scrollIntoView(at: { line: number; ch: number }): void } }
      _cm.scrollIntoView({ line: 150, ch: 0 })
    })
    const place = await found(
      all,
      "Line 151 (off screen): patient has obstructive sleep apnea",
      "sleep apnea"
    )
    expect(await place.port.ask("paint", { spans: [place.span], active: [] })).toEqual({
      painted: 1,
      missed: 0
    })
    await opened.page.close()
  })
})
