/**
 * Look-up at typing speed: the panel opens the stored code sets itself, so no keystroke waits for the
 * worker. The release follows the date that counts.
 */

import type { CodeRef, System } from "@/classification/model"
import type { CodePack, LookupAnswer, PackInfo } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { AskError } from "@/messages/client"
import type { PanelServices, Search, SearchScope } from "../services"
import { whenIdle } from "./idle"
import { Watched } from "./state"
import { explain } from "./wording"

export interface LookupState {
  /** "importing": the worker is putting code sets into the store. */
  phase: "opening" | "importing" | "ready" | "failed"
  packs: CodePack[]
  /** Sentences about releases: another one was used, notes are borrowed ... */
  notices: string[]
  problem: string | undefined
}

const SYSTEMS: System[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]
const RESULTS = 30
const EMPTY: LookupAnswer = { results: [] }

export class LookupSession {
  readonly state = new Watched<LookupState>({ phase: "opening", packs: [], notices: [], problem: undefined })
  readonly #opened = new Map<string, CodePack>()
  #search: Search | undefined
  #date: string | undefined
  #round = 0
  #stopWarming: (() => void) | undefined

  constructor(private readonly services: PanelServices) {}

  /** Opens the releases of a day. What is open already stays open. */
  async use(date: string | undefined): Promise<void> {
    this.#date = date
    const round = ++this.#round
    const current = () => round === this.#round
    try {
      let status = await this.services.ask("packs/status", {})
      if (!current()) return
      if (!status.packs.some((pack) => pack.system === "ICD-10-CM")) {
        if (this.state.get().packs.length === 0) this.state.patch({ phase: "importing", problem: undefined })
        status = await this.services.ask("packs/ensure", date ? { date } : {})
        if (!current()) return
      }
      await this.#openAll(status.packs, date, current)
    } catch (error) {
      if (current()) this.state.patch({ phase: this.#search ? "ready" : "failed", problem: explain(error) })
    }
  }

  /** Drops what is open and starts again. */
  async retry(): Promise<void> {
    this.#opened.clear()
    await this.use(this.#date)
  }

  stop(): void {
    this.#round++
    this.#stopWarming?.()
  }

  search(text: string, scope: Omit<SearchScope, "date"> = {}): LookupAnswer {
    if (!this.#search || text.trim() === "") return EMPTY
    return this.#search(text, RESULTS, { ...scope, date: this.#date })
  }

  /** The pack that holds a code, and its row. */
  readonly find = ({ system, code }: CodeRef): { pack: CodePack; row: number } | undefined => {
    const pack = this.state.get().packs.find((candidate) => candidate.info.system === system)
    const row = pack?.find(code) ?? -1
    return pack && row >= 0 ? { pack, row } : undefined
  }

  async #openAll(infos: PackInfo[], date: string | undefined, current: () => boolean): Promise<void> {
    const packs: CodePack[] = []
    const notices: string[] = []
    for (const system of SYSTEMS) {
      const picked = pickRelease(infos, system, date)
      if (!picked) continue
      if (picked.notice && date !== undefined) notices.push(picked.notice)
      // All remarks of a code set stand on the options page; while typing only this one matters.
      const { release, borrowedFrom } = picked.release
      if (borrowedFrom) notices.push(`${system} ${release} borrows notes and index of ${borrowedFrom}.`)
      const pack = await this.#open(picked.release, date, true)
      if (!current()) return
      packs.push(pack)
    }
    if (packs.length === 0) throw new AskError("no-pack", "No code set is installed yet.")
    const search = await this.services.packs.lookup(packs)
    if (!current()) return
    this.#search = search
    this.state.set({ phase: "ready", packs, notices, problem: undefined })
    this.#stopWarming?.()
    // So that the first key is as quick as the tenth. A pack that turns out to be damaged shows when it is used.
    this.#stopWarming = search.warm && whenIdle(() => warmed(search))
  }

  /** A damaged pack is reported, which has it dropped and imported again, and opened once more. */
  async #open(info: PackInfo, date: string | undefined, again: boolean): Promise<CodePack> {
    const key = `${info.id} ${info.sha256}`
    const open = this.#opened.get(key)
    if (open) return open
    try {
      const pack = await this.services.packs.open(info)
      this.#opened.set(key, pack)
      return pack
    } catch (error) {
      const code = error instanceof AskError ? error.code : undefined
      if (!again || (code !== "pack-damaged" && code !== "no-pack")) throw error
      if (!this.#search) this.state.patch({ phase: "importing" })
      if (code === "pack-damaged") await this.services.ask("packs/report-damage", { id: info.id })
      else await this.services.ask("packs/ensure", date ? { date } : {})
      return this.#open(info, date, false)
    }
  }
}

function warmed(search: Search): boolean {
  try {
    return search.warm?.() ?? false
  } catch {
    return false
  }
}
