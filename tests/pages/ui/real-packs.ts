/** The compiled packs of this working copy (assets/packs), for look and speed with the real thing. */
import type { GuidelineBook } from "@/classification/guidelines-api"
import { createLookup, expansionsOf, type LexiconWords } from "@/classification/lookup"
import { openPack } from "@/classification/pack/open"
import type { PackInfo } from "@/classification/pack-api"
import type { SearchScope } from "@/ui/services"
import type { FakeBrowser } from "../../unit/ui/fake-services"

interface Entry {
  id: string
  kind: string
  file: string
}

async function bytesOf(file: string): Promise<ArrayBuffer> {
  const answer = await fetch(`/packs/${file}`)
  if (!answer.ok) throw new Error(`assets/packs/${file} is not there: npm run packs`)
  return answer.arrayBuffer()
}

/** Puts the packs into a browser in memory. */
export async function withRealPacks(browser: FakeBrowser): Promise<FakeBrowser> {
  const catalogue = JSON.parse(new TextDecoder().decode(await bytesOf("packs.json"))) as Entry[]
  const entries = catalogue.filter(({ file }) => file.endsWith(".bin"))
  const packs = await Promise.all(
    entries.map(async ({ file }) => openPack(new Uint8Array(await bytesOf(file))))
  )
  const lexicon = JSON.parse(new TextDecoder().decode(await bytesOf("lexicon.json"))) as LexiconWords
  browser.infos = packs.map(({ info }): PackInfo => ({ ...info, sha256: info.id }))
  browser.packs = {
    open: async ({ id }) => {
      const pack = packs.find(({ info }) => info.id === id)
      if (!pack) throw new Error(`There is no pack ${id}.`)
      return pack
    },
    lookup: async (chosen) => {
      const lookup = createLookup(chosen, expansionsOf(lexicon))
      const search = (text: string, limit: number, scope: SearchScope = {}) =>
        lookup.search(text, { limit, ...scope })
      return Object.assign(search, { warm: () => lookup.warm() })
    }
  }
  const book = await fetch("/packs/guidelines-FY2026.json")
  if (book.ok) browser.book = (await book.json()) as GuidelineBook
  return browser
}
