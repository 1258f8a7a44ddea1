import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EncounterMemory, type LiveText } from "@/ui/session/encounter-memory"

const live = (text: string, change: Partial<LiveText> = {}): LiveText => ({
  doc: "d1:main",
  documentId: "d1",
  source: "main",
  kind: "page",
  label: "Note",
  text,
  version: 1,
  ...change
})

const NAVIGATION = "Patient chart\nMedications  Notes  Orders\n"
const PROGRESS = `${NAVIGATION}Progress note
Subjective: the cough has settled, she sleeps through the night and walks to the shop again.
Assessment: community acquired pneumonia, improving on doxycycline. Plan: finish the course.
Signed by Dr. Example`
const RADIOLOGY = `${NAVIGATION}Radiology report
Two views of the chest. The opacity of the right lower lobe is smaller than last week.
Impression: resolving consolidation without pleural effusion or pneumothorax.
Signed by Dr. Sample`

describe("the texts of one encounter", () => {
  it("keeps a note that another one took the place of, without what stands around both", () => {
    const memory = new EncounterMemory()
    memory.update([live(PROGRESS)])
    memory.update([live(RADIOLOGY, { version: 2 })])
    expect(memory.kept).toHaveLength(1)
    expect(memory.kept[0]!.text).toContain("community acquired pneumonia")
    expect(memory.kept[0]!.text).not.toContain("Medications  Notes")
    const { documents } = memory.documents()
    expect(documents.map(({ doc }) => doc)).toEqual(["d1:main", "kept-1"])
    expect(documents[0]!.text).toBe(RADIOLOGY)
  })

  it("has a note only once when the coder goes back to it", () => {
    const memory = new EncounterMemory()
    for (const [index, text] of [PROGRESS, RADIOLOGY, PROGRESS, RADIOLOGY].entries()) {
      memory.update([live(text, { version: index + 1 })])
    }
    expect(memory.live.map(({ text }) => text)).toEqual([RADIOLOGY])
    expect(memory.kept).toHaveLength(1)
    expect(memory.kept[0]!.text).toContain("doxycycline")
  })

  it("keeps the text of a frame that went away, and forgets it when the same text comes in a new frame", () => {
    const memory = new EncounterMemory()
    memory.update([live(PROGRESS)])
    memory.update([])
    expect(memory.kept).toHaveLength(1)
    memory.update([live(PROGRESS, { doc: "d2:main", documentId: "d2" })])
    expect(memory.kept).toEqual([])
  })

  it("takes an edited note as the same note: what was deleted does not live on", () => {
    const memory = new EncounterMemory()
    memory.update([live(PROGRESS)])
    memory.update([
      live(PROGRESS.replace("community acquired pneumonia", "acute bronchitis"), { version: 2 })
    ])
    expect(memory.kept).toEqual([])
    expect(JSON.stringify(memory.documents())).not.toContain("pneumonia")
  })

  it("takes a field as edited in place, however much of it was rewritten", () => {
    const memory = new EncounterMemory()
    const dictated =
      "Assessment: sepsis due to urinary tract infection, blood cultures drawn, fluids and ceftriaxone."
    const rewritten =
      "Assessment: urinary tract infection. No sepsis on review; cultures stay negative after two days."
    memory.update([live(dictated, { kind: "field" })])
    memory.update([live(rewritten, { kind: "field", version: 2 })])
    expect(memory.kept).toEqual([])
  })

  it("keeps nothing of a counter, a clock or another short remnant", () => {
    const memory = new EncounterMemory()
    memory.update([live("Unread messages: 3\nLast saved 10:42")])
    memory.update([live("Nothing here any more", { version: 2 })])
    expect(memory.kept).toEqual([])
  })

  it("never keeps the note of the chart before, which stood on the page for another moment", () => {
    const before = new EncounterMemory()
    before.update([live(PROGRESS)])
    const memory = new EncounterMemory(before.lineMarks())
    memory.update([live(`${PROGRESS}\nLast saved 10:42`, { version: 2 })])
    memory.update([live(RADIOLOGY, { version: 3 })])
    expect(memory.kept).toEqual([])
    memory.update([live(`${NAVIGATION}Nothing open`, { version: 4 })])
    expect(memory.kept.map(({ text }) => text)).toEqual([expect.stringContaining("resolving consolidation")])
  })

  it("leaves nothing that can be read for the chart that follows", () => {
    const memory = new EncounterMemory()
    memory.update([live(PROGRESS)])
    expect([...memory.lineMarks()].every((mark) => Number.isInteger(mark))).toBe(true)
    expect(memory.lineMarks().size).toBe(6)
  })

  it("gives no more than the limit and counts every character it left out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom("a", "b", " ") }), {
          maxLength: 6
        }),
        fc.integer({ min: 1, max: 120 }),
        (texts, limit) => {
          const memory = new EncounterMemory()
          memory.update(texts.map((text, index) => live(text, { doc: `d:${index}` })))
          const { documents, leftOut } = memory.documents(limit)
          const given = documents.reduce((sum, { text }) => sum + text.length, 0)
          const whole = texts.filter((text) => text.trim() !== "").reduce((sum, text) => sum + text.length, 0)
          expect(given).toBeLessThanOrEqual(limit)
          expect(given + leftOut).toBe(whole)
        }
      )
    )
  })

  it("cuts at the end of a line, else of a word, never inside one", () => {
    const cut = (text: string, limit: number) => {
      const memory = new EncounterMemory()
      memory.update([live(text)])
      return memory.documents(limit)
    }
    expect(cut("no fever\nno cough at all", 15)).toEqual({
      documents: [{ doc: "d1:main", text: "no fever\n" }],
      leftOut: 15
    })
    expect(cut("denies chest pain", 14).documents[0]!.text).toBe("denies chest ")
    expect(cut("hyperlipidemia", 5)).toEqual({ documents: [], leftOut: 14 })
  })

  it("never changes a live text: offsets of findings count in it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 80 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const memory = new EncounterMemory()
        for (const [index, text] of texts.entries()) memory.update([live(text, { version: index })])
        expect(memory.text("d1:main")).toBe(texts.at(-1))
      })
    )
  })

  it("lets a note of the chart before wait until it changes, whatever menu stands around both", () => {
    const before = new EncounterMemory()
    before.update([live(PROGRESS)])
    const memory = new EncounterMemory(before.lineMarks(), new Set(["d1"]))
    memory.update([live(`${NAVIGATION}MRN 0048185\n${PROGRESS.slice(NAVIGATION.length)}`)])
    expect(memory.waiting).toBe(true)
    expect(memory.documents().documents).toEqual([])
    memory.update([live(RADIOLOGY, { version: 2 })])
    expect(memory.waiting).toBe(false)
    expect(memory.documents().documents.map(({ text }) => text)).toEqual([RADIOLOGY])
  })

  it("lets nothing wait that stands in a new document, or once the page had its time", () => {
    const before = new EncounterMemory()
    before.update([live(PROGRESS)])
    const memory = new EncounterMemory(before.lineMarks(), new Set(["d1"]))
    memory.update([live(PROGRESS, { doc: "d2:main", documentId: "d2" })])
    expect(memory.documents().documents).toHaveLength(1)
    memory.update([live(PROGRESS)])
    expect(memory.documents().documents).toEqual([])
    memory.accept()
    expect(memory.documents().documents).toHaveLength(1)
  })

  it("keeps nothing that comes and goes before the page had its time: it may be of a patient passed over", () => {
    const memory = new EncounterMemory(new Set(), new Set(["d1"]))
    memory.update([live(PROGRESS, { doc: "d2:main", documentId: "d2" })])
    memory.update([live(RADIOLOGY, { doc: "d3:main", documentId: "d3" })])
    expect(memory.kept).toEqual([])
    memory.accept()
    memory.update([live(PROGRESS, { doc: "d4:main", documentId: "d4" })])
    expect(memory.kept).toHaveLength(1)
  })
})
