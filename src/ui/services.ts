/**
 * What the panel, the popup and the options page need from outside. The entries hand in the real thing
 * (`wiring/`), tests and the harness hand in fakes: no file of `ui/` but the wiring touches the browser's
 * extension interfaces.
 */
import type { GuidelineBook } from "@/classification/guidelines-api"
import type {
  CompiledEdits,
  CompiledSet,
  ImportOutcome,
  ImportProgress,
  ImportTerms
} from "@/classification/import/compiled-set"
import type { CodeRef, System } from "@/classification/model"
import type { CodePack, LookupAnswer, PackInfo } from "@/classification/pack-api"
import type { Setting } from "@/engine/types"
import type { ChartEvent, ChartRequests, FormRequests } from "@/messages/page-protocol"
import type { PagePort } from "@/messages/page-rpc"
import type { PanelKind, PanelRequests } from "@/messages/panel-protocol"
import type { CopyShape } from "@/worksheet/copy-sheet"

export interface TabRef {
  tabId: number
  url: string
}

/** One document of a tab that scripts may run in. */
export interface FrameRef {
  frameId: number
  documentId: string
  url: string
  /** Whose permission counts: that of the parent for blank and srcdoc frames. */
  origin: string
  top: boolean
}

export type TabChange =
  /** Another tab came to the front, or this one went to another address: look again. */
  { change: "active" } | { change: "closed"; tabId: number }

export type ChartPort = PagePort<ChartRequests>
export type FormPort = PagePort<FormRequests>

export interface ChartPortEvents {
  onEvent(event: ChartEvent): void
  /** The document went away. Not called after `close()`. */
  onClose(): void
}

export interface SearchScope {
  /** Only codes of this one; all without it. */
  system?: System | undefined
  /** Date of service: what ended before it stands last. */
  date?: string | undefined
  /** Breaks ties. */
  own?: OwnCodes
}

/** Look-up over the code sets of one date, quick enough for every keystroke. */
export interface Search {
  (text: string, limit: number, scope?: SearchScope): LookupAnswer
  /** Prepares the next slice of what the first search needs, a few milliseconds; true while there is more. */
  warm?(): boolean
}

/** Codes of the coder's own choosing. Nothing here comes from a chart. */
export interface OwnCodes {
  pins: { system: System; code: string; pinnedAt: number }[]
  /** Codes opened, copied or accepted lately, newest first, at most 200. */
  recents: { system: System; code: string; at: number }[]
}

export interface OwnCodeServices {
  read(): Promise<OwnCodes>
  pin(ref: CodeRef): Promise<void>
  unpin(ref: CodeRef): Promise<void>
  /** Says that the coder opened, copied or accepted the code. */
  used(ref: CodeRef): Promise<void>
  note(ref: CodeRef): Promise<string>
  /** "" removes it. */
  writeNote(ref: CodeRef, text: string): Promise<void>
  /** Another page or the worker changed them. */
  onChange(listener: () => void): () => void
}

/** By system the release whose changes to the pins were looked at: { "ICD-10-CM": "FY2027" }. */
export type SeenReleases = Partial<Record<System, string>>

/** Both fail with `AskError`. */
export interface SeenReleaseServices {
  read(): Promise<SeenReleases>
  add(seen: SeenReleases): Promise<void>
}

/** What the coder accepted and dismissed of what a documentation rule asked for. Nothing of a chart. */
export interface RuleCount {
  rule: string
  accepted: number
  dismissed: number
}

/** All fail with `AskError`. */
export interface RuleCountServices {
  read(): Promise<RuleCount[]>
  /** Adds to the counts of a rule; -1 takes a decision back. */
  add(rule: string, change: { accepted?: number; dismissed?: number }): Promise<void>
  clear(): Promise<void>
}

/** Kept between sessions; holds nothing about a patient. */
export interface PanelSettings {
  setting: Setting
  /** Copy "E11.40" or "E1140". */
  dot: boolean
  /** Shortcuts that are one letter without a modifier (they only work outside of fields). */
  letterKeys: boolean
  /** Estimate the E/M level on the Gaps tab. */
  em: boolean
}

export const DEFAULT_SETTINGS: PanelSettings = {
  em: false,
  setting: "outpatient",
  dot: true,
  letterKeys: true
}

/** What popup and options page need; the panel needs more. */
export interface SiteServices {
  /** One question to the worker; survives its restart. Fails with `AskError` (messages/client). */
  ask<K extends PanelKind>(kind: K, body: PanelRequests[K]["in"]): Promise<PanelRequests[K]["out"]>
  /** The worker says that sites or packs changed; ask again to learn what. */
  onNews(listener: (news: "sites" | "packs") => void): () => void
  /** The tab in front of the window that this page belongs to. */
  activeTab(): Promise<TabRef | null>
  /** Settles when a click may open the panel: the browser wants to know the window in the click itself. */
  canOpenPanel: Promise<unknown>
  /** Opens the side panel of this window; only inside a click, after `canOpenPanel`. */
  openPanel(): Promise<void>
  openOptions(): void
  /** Asks the person for a site. To be called directly in a click; false when it was refused. */
  requestSite(origin: string): Promise<boolean>
  settings: {
    read(): Promise<PanelSettings>
    write(change: Partial<PanelSettings>): Promise<void>
  }
}

/** Files being compiled; nothing is stored by it. */
export interface ImportRun {
  /** Fails with `ImportError` (classification/import), whose message is a sentence for the coder. */
  outcome: Promise<ImportOutcome>
  /** Ends it at once; `outcome` then never settles. */
  cancel(): void
}

export interface ExportedPack {
  /** For the download: "icd10cm-FY2026-0123456789ab.bin". */
  name: string
  sha256: string
  blob: Blob
}

/** Import and export of code sets. */
export interface CodeSetServices {
  compile(
    files: readonly File[],
    terms: ImportTerms,
    onProgress: (progress: ImportProgress) => void
  ): ImportRun
  /** Stores the sets and lets them count, all or none. Fails with `AskError`; then nothing has changed. */
  install(sets: readonly CompiledSet[], edits?: readonly CompiledEdits[]): Promise<void>
  /** The stored pack, checked whole. Fails with `AskError`; CPT is never exported. */
  exportPack(info: PackInfo): Promise<ExportedPack>
  /** Hands a file to the coder as a download. */
  save(file: ExportedPack): void
}

export interface OptionsServices extends SiteServices {
  codeSets: CodeSetServices
}

/** A worksheet as it is stored: who reads it checks what it says. */
export interface StoredSheet {
  key: string
  /** 0 before it is stored. */
  version: number
  history: unknown
  head: { count: number; hash: string }
}

/** Worksheets and receipts of encounters under a keyed hash. Everything fails with `AskError`. */
export interface WorksheetServices {
  /** Keyed hash of this installation, 64 hexadecimal digits. */
  mark(text: string): Promise<string>
  open(key: string): Promise<StoredSheet | undefined>
  /** Writes sheet and receipts together. @returns `conflict` when another page wrote it meanwhile */
  save(
    sheet: StoredSheet,
    receipts: readonly { n: number }[]
  ): Promise<StoredSheet | { conflict: StoredSheet | undefined }>
  receipts(key: string): Promise<unknown[]>
  remove(key: string): Promise<void>
  /** Another page changed the worksheet under this key. */
  onChange(listener: (key: string) => void): () => void
  /** How codes of a site are copied; undefined when nothing was chosen there. */
  copyShape(origin: string): Promise<CopyShape | undefined>
  setCopyShape(origin: string, shape: CopyShape): Promise<void>
  /** Hands a text to the coder as a download. */
  saveFile(name: string, text: string): void
  /** The key for "copy the next code" was pressed, which the browser may have made global. */
  onCopyNext(listener: () => void): () => void
  /** May codes be copied while another program is in front? */
  mayCopyBehind(): Promise<boolean>
  /** To be called directly in a click; false when it was refused. */
  askToCopyBehind(): Promise<boolean>
}

export interface PanelServices extends SiteServices {
  watchTabs(listener: (change: TabChange) => void): () => void
  pages: {
    /** Documents of the tab that this extension may read, top document first. */
    frames(tabId: number): Promise<FrameRef[]>
    openChart(tabId: number, documentId: string, events: ChartPortEvents): ChartPort
    /** Puts the form script into the document when it is not there yet, then connects to it. */
    openForm(tabId: number, documentId: string): Promise<FormPort>
  }
  packs: {
    /** Opens the stored pack. Fails with `AskError` "no-pack" or "pack-damaged". */
    open(info: PackInfo): Promise<CodePack>
    /** Makes opened packs searchable; what it costs is paid once, not a keystroke. */
    lookup(packs: CodePack[]): Promise<Search>
  }
  /** Pins, notes and recents (store/user-database). */
  own: OwnCodeServices
  seenReleases: SeenReleaseServices
  sheets: WorksheetServices
  ruleCounts: RuleCountServices
  /** The guidelines in force on the date, undefined when none are installed. */
  guidelines(date?: string): Promise<GuidelineBook | undefined>
  copyText(text: string): Promise<void>
}
