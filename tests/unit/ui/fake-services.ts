/**
 * A browser, a worker and a page in memory, for sessions and screens. What the page shows, what the worker
 * answers and what the coder's clipboard holds are plain fields that a test sets and reads.
 */
import type { GuidelineBook } from "@/classification/guidelines-api"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import type { WorksheetAnswer, WorksheetRequest } from "@/engine/checks/types"
import type { QueryDraft, QueryFinding } from "@/engine/provider-query/types"
import type { Findings, SuggestRequest } from "@/engine/types"
import { AskError } from "@/messages/client"
import type {
  ChartEvent,
  ChartRequests,
  CodeField,
  FieldInfo,
  FillAnswer,
  FormRequests,
  PageIdentity,
  PageReading,
  PageText
} from "@/messages/page-protocol"
import { PageError } from "@/messages/page-rpc"
import type { PackStatus, PanelKind, PanelRequests, SiteStatus } from "@/messages/panel-protocol"
import {
  type ChartPort,
  type ChartPortEvents,
  DEFAULT_SETTINGS,
  type FormPort,
  type FrameRef,
  type OptionsServices,
  type PanelServices,
  type PanelSettings,
  type RuleCount,
  type SeenReleaseServices,
  type SeenReleases,
  type TabChange
} from "@/ui/services"
import { FakeCodeSets } from "./fake-code-sets"
import { FakeOwnCodes } from "./fake-own-codes"
import { DIABETES, fakePack, fakeSearch, packInfo, SUPPLIES } from "./fake-pack"
import { fakeLint, fakeMaterial } from "./fake-query"
import { FakeSheets } from "./fake-sheets"

export const NO_FINDINGS: Findings = {
  packs: [],
  suggestions: [],
  suppressed: [],
  gaps: [],
  checks: [],
  notices: [],
  ms: 3
}

export class FakePage {
  readonly paints: ChartRequests["paint"]["in"][] = []
  readonly wentTo: ChartRequests["goTo"]["in"][] = []
  readonly fills: FormRequests["fill"]["in"][] = []
  texts: PageText[]
  identity: PageIdentity | undefined
  foreignFrames: string[] = []
  leftOut = 0
  focused: FieldInfo | null = null
  /** Fields for codes of the form in this document. */
  codeFields: CodeField[] = []
  readonly undone: string[] = []
  /** Answers the open `pick`. */
  choose: ((field: FieldInfo | null) => void) | undefined
  fillAnswer: (value: string) => Omit<FillAnswer, "undo" | "label"> = (value) => ({
    outcome: "accepted",
    value
  })
  /** Nobody answers in this document. */
  mute = false
  /** It would answer if the script were put in once more. */
  asleep = false
  reads = 0
  /** While set, what was read is on its way. */
  slow: Promise<void> | undefined
  #events = new Set<ChartPortEvents>()

  constructor(
    readonly frame: FrameRef,
    text: string,
    identity?: PageIdentity
  ) {
    this.texts =
      text === "" ? [] : [{ source: "main", kind: "page", label: "Progress note", text, version: 1 }]
    this.identity = identity
  }

  write(text: string): void {
    const version = (this.texts[0]?.version ?? 0) + 1
    this.texts = [
      { source: "main", kind: "page", label: this.texts[0]?.label ?? "Progress note", text, version }
    ]
  }

  tell(event: ChartEvent["event"]): void {
    for (const listener of [...this.#events]) listener.onEvent({ event })
  }

  /** The document goes away. */
  leave(): void {
    const listeners = [...this.#events]
    this.#events.clear()
    for (const listener of listeners) listener.onClose()
  }

  get lastPaint() {
    return this.paints.at(-1)
  }

  reading(): PageReading {
    const { texts, identity, foreignFrames, leftOut, frame } = this
    return {
      url: frame.url,
      title: "Chart",
      top: frame.top,
      texts: structuredClone(texts),
      ...(identity ? { identity: { ...identity } } : {}),
      foreignFrames,
      leftOut
    }
  }

  chartPort(events: ChartPortEvents): ChartPort {
    this.#events.add(events)

    let open = true
    if (this.mute) {
      queueMicrotask(() => {
        if (!open) return
        open = false
        events.onClose()
      })
    }
    const ask = async (kind: string, body: unknown): Promise<unknown> => {
      await Promise.resolve()
      if (!open || this.mute || !this.#events.has(events)) throw new PageError("gone", "The page was left.")
      if (kind === "read") {
        this.reads++
        const reading = this.reading()
        await this.slow
        return reading
      }
      if (kind === "paint") {
        this.paints.push(body as ChartRequests["paint"]["in"])
        return { painted: 0, missed: 0 }
      }
      this.wentTo.push(body as ChartRequests["goTo"]["in"])
      return { found: true }
    }
    return {
      get connected() {
        return open
      },
      ask: ask as ChartPort["ask"],
      close: () => {
        open = false
        this.#events.delete(events)
      }
    }
  }

  formPort(): FormPort {
    const ask = async (kind: string, body: unknown): Promise<unknown> => {
      await Promise.resolve()
      if (kind === "focused") return this.focused
      if (kind === "codeFields") return { url: this.frame.url, fields: structuredClone(this.codeFields) }
      if (kind === "pick") {
        return new Promise((resolve) => {
          this.choose = resolve
        })
      }
      if (kind === "cancelPick") {
        this.choose?.(null)
        return {}
      }
      if (kind === "undo") this.undone.push((body as FormRequests["undo"]["in"]).undo)
      if (kind === "undo")
        return { outcome: "accepted", value: "", label: this.focused?.label ?? "", undo: "" }
      const fill = body as FormRequests["fill"]["in"]
      this.fills.push(fill)
      const known = this.codeFields.find((each) => each.field === fill.field)
      const answer = this.fillAnswer(fill.value)
      if (known) known.value = answer.value
      const label = known?.label ?? this.focused?.label ?? "Diagnosis 1"
      return { ...answer, label, undo: `u${this.fills.length}` }
    }
    return { connected: true, ask: ask as FormPort["ask"], close: () => {} }
  }
}

export class FakeBrowser implements PanelServices, OptionsServices {
  readonly codeSets = new FakeCodeSets()
  tabId = 1
  url = "https://ehr.example/chart/1"
  site: Partial<SiteStatus> = {}
  pagesOf = new Map<number, FakePage[]>()
  clipboard: string | undefined
  clipboardFails = false
  stored: PanelSettings = { ...DEFAULT_SETTINGS }
  permission = true
  asked: { kind: PanelKind; body: unknown }[] = []
  infos: PackInfo[] = [
    packInfo(),
    packInfo({ id: "hcpcs-2025-10", system: "HCPCS", release: "2025-10", effective: { from: "2025-10-01" } })
  ]
  damaged = new Set<string>()
  packNotices: string[] = []
  suggestWith: (request: SuggestRequest) => Findings | Promise<Findings> = () => NO_FINDINGS
  /** What the worker answers to checks of a worksheet. */
  prepareWith = fakeMaterial
  lintWith: (draft: QueryDraft) => QueryFinding[] = fakeLint
  checkWith: (request: WorksheetRequest) => WorksheetAnswer | Promise<WorksheetAnswer> = () => ({
    checks: [],
    standing: "not-covered"
  })
  sites: { origin: string; granted: boolean; enabled: boolean }[] = []
  optionsOpened = 0
  panelOpened = 0
  #tabs = new Set<(change: TabChange) => void>()
  #news = new Set<(news: "sites" | "packs") => void>()

  constructor(...pages: FakePage[]) {
    this.pagesOf.set(1, pages)
  }

  get pagesHere(): FakePage[] {
    return this.pagesOf.get(this.tabId) ?? []
  }

  move(change: TabChange): void {
    for (const listener of [...this.#tabs]) listener(change)
  }

  news(news: "sites" | "packs"): void {
    for (const listener of [...this.#news]) listener(news)
  }

  count(kind: PanelKind): number {
    return this.asked.filter((entry) => entry.kind === kind).length
  }

  siteStatus(): SiteStatus {
    const origin = URL.canParse(this.url) ? new URL(this.url).origin : ""
    return { origin, granted: true, enabled: true, possible: true, tabId: this.tabId, ...this.site }
  }

  packStatus(): PackStatus {
    const main = this.infos.find((info) => info.system === "ICD-10-CM")
    const complete = main?.complete === true
    const sentence = complete
      ? `ICD-10-CM ${main.release}`
      : `starter set: ${(main?.codes ?? 0).toLocaleString("en-US")} codes, not complete`
    return { packs: this.infos, complete, sentence, notices: this.packNotices }
  }

  async ask<K extends PanelKind>(kind: K, body: PanelRequests[K]["in"]): Promise<PanelRequests[K]["out"]> {
    this.asked.push({ kind, body: structuredClone(body) })
    const answer = (await this.#answer(kind, body)) as PanelRequests[K]["out"]
    return answer
  }

  async #answer(kind: PanelKind, body: unknown): Promise<unknown> {
    switch (kind) {
      case "worker/ping":
        return { startedAt: 0 }
      case "engine/suggest":
        return this.suggestWith(body as SuggestRequest)
      case "worksheet/check":
        return this.checkWith(body as WorksheetRequest)
      case "query/prepare":
        return this.prepareWith(body as PanelRequests["query/prepare"]["in"])
      case "query/lint":
        return { findings: this.lintWith((body as PanelRequests["query/lint"]["in"]).draft) }
      case "packs/report-damage":
        this.damaged.delete((body as { id: string }).id)
        this.packNotices = ["A code set was damaged and has been imported again."]
        return this.packStatus()
      case "packs/status":
      case "packs/activate":
      case "packs/remove":
      case "packs/ensure":
        return this.packStatus()
      case "sites/status":
        return this.siteStatus()
      case "sites/enable":
        for (const page of this.pagesHere) if (page.asleep) page.mute = page.asleep = false
        this.site = { ...this.site, granted: true, enabled: true }
        return this.siteStatus()
      case "sites/disable":
        this.site = { ...this.site, granted: false, enabled: false }
        this.sites = this.sites.filter(({ origin }) => origin !== (body as { origin: string }).origin)
        return this.siteStatus()
      case "sites/list":
        return this.sites
    }
  }

  onNews = (listener: (news: "sites" | "packs") => void) => {
    this.#news.add(listener)
    return () => this.#news.delete(listener)
  }

  activeTab = async () => (this.tabId < 0 ? null : { tabId: this.tabId, url: this.url })

  watchTabs = (listener: (change: TabChange) => void) => {
    this.#tabs.add(listener)
    return () => this.#tabs.delete(listener)
  }

  canOpenPanel = Promise.resolve()

  openPanel = async () => {
    this.panelOpened++
  }

  openOptions = () => {
    this.optionsOpened++
  }

  pages: PanelServices["pages"] = {
    frames: async (tabId) => (this.pagesOf.get(tabId) ?? []).map(({ frame }) => frame),
    openChart: (tabId, documentId, events) => this.#page(tabId, documentId).chartPort(events),
    openForm: async (tabId, documentId) => this.#page(tabId, documentId).formPort()
  }

  #page(tabId: number, documentId: string): FakePage {
    const page = (this.pagesOf.get(tabId) ?? []).find(({ frame }) => frame.documentId === documentId)
    if (!page) throw new PageError("gone", "The page was left.")
    return page
  }

  requestSite = async () => this.permission

  packs: PanelServices["packs"] = {
    open: async (info): Promise<CodePack> => {
      if (this.damaged.has(info.id)) throw new AskError("pack-damaged", "The code set is damaged.")
      return fakePack(info, info.system === "HCPCS" ? SUPPLIES : DIABETES)
    },
    lookup: async (packs) => fakeSearch(packs)
  }

  counts: RuleCount[] = []
  ruleCounts: PanelServices["ruleCounts"] = {
    read: async () => structuredClone(this.counts),
    add: async (rule, { accepted = 0, dismissed = 0 }) => {
      const known = this.counts.find((each) => each.rule === rule) ?? { rule, accepted: 0, dismissed: 0 }
      this.counts = this.counts.filter((each) => each !== known)
      this.counts.push({ rule, accepted: known.accepted + accepted, dismissed: known.dismissed + dismissed })
    },
    clear: async () => {
      this.counts = []
    }
  }

  own = new FakeOwnCodes()
  sheets = new FakeSheets()
  seen: SeenReleases = {}
  seenReleases: SeenReleaseServices = {
    read: async () => this.seen,
    add: async (seen) => {
      this.seen = { ...this.seen, ...seen }
    }
  }

  /** The book that is installed, whatever the date. */
  book: GuidelineBook | undefined

  guidelines = async () => this.book

  copyText = async (text: string) => {
    if (this.clipboardFails) throw new Error("not allowed")
    this.clipboard = text
  }

  settings: PanelServices["settings"] = {
    read: async () => this.stored,
    write: async (change) => {
      this.stored = { ...this.stored, ...change }
    }
  }
}

let documents = 0

export function topFrame(url = "https://ehr.example/chart/1"): FrameRef {
  return { frameId: 0, documentId: `top-${++documents}`, url, origin: new URL(url).origin, top: true }
}

export function childFrame(frameId: number, url = "https://ehr.example/note"): FrameRef {
  return { frameId, documentId: `child-${++documents}`, url, origin: new URL(url).origin, top: false }
}

export function field(change: Partial<FieldInfo> = {}): FieldInfo {
  return { field: "f1", label: "Diagnosis 1 (21.A)", kind: "input", value: "", focusedAt: 10, ...change }
}
