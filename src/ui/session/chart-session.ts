/**
 * The chart beside the panel: follows the active tab, keeps what was read within one encounter, asks the
 * worker for suggestions and keeps the marks in the page in step.
 *
 * Everything about a patient lives in this object and in the page. When the chart may be another one, the
 * texts, findings and marks are dropped first; only then is anything new shown.
 */
import type { Findings, Setting, SuggestRequest } from "@/engine/types"
import { AskError } from "@/messages/client"
import type { SiteStatus } from "@/messages/panel-protocol"
import type { PanelServices } from "../services"
import { type ChartPhase, type ChartState, firstState, NO_CHART } from "./chart-state"
import { EncounterMemory, type LiveText } from "./encounter-memory"
import { ageOn, type ChartIdentity, encounterText, judgeIdentity } from "./identity"
import { LatestWins } from "./latest"
import { Marks } from "./marks"
import { nameDocuments } from "./name-documents"
import { PageDocuments, type ReadDocument } from "./page-documents"
import type { Anchor } from "./paint-plan"
import { pickDate } from "./pick-date"
import { Watched } from "./state"
import { explain } from "./wording"

/** What is remembered of one tab, also while another one is in front. */
interface Chart {
  /** Never used twice while the panel is open. */
  id: number
  origin: string
  memory: EncounterMemory
  identity: ChartIdentity | undefined
  typedDate: string | undefined
}

interface SuggestJob {
  request: SuggestRequest
  anchors: ReadonlyMap<string, Anchor>
}

const SUGGEST_GAP = 300
/** So long a note may stay on the page after the header named another patient before it counts as theirs. */
const GRACE = 2500
/** Phases in which nothing of the page is read. */
const CLOSED = new Set<ChartPhase>(["starting", "impossible", "not-granted", "off"])
const CHARTS_REMEMBERED = 6

export class ChartSession {
  readonly state: Watched<ChartState>
  readonly marks = new Marks()
  readonly #charts = new Map<number, Chart>()
  /** Site that a tab showed when the browser last named it. */
  readonly #origins = new Map<number, string>()
  readonly #documents: PageDocuments
  readonly #suggest: LatestWins<SuggestJob, Findings>
  readonly #stops: (() => void)[] = []
  #tabId = -1
  #round = 0
  #lastAsked = ""
  #packTried = false
  #em = false
  #chartCount = 0
  /** What the chart before left on the page, as numbers (see `EncounterMemory`). */
  #before: ReadonlySet<number> = new Set()
  /** Documents that were open when it was dropped. */
  #stood: ReadonlySet<string> = new Set()
  readonly #graces = new Set<ReturnType<typeof setTimeout>>()

  constructor(
    private readonly services: PanelServices,
    setting: Setting = "outpatient",
    /** The focus moved in a page that is read. */
    onFocus: () => void = () => {}
  ) {
    this.state = new Watched(firstState(setting))
    this.#documents = new PageDocuments(services.pages, {
      changed: () => this.#take(),
      identity: () => this.#drop("reading"),
      frames: (topGone) => {
        if (topGone) this.#hide()
        void this.refresh()
      },
      focus: () => onFocus(),
      mute: () => void this.#wake(),
      failed: (error) => this.#failed(error),
      opened: (documentId, port) => this.marks.add(documentId, port),
      closed: (documentId) => this.marks.remove(documentId)
    })
    this.#suggest = new LatestWins(
      ({ request }) => this.services.ask("engine/suggest", request),
      (result, { request, anchors }) => {
        if (!result.ok) return this.#failed(result.error)
        const [only, another] = request.documents
        this.#found(nameDocuments(result.value, another ? undefined : only?.doc), anchors)
      },
      SUGGEST_GAP
    )
  }

  start(): void {
    this.#stops.push(
      this.services.watchTabs((change) => {
        if (change.change === "closed") {
          this.#charts.delete(change.tabId)
          this.#origins.delete(change.tabId)
        }
        if (change.change === "closed" && change.tabId === this.#tabId) this.#drop("reading")
        this.#documents.forgive()
        void this.refresh()
      }),
      this.services.onNews((news) => {
        if (news === "packs") return void this.#askPacks()
        void this.refresh()
        void this.#forgetSwitchedOff()
      })
    )
    void this.refresh()
    void this.#askPacks()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#round++
    for (const grace of this.#graces) clearTimeout(grace)
    this.#graces.clear()
    this.#suggest.drop()
    this.#documents.closeAll()
    this.#charts.clear()
  }

  /** Looks again at the active tab: site, documents, texts. Does no harm when nothing changed. */
  async refresh(): Promise<void> {
    const round = ++this.#round
    try {
      const tab = await this.services.activeTab()
      const site = await this.services.ask("sites/status", tab ? { tabId: tab.tabId } : {})
      if (round !== this.#round) return
      this.#follow(site)
      const closed: ChartPhase | undefined = !site.possible
        ? "impossible"
        : !site.granted
          ? "not-granted"
          : !site.enabled
            ? "off"
            : undefined
      if (closed) {
        this.#rest(closed)
        const switchedOff =
          closed === "not-granted" && site.origin === "" ? await this.#takenBack(site) : undefined
        if (round === this.#round) this.state.patch({ switchedOff })
        return
      }
      if (CLOSED.has(this.state.get().phase)) this.state.patch({ phase: "reading" })
      if ((await this.#documents.sync(site.tabId)) && round === this.#round) this.#take()
    } catch (error) {
      if (round === this.#round) this.#failed(error)
    }
  }

  setSetting(setting: Setting): void {
    this.state.patch({ setting })
    this.#deriveAgain()
  }

  /** Whether an E/M level is estimated too. */
  setEm(em: boolean): void {
    if (em === this.#em) return
    this.#em = em
    this.#deriveAgain()
  }

  /** "" goes back to the date picked up from the note. */
  setDate(date: string): void {
    this.state.patch({ typedDate: date === "" ? undefined : date })
    const chart = this.#charts.get(this.#tabId)
    if (chart) chart.typedDate = this.state.get().typedDate
    this.#deriveAgain()
  }

  /** Once more after an error, or when a page did not answer. */
  retry(): void {
    this.#packTried = false
    this.#lastAsked = ""
    this.#documents.forgive()
    this.state.patch({ problem: undefined })
    void this.refresh()
  }

  /** Asks for an origin (to be called in a click), then reads it. @returns false when it was refused. */
  async allow(origin: string): Promise<boolean> {
    if (!(await this.services.requestSite(origin))) return false
    return this.#switch("sites/enable", origin)
  }

  async turnOn(origin: string): Promise<boolean> {
    return this.#switch("sites/enable", origin)
  }

  /** Text of a document of the findings, to show evidence in its sentence. */
  text(doc: string | undefined): string | undefined {
    return doc === undefined ? undefined : this.#charts.get(this.#tabId)?.memory.text(doc)
  }

  label(doc: string | undefined): string {
    return (doc && this.#charts.get(this.#tabId)?.memory.label(doc)) || ""
  }

  /** What names the encounter on screen, to be hashed; see `encounterText`. */
  encounter(): string | undefined {
    const chart = this.#charts.get(this.#tabId)
    return chart && encounterText(chart.origin, chart.identity)
  }

  /** What was read of the chart on screen, for checks that hold codes against it. */
  about(): Pick<SuggestRequest, "documents" | "date" | "age" | "sex"> | undefined {
    const chart = this.#charts.get(this.#tabId)
    if (!chart || this.state.get().chart !== chart.id) return undefined
    const { typedDate, pickedDate } = this.state.get()
    const date = typedDate ?? pickedDate?.date
    const { documents } = chart.memory.documents()
    return {
      documents,
      ...defined({ date, age: ageOn(chart.identity?.born, date), sex: chart.identity?.sex })
    }
  }

  /** Switching a site on that is on puts the page script into its open tabs once more. */
  async #wake(): Promise<void> {
    const { site } = this.state.get()
    try {
      if (site?.enabled) await this.services.ask("sites/enable", { origin: site.origin })
    } catch {
      // Then the page stays mute, and the coder is told so.
    }
  }

  async #switch(kind: "sites/enable" | "sites/disable", origin: string): Promise<boolean> {
    try {
      await this.services.ask(kind, { origin })
      this.#documents.forgive()
      await this.refresh()
      return true
    } catch (error) {
      this.#failed(error)
      return false
    }
  }

  // -- which chart ----------------------------------------------------------------------------------

  #follow(site: SiteStatus): void {
    const known = this.#charts.get(site.tabId)
    const moved = known !== undefined && known.origin !== site.origin
    if (moved) this.#charts.delete(site.tabId)
    if (moved || site.tabId !== this.#tabId) {
      this.#documents.closeAll()
      this.#before = new Set()
      this.#stood = new Set()
      this.#tabId = site.tabId
      this.#show("reading")
      this.state.patch({ typedDate: this.#charts.get(site.tabId)?.typedDate })
    }
    if (site.granted && site.origin !== "") this.#origins.set(site.tabId, site.origin)
    this.state.patch({ site })
  }

  /**
   * The site that this tab showed when it was last named, if its permission is gone by now. Without permission
   * the browser tells no address: the tab may also have gone on to a site that was never allowed.
   */
  async #takenBack({ tabId }: SiteStatus): Promise<string | undefined> {
    const origin = this.#origins.get(tabId)
    if (origin === undefined) return undefined
    const sites = await this.services.ask("sites/list", {})
    return sites.some((site) => site.granted && site.enabled && coversSite(site.origin, origin))
      ? undefined
      : origin
  }

  /** Nothing may be read here: what was read on this tab goes as well. */
  #rest(phase: ChartPhase): void {
    this.#documents.closeAll()
    this.#charts.delete(this.#tabId)
    if (this.state.get().phase !== phase) this.#show(phase)
  }

  /** Tabs behind: what was read of a site goes when the site is switched off or another one is there now. */
  async #forgetSwitchedOff(): Promise<void> {
    const behind = [...this.#charts].filter(([tabId]) => tabId !== this.#tabId)
    for (const [tabId, chart] of behind) {
      // Without an answer nobody can say that it may still be kept.
      const site = await this.services.ask("sites/status", { tabId }).catch(() => undefined)
      const may = site?.enabled && site.origin === chart.origin
      if (!may && tabId !== this.#tabId) this.#charts.delete(tabId)
    }
  }

  /** The chart may be another one: everything about it is dropped, here and in the page. */
  #drop(phase: ChartPhase): void {
    const chart = this.#charts.get(this.#tabId)
    if (chart) {
      // One that was dropped before the page had settled: what stood there then may still stand there.
      const earlier = !chart.memory.settled
      this.#before = new Set([...(earlier ? this.#before : []), ...chart.memory.lineMarks()])
      this.#stood = new Set([
        ...(earlier ? this.#stood : []),
        ...chart.memory.live.map(({ documentId }) => documentId)
      ])
    }
    this.#charts.delete(this.#tabId)
    this.#show(phase)
  }

  /** The page was left. Until the next one says which chart it is, nothing is shown; nothing is lost yet. */
  #hide(): void {
    const { typedDate } = this.state.get()
    this.#show("reading")
    this.state.patch({ typedDate })
  }

  #show(phase: ChartPhase): void {
    this.#suggest.drop()
    this.#lastAsked = ""
    this.#packTried = false
    this.marks.clear()
    this.state.patch({ ...NO_CHART, phase, epoch: this.state.get().epoch + 1 })
  }

  #chart(): Chart {
    const origin = this.state.get().site?.origin ?? ""
    const chart = this.#charts.get(this.#tabId) ?? {
      id: ++this.#chartCount,
      origin,
      memory: new EncounterMemory(this.#before, this.#stood),
      identity: undefined,
      typedDate: undefined
    }
    if (!this.#charts.has(this.#tabId) && !chart.memory.settled) this.#acceptLater(chart)
    // Last in the map is last used; the first ones go when there are too many.
    this.#charts.delete(this.#tabId)
    this.#charts.set(this.#tabId, chart)
    for (const tabId of [...this.#charts.keys()].slice(0, -CHARTS_REMEMBERED)) this.#charts.delete(tabId)
    return chart
  }

  #acceptLater(chart: Chart): void {
    const grace = setTimeout(() => {
      this.#graces.delete(grace)
      chart.memory.accept()
      if (this.#charts.get(this.#tabId) === chart) this.#derive()
    }, GRACE)
    this.#graces.add(grace)
  }

  // -- what was read --------------------------------------------------------------------------------

  #take(): void {
    const read = this.#documents.read()
    if (read.length === 0) {
      if (!this.#documents.waiting) this.state.patch({ phase: "unreachable" })
      return
    }
    const verdict = judgeIdentity(
      this.#charts.get(this.#tabId)?.identity,
      read.map(({ frame, reading }) => ({
        frameId: frame.frameId,
        top: frame.top,
        // A page that names nobody is only the same chart while its address stays.
        identity: reading.identity ?? (frame.top ? { changeKey: reading.url } : undefined)
      }))
    )
    if (!verdict.same) this.#drop("reading")
    const chart = this.#chart()
    chart.identity = verdict.identity
    chart.memory.update(read.flatMap(liveTexts))
    const reached = new Set(read.map(({ frame }) => frame.origin))
    const { live, kept } = chart.memory
    this.state.patch({
      chart: chart.id,
      settingHint: verdict.identity.settingHint,
      foreignFrames: distinct(read.flatMap(({ reading }) => reading.foreignFrames)).filter(
        (origin) => !reached.has(origin)
      ),
      leftOut: chart.memory.documents().leftOut + read.reduce((sum, { reading }) => sum + reading.leftOut, 0),
      documents: [
        ...live.map((text) => ({ ...line(text), live: true })),
        ...kept.map((text) => ({ ...line(text), live: false }))
      ].filter((entry) => entry.characters > 0)
    })
    this.#derive()
  }

  /** The coder changed something. While the page is read nobody knows yet whose chart it is: `#take` derives then. */
  #deriveAgain(): void {
    const { phase } = this.state.get()
    if (phase === "ready" || phase === "no-notes") this.#derive()
  }

  /** Everything that follows from texts, setting and date. */
  #derive(): void {
    const chart = this.#charts.get(this.#tabId)
    if (!chart) return
    const { documents } = chart.memory.documents()
    const { setting, typedDate } = this.state.get()
    const texts = documents.map((document) => document.text)
    const pickedDate = pickDate(texts, setting, chart.identity?.dateOfService)
    const before = this.state.get().pickedDate
    const same = before?.date === pickedDate?.date && before?.from === pickedDate?.from
    if (!same) this.state.patch({ pickedDate })
    if (documents.length === 0) {
      this.#suggest.drop()
      this.#lastAsked = ""
      this.marks.clear()
      // Nothing but what the chart before left: the note of this one is still on its way.
      const phase = chart.memory.waiting ? "reading" : "no-notes"
      this.state.patch({ phase, findings: undefined, working: false })
      return
    }
    const date = typedDate ?? pickedDate?.date
    const request: SuggestRequest = {
      documents,
      setting,
      ...defined({ date, age: ageOn(chart.identity?.born, date), sex: chart.identity?.sex }),
      ...(this.#em ? { em: true } : {})
    }
    const asked = JSON.stringify({
      ...request,
      documents: documents.map(({ doc, text }) => [doc, text.length])
    })
    const versions = chart.memory.live.map(({ doc, version }) => `${doc} ${version}`).join()
    this.state.patch({ phase: "ready" })
    if (asked + versions === this.#lastAsked) return
    this.#lastAsked = asked + versions
    this.state.patch({ working: true, problem: undefined })
    this.#suggest.want({ request, anchors: anchorsOf(chart.memory.live) })
  }

  // -- what came of it ------------------------------------------------------------------------------

  #found(findings: Findings, anchors: ReadonlyMap<string, Anchor>): void {
    this.#packTried = false
    this.state.patch({ findings, working: false, problem: undefined })
    this.marks.show(findings, anchors)
  }

  #failed(error: unknown): void {
    this.#lastAsked = ""
    const code = error instanceof AskError ? error.code : undefined
    if ((code === "no-pack" || code === "pack-damaged") && !this.#packTried) {
      this.#packTried = true
      void this.#ensurePacks()
      return
    }
    this.state.patch({ working: false, problem: explain(error) })
  }

  /** Code sets are missing or were damaged: have them imported, then ask once more. */
  async #ensurePacks(): Promise<void> {
    const { epoch, typedDate, pickedDate } = this.state.get()
    try {
      const date = typedDate ?? pickedDate?.date
      this.state.patch({ packs: await this.services.ask("packs/ensure", date ? { date } : {}) })
      if (epoch === this.state.get().epoch) this.#derive()
    } catch (error) {
      if (epoch === this.state.get().epoch) this.#failed(error)
    }
  }

  async #askPacks(): Promise<void> {
    try {
      this.state.patch({ packs: await this.services.ask("packs/status", {}) })
    } catch (error) {
      this.#failed(error)
    }
  }
}

function liveTexts({ frame, reading }: ReadDocument): LiveText[] {
  return reading.texts.map(({ source, kind, label, text, version }) => ({
    doc: `${frame.documentId}:${source}`,
    documentId: frame.documentId,
    source,
    kind,
    label: label || reading.title,
    text,
    version
  }))
}

function anchorsOf(live: readonly LiveText[]): ReadonlyMap<string, Anchor> {
  return new Map(live.map(({ doc, documentId, source, version }) => [doc, { documentId, source, version }]))
}

function line(text: { doc: string; label: string; text: string }) {
  return { doc: text.doc, label: text.label, characters: text.text.trim() === "" ? 0 : text.text.length }
}

function distinct(values: string[]): string[] {
  return [...new Set(values)]
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>
}

/** A permission names no port: "http://localhost" is allowed for "http://localhost:8080" too. */
function coversSite(allowed: string, origin: string): boolean {
  if (allowed === origin) return true
  if (!URL.canParse(allowed) || !URL.canParse(origin)) return false
  const [a, b] = [new URL(allowed), new URL(origin)]
  return a.port === "" && a.protocol === b.protocol && a.hostname === b.hostname
}
