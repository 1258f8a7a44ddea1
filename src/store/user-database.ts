/** What belongs to the coder. Nothing here comes from a chart: codes, switches and the coder's own words. */
import Dexie, { type EntityTable, type Table } from "dexie"
import type { CodeRef, System } from "@/classification/model"
import { userVersions } from "./user-versions"
import { declare } from "./versions"

export interface SiteRow {
  /** "https://ehr.example" */
  origin: string
  enabled: boolean
  addedAt: number
}

export interface SettingRow {
  key: string
  value: unknown
}

export interface PinRow extends CodeRef {
  pinnedAt: number
}

export interface NoteRow extends CodeRef {
  text: string
  changedAt: number
}

export interface RecentRow extends CodeRef {
  at: number
}

/** Nothing of a chart: the id of a rule and how often the coder found it right or not. */
export interface RuleCountRow {
  /** "heart-failure", or "gap.derived.laterality" where the classification itself asked. */
  rule: string
  accepted: number
  dismissed: number
}

/** The worksheet of one encounter, under a keyed hash of it (see keyed-hash.ts). */
export interface WorksheetRow {
  key: string
  /** Rises with every write, from 1; 0 of a row that was never stored. */
  version: number
  /** History of the worksheet as src/worksheet makes it; whoever reads it checks it. */
  history: unknown
  /** Where its chain of receipts ends. */
  head: { count: number; hash: string }
  changedAt: number
}

/** One receipt, as src/worksheet seals it; whoever reads it checks it. */
export interface ReceiptRow {
  sheet: string
  n: number
  receipt: unknown
}

export interface KeyRow {
  id: string
  /** Non-extractable. */
  key: CryptoKey
}

type CodeKey = [System, string]

export class UserDatabase extends Dexie {
  sites!: EntityTable<SiteRow, "origin">
  settings!: EntityTable<SettingRow, "key">
  pins!: Table<PinRow, CodeKey>
  notes!: Table<NoteRow, CodeKey>
  recents!: Table<RecentRow, CodeKey>
  ruleCounts!: EntityTable<RuleCountRow, "rule">

  worksheets!: EntityTable<WorksheetRow, "key">
  receipts!: Table<ReceiptRow, [string, number]>
  keys!: EntityTable<KeyRow, "id">

  constructor(name = "chartside-user") {
    super(name)
    declare(this, userVersions)
  }
}
