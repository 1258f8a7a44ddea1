/** Desks for queries over a pack folder, one for each choice of releases. */
import type { Engine } from "@/engine/index"
import type { Lexicon } from "@/engine/lexicon-types"
import { createQueryDesk, type QueryDesk } from "@/engine/provider-query"
import { EngineShelf } from "./engine-shelf"
import type { PackShelf } from "./load-packs"

export class QueryDesks {
  private readonly engines: EngineShelf
  private readonly known = new Map<Engine, QueryDesk>()

  constructor(private readonly shelf: PackShelf) {
    this.engines = new EngineShelf(shelf)
  }

  forDate(date: string | undefined): { desk: QueryDesk; engine: Engine } {
    const { engine } = this.engines.forDate(date)
    let desk = this.known.get(engine)
    if (!desk) {
      const lexicon = this.shelf.lexicon() as Lexicon
      desk = createQueryDesk({ lexicon, engine, ...(date === undefined ? {} : { date }) })
      this.known.set(engine, desk)
    }
    return { desk, engine }
  }
}
