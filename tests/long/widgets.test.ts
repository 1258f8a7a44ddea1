/**
 * Every kind of code field of tests/pages/real (the real libraries), in real Chromium: filled, read back, undone, and
 * each time held against the library's own model, which the page gives out as `readState()`.
 */
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { FieldInfo, FormRequests } from "@/messages/page-protocol"
import { REAL_PAGES_BUILT } from "../../scripts/real-pages.mjs"
import { type Port, poll, Rig } from "../pages/rig/rig"

interface Widget {
  name: string
  page: "widgets.html" | "widgets2.html"
  /** What a person clicks to get there. */
  click: string
  position?: { x: number; y: number }
  code: string
  kind: FieldInfo["kind"]
  /** The value in the library's model. */
  model: (state: Record<string, unknown>) => unknown
  holds: unknown
  empty: unknown
  /** Has a list: a code that is not on it must be refused, and nothing may be left behind. */
  list?: true
}

const E11 = "E11.42 Type 2 DM with diabetic polyneuropathy"

const WIDGETS: Widget[] = [
  {
    name: "select2, several",
    page: "widgets.html",
    click: "#s2m + .select2 .select2-search__field",
    code: "E11.42",
    kind: "combobox",
    model: ({ s2m }) => s2m,
    holds: ["E11.42"],
    empty: [],
    list: true
  },
  {
    name: "select2, one, from a server",
    page: "widgets.html",
    click: "#s2a + .select2 .select2-selection",
    code: "99214",
    kind: "combobox",
    model: ({ s2a }) => s2a,
    holds: "99214",
    empty: null,
    list: true
  },
  {
    name: "jQuery UI autocomplete, code in a hidden field",
    page: "widgets.html",
    click: "#jqac",
    code: "I10",
    kind: "combobox",
    model: ({ jqac_code }) => jqac_code,
    holds: "I10",
    empty: "",
    list: true
  },
  {
    name: "react-select, several, creatable",
    page: "widgets.html",
    click: "#rs-in",
    code: "E11.42",
    kind: "combobox",
    model: ({ reactselect }) => reactselect,
    holds: ["E11.42"],
    empty: []
  },
  {
    name: "Mantine TagsInput",
    page: "widgets.html",
    click: "#mt input >> nth=0",
    code: "E11.42",
    kind: "combobox",
    model: ({ mantine }) => (mantine as { tags: string[] }).tags,
    holds: [E11],
    empty: [],
    list: true
  },
  {
    name: "Mantine MultiSelect",
    page: "widgets.html",
    click: "#mt .mantine-MultiSelect-inputField",
    code: "I10",
    kind: "combobox",
    model: ({ mantine }) => (mantine as { multi: string[] }).multi,
    holds: ["I10"],
    empty: [],
    list: true
  },
  {
    name: "MUI Autocomplete, several, free text",
    page: "widgets.html",
    click: "#mui input",
    code: "E11.42",
    kind: "combobox",
    model: ({ mui }) => mui,
    holds: [E11],
    empty: [],
    list: true
  },
  {
    name: "Tom Select",
    page: "widgets.html",
    click: "#tom-ts-control",
    code: "E11.42",
    kind: "combobox",
    model: ({ tom = "" }) => tom,
    holds: "E11.42",
    empty: ""
  },
  {
    name: "Choices.js",
    page: "widgets.html",
    click: ".choices input",
    code: "I10",
    kind: "combobox",
    model: ({ choices = [] }) => choices,
    holds: ["I10"],
    empty: [],
    list: true
  },
  {
    name: "Shoelace input (open shadow root)",
    page: "widgets.html",
    click: "#sli",
    code: "99213",
    kind: "input",
    model: ({ sli }) => sli,
    holds: "99213",
    empty: ""
  },
  {
    name: "Shoelace select, several",
    page: "widgets.html",
    click: "#sls",
    code: "I10",
    kind: "combobox",
    model: ({ sls }) => sls,
    holds: ["I10"],
    empty: [],
    list: true
  },
  {
    name: "field in a closed shadow root",
    page: "widgets.html",
    click: "#xc",
    position: { x: 60, y: 62 },
    code: "I10",
    kind: "input",
    model: ({ closed }) => closed,
    holds: "I10",
    empty: ""
  },
  {
    name: "Handsontable 6",
    page: "widgets.html",
    click: "#hot .ht_master tbody tr:nth-child(2) td >> nth=0",
    code: "94640",
    kind: "cell",
    model: ({ hot }) => (hot as string[][])[1]?.[0],
    holds: "94640",
    empty: ""
  },
  {
    name: "AG Grid",
    page: "widgets.html",
    click: "#ag .ag-row[row-index='1'] [col-id=code]",
    code: "94640",
    kind: "cell",
    model: ({ ag }) => (ag as { line: number; code: string }[]).find(({ line }) => line === 2)?.code ?? "",
    holds: "94640",
    empty: ""
  },
  {
    name: "Tabulator",
    page: "widgets.html",
    click: "#tab .tabulator-row:nth-child(2) .tabulator-cell >> nth=0",
    code: "E11.42",
    kind: "cell",
    model: ({ tab }) => (tab as { code: string }[])[1]?.code,
    holds: "E11.42",
    empty: ""
  },
  {
    name: "DevExtreme DataGrid",
    page: "widgets.html",
    click: "#dxg .dx-data-row:nth-child(2) td >> nth=0",
    code: "94640",
    kind: "cell",
    model: ({ dxgrid }) => (dxgrid as { code: string }[])[1]?.code,
    holds: "94640",
    empty: ""
  },
  {
    name: "DevExtreme TagBox",
    page: "widgets.html",
    click: "#dxt input.dx-texteditor-input",
    code: "E11.42",
    kind: "combobox",
    model: ({ dxtag = [] }) => dxtag,
    holds: [E11],
    empty: [],
    list: true
  },
  {
    name: "React rows with state",
    page: "widgets.html",
    click: "#rr input >> nth=0",
    code: "94640",
    kind: "input",
    model: ({ reactRows }) => (reactRows as { cpt: string }[])[0]?.cpt,
    holds: "94640",
    empty: ""
  },
  {
    name: "Carbon ComboBox",
    page: "widgets2.html",
    click: "#cbx",
    code: "J18.9",
    kind: "combobox",
    model: ({ carbon = "" }) => carbon,
    holds: "J18.9",
    empty: "",
    list: true
  },
  {
    name: "Carbon FilterableMultiSelect",
    page: "widgets2.html",
    click: "#cb input >> nth=1",
    code: "I10",
    kind: "combobox",
    model: ({ carbonMulti = [] }) => carbonMulti,
    holds: ["I10"],
    empty: [],
    list: true
  },
  {
    name: "Vuetify combobox with chips",
    page: "widgets2.html",
    click: "#vt input >> nth=0",
    code: "E11.42",
    kind: "combobox",
    model: ({ vuetifyCombo = [] }) => vuetifyCombo,
    holds: [E11],
    empty: [],
    list: true
  },
  {
    name: "Vuetify autocomplete",
    page: "widgets2.html",
    click: "#vt input >> nth=1",
    code: "99214",
    kind: "combobox",
    model: ({ vuetifyAuto }) => vuetifyAuto ?? null,
    holds: "99214 Office visit 30-39 min",
    empty: null,
    list: true
  }
]

/** Of the right shape, and on no list of these pages. */
const NOT_LISTED = "E11.4"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
  rig.serveFolder(REAL_PAGES_BUILT)
})
afterAll(() => rig.stop())

const modelOf = (page: Page, widget: Widget) =>
  page
    .evaluate(() => (window as unknown as { readState(): Record<string, unknown> }).readState())
    .then((state) => JSON.stringify(widget.model(state)))

/** Grids draw themselves anew when they come into view; a person clicks after that. */
async function atRest(page: Page, widget: Widget): Promise<void> {
  const target = page.locator(widget.click).first()
  await target.scrollIntoViewIfNeeded()
  const place = async () => JSON.stringify(await target.boundingBox())
  let last = ""
  await poll(place, (now) => {
    const same = now === last
    last = now
    return same && now !== "null"
  })
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 1_000 })))
}

async function entered(widget: Widget): Promise<{ page: Page; port: Port<FormRequests>; field: FieldInfo }> {
  const { page, form } = await rig.visit(`${rig.origin}/${widget.page}`)
  await page.waitForLoadState("networkidle")
  const port = await form()
  await atRest(page, widget)
  await page
    .locator(widget.click)
    .first()
    .click(widget.position ? { position: widget.position } : {})
  const field = await poll(
    () => port.ask("focused", {}),
    (each) => each !== null
  )
  return { page, port, field: field! }
}

describe.each(WIDGETS)("$name", (widget) => {
  it("takes the code, says so truly, and gives it back", async () => {
    const { page, port, field } = await entered(widget)
    expect(field.kind).toBe(widget.kind)
    expect(field.label).not.toBe("")
    const url = page.url()
    const answer = await port.ask("fill", { field: field.field, value: widget.code, url })
    expect(answer).toMatchObject({ outcome: "accepted", value: expect.stringContaining(widget.code) })
    await poll(
      () => modelOf(page, widget),
      (model) => model === JSON.stringify(widget.holds)
    )
    const undone = await port.ask("undo", { undo: answer.undo })
    expect(undone.outcome).toBe("accepted")
    await poll(
      () => modelOf(page, widget),
      (model) => model === JSON.stringify(widget.empty)
    )
    expect(page.url()).toBe(url)
    await page.close()
  })
})

describe.each(WIDGETS.filter(({ list }) => list))("$name", (widget) => {
  it("refuses a code that is not on its list, and nothing is left behind", async () => {
    const { page, port, field } = await entered(widget)
    const answer = await port.ask("fill", { field: field.field, value: NOT_LISTED, url: page.url() })
    expect(answer.outcome).toBe("rejected")
    expect(answer.reason).toContain(NOT_LISTED)
    expect(await modelOf(page, widget)).toBe(JSON.stringify(widget.empty))
    await page.close()
  })

  it("does not take out what was chosen already", async () => {
    const { page, port, field } = await entered(widget)
    const fill = () => port.ask("fill", { field: field.field, value: widget.code, url: page.url() })
    expect((await fill()).outcome).toBe("accepted")
    await fill()
    await poll(
      () => modelOf(page, widget),
      (model) => model === JSON.stringify(widget.holds)
    )
    await page.close()
  })
})
