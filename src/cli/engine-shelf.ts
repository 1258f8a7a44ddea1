/** The engine over a pack folder, made once per release that is asked for. */
import type { CodePack } from "@/classification/pack-api"
import { createEngine, type Engine } from "@/engine/index"
import type { Lexicon } from "@/engine/lexicon-types"
import type { PackShelf } from "./load-packs"

export class EngineShelf {
  private readonly engines = new Map<string, Engine>()
  private readonly lexicon: Lexicon

  constructor(private readonly shelf: PackShelf) {
    // Compiled and checked when the packs were built; its SHA-256 was verified on reading.
    this.lexicon = shelf.lexicon() as Lexicon
  }

  /** For a date: only the releases that count are opened. Notices come from the shelf, which knows all releases. */
  forDate(date: string | undefined): { engine: Engine; notices: string[] } {
    const picked = this.shelf.pick(date)
    const key = picked.packs.map((pack: CodePack) => pack.info.id).join(" ")
    let engine = this.engines.get(key)
    if (!engine) {
      engine = createEngine({ packs: picked.packs, lexicon: this.lexicon })
      this.engines.set(key, engine)
    }
    return { engine, notices: picked.notices }
  }
}
