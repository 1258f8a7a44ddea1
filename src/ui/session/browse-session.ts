/** Where the trees stand: kept while the panel is open, so that coming back finds them as they were left. */
import type { IndexSource, System } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import type { Place } from "./places"
import { Watched } from "./state"
import { TabularTree } from "./tabular-tree"

export interface TreeState {
  open: ReadonlySet<string>
  current: string | undefined
}

export interface IndexState {
  /** Main terms that are shown: positions in the book. */
  from: number
  to: number
  letters: string
  open: ReadonlySet<number>
  current: number | undefined
}

/** Main terms that are shown at once, and added at an end. */
export const INDEX_PAGE = 60

export class BrowseSession {
  readonly #tabular = new Map<System, Watched<TreeState>>()
  readonly #index = new Map<string, Watched<IndexState>>()
  readonly #arrived = new WeakSet<Place>()
  readonly #kept = new WeakMap<Place, { pack: CodePack; state: IndexState }>()
  readonly #trees = new WeakMap<CodePack, TabularTree>()

  tabular(system: System): Watched<TreeState> {
    const known = this.#tabular.get(system)
    if (known) return known
    const fresh = new Watched<TreeState>({ open: new Set(), current: undefined })
    this.#tabular.set(system, fresh)
    return fresh
  }

  /** Ids of lines are only good inside one pack: another release starts at its beginning. */
  index(source: IndexSource, pack: CodePack | undefined): Watched<IndexState> {
    const key = `${source} ${pack?.info.id}`
    const known = this.#index.get(key)
    if (known) return known
    const fresh = new Watched<IndexState>({
      from: 0,
      to: INDEX_PAGE,
      letters: "",
      open: new Set(),
      current: undefined
    })
    this.#index.set(key, fresh)
    return fresh
  }

  /** The sections of a code set are gathered once. */
  tree(pack: CodePack): TabularTree {
    const known = this.#trees.get(pack)
    if (known) return known
    const fresh = new TabularTree(pack)
    this.#trees.set(pack, fresh)
    return fresh
  }

  /** Several places of the way stand in one Index: each comes back as it was left. */
  keep(place: Place, pack: CodePack, state: IndexState): void {
    this.#kept.set(place, { pack, state })
  }

  /** Nothing of another release: its lines have other ids. */
  kept(place: Place, pack: CodePack | undefined): IndexState | undefined {
    const kept = this.#kept.get(place)
    return kept?.pack === pack ? kept?.state : undefined
  }

  /** True the first time: coming back to a place finds it as it was left, not as it was first opened. */
  isNew(place: Place): boolean {
    const fresh = !this.#arrived.has(place)
    this.#arrived.add(place)
    return fresh
  }
}

/** Opens all but the last of these and stands on the last. */
export function reveal(state: TreeState, path: string[]): TreeState {
  return { open: new Set([...state.open, ...path.slice(0, -1)]), current: path.at(-1) ?? state.current }
}

export function toggled<T>(open: ReadonlySet<T>, id: T, to: boolean): ReadonlySet<T> {
  const next = new Set(open)
  if (to) next.add(id)
  else next.delete(id)
  return next
}
