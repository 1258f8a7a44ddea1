import "fake-indexeddb/auto"
import { afterEach, describe, expect, test } from "vitest"
import { PACK_FORMAT_VERSION } from "@/classification/pack/format"
import { openPack } from "@/classification/pack/open"
import type { StoredPack } from "@/store/code-database"
import { packKey } from "@/store/packs-repository"
import { createImportedPacks } from "@/sync/imported-packs"
import {
  createWorld,
  damage,
  diskFull,
  failing,
  fullPackage,
  model,
  packed,
  soundIds,
  starterPackage,
  type World
} from "./world"

let world: World
afterEach(() => world.end())

const ALL = ["hcpcs-2025-10", "icd10cm-FY2026", "icd10cm-FY2027", "lexicon"]

/** What the options page puts into the store. */
async function compiled(release: string, title = "Imported hypertension", changes = {}): Promise<StoredPack> {
  const made = model(release, {
    codes: [{ code: "I10", title, billable: true, notes: [] }],
    ...changes
  })
  const { bytes, entry } = await packed(made, `icd10cm-${release}`)
  const info = { ...openPack(bytes).info, sha256: entry.sha256 }
  return {
    key: packKey(info.id, entry.sha256),
    id: info.id,
    release,
    effectiveFrom: info.effective.from,
    bytes: bytes.length,
    sha256: entry.sha256,
    source: "imported",
    channel: "file",
    complete: true,
    importedAt: 1_000,
    format: PACK_FORMAT_VERSION,
    blob: new Blob([bytes]),
    kind: "codes",
    info
  }
}

async function installed() {
  world = createWorld(await fullPackage())
  const life = world.wake()
  await life.packaged.ensure()
  await life.packaged.settled()
  return life
}

const titleOf = async (life: ReturnType<World["wake"]>, id = "icd10cm-FY2026") => {
  const pack = await life.shelf.codes(id)
  return pack.title(pack.find("I10"))
}

describe("an imported code set", () => {
  test("counts once it is activated, is told, and survives a newer package", async () => {
    const life = await installed()
    expect(await titleOf(life)).toBe("Essential (primary) hypertension")
    const mine = await compiled("FY2026")
    await world.disk.stage([mine])
    expect(await titleOf(life)).toBe("Essential (primary) hypertension")
    const before = life.changes()
    await life.imported.activate([mine.key])
    expect(life.changes()).toBeGreaterThan(before)
    expect(await titleOf(life)).toBe("Imported hypertension")
    expect((await life.imported.state()).ids).toEqual(["icd10cm-FY2026"])
    const [, ...others] = await fullPackage()
    world.source.put([await packed(model("FY2026", { remarks: ["newer"] }), "icd10cm-FY2026"), ...others])
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(await titleOf(next)).toBe("Imported hypertension")
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("removed, the packaged copy is back, whatever was imported before", async () => {
    const life = await installed()
    for (const title of ["First", "Second"]) {
      const mine = await compiled("FY2026", title)
      await world.disk.stage([mine])
      await life.imported.activate([mine.key])
      expect(await titleOf(life)).toBe(title)
    }
    await life.imported.remove("icd10cm-FY2026")
    expect(await titleOf(life)).toBe("Essential (primary) hypertension")
    expect((await life.imported.state()).ids).toEqual([])
    expect(await world.database.packs.filter(({ channel }) => channel === "file").count()).toBe(0)
  })

  test("a full set takes the place of the starter set, which comes back with its removal", async () => {
    world = createWorld(await starterPackage())
    const life = world.wake()
    await life.packaged.ensure()
    await life.packaged.settled()
    const mine = await compiled("FY2026")
    await world.disk.stage([mine])
    await life.imported.activate([mine.key])
    expect(await soundIds(world)).toEqual(["icd10cm-FY2026", "lexicon"])
    await life.imported.remove("icd10cm-FY2026")
    expect(await soundIds(world)).toEqual(["icd10cm-starter", "lexicon"])
  })

  test("what was asked for is done even when the package has nothing to add", async () => {
    await installed()
    const mine = await compiled("FY2026")
    world.source.state.fail = () => new TypeError("Failed to fetch")
    const next = world.wake()
    await world.disk.stage([mine])
    await next.imported.activate([mine.key])
    expect(await titleOf(next)).toBe("Imported hypertension")
  })

  test("several count together or not at all", async () => {
    const life = await installed()
    const good = await compiled("FY2026")
    const bad = await compiled("FY2027")
    await world.disk.stage([good, { ...bad, blob: new Blob(["half"]) }])
    await expect(life.imported.activate([good.key, bad.key])).rejects.toMatchObject({ code: "pack-damaged" })
    expect(await titleOf(life)).toBe("Essential (primary) hypertension")
    await expect(life.imported.activate([good.key, "icd10cm-FY2027@gone"])).rejects.toMatchObject({
      code: "pack-damaged"
    })
    // Swept away by another page between the check and the transaction.
    await expect(world.disk.activate([good.key, "icd10cm-FY2027@gone"])).rejects.toMatchObject({
      kind: "failed"
    })
    expect((await life.imported.state()).ids).toEqual([])
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("bytes that are flipped anywhere never count", async () => {
    const life = await installed()
    const mine = await compiled("FY2026")
    const bytes = new Uint8Array(await mine.blob.arrayBuffer())
    for (const at of [0, 9, 30, bytes.length >> 1, bytes.length - 1]) {
      const flipped = bytes.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 1
      await world.disk.stage([{ ...mine, blob: new Blob([flipped]) }])
      await expect(life.imported.activate([mine.key])).rejects.toMatchObject({ code: "pack-damaged" })
    }
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("a row that says other things than its pack never counts", async () => {
    const life = await installed()
    const mine = await compiled("FY2026")
    if (mine.kind !== "codes") throw new Error("no code set")
    for (const lie of [
      { id: "lexicon" },
      { id: "icd10cm-FY2027" },
      { release: "FY2027" },
      { effectiveFrom: "2020-10-01" },
      { complete: false },
      { info: { ...mine.info, system: "HCPCS" as const } }
    ]) {
      await world.disk.stage([{ ...mine, ...lie, key: "lie" }])
      await expect(life.imported.activate(["lie"]), JSON.stringify(lie)).rejects.toMatchObject({
        code: "pack-damaged"
      })
    }
    expect((await life.imported.state()).ids).toEqual([])
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("a full disk or a killed worker at any step: untouched or whole", async () => {
    const life = await installed()
    const mine = await compiled("FY2026")
    for (const after of [false, true]) {
      for (let n = 1; n <= 4; n++) {
        await life.imported.remove("icd10cm-FY2026")
        const disk = failing(world.disk, n, after)
        const dying = createImportedPacks({
          repository: disk,
          packaged: { ensure: async () => {}, settled: async () => {} }
        })
        const came = await (async () => {
          await disk.stage([mine])
          await dying.activate([mine.key])
          return true
        })().catch((error) => {
          expect(error).toMatchObject({ kind: diskFull().kind })
          return false
        })
        const now = world.wake()
        const title = await titleOf(now)
        expect(["Essential (primary) hypertension", "Imported hypertension"]).toContain(title)
        if (came) expect(title).toBe("Imported hypertension")
        expect(await soundIds(world)).toEqual(ALL)
        // Asked again, as a page does after the worker was killed, it comes to its end.
        await world.disk.stage([mine])
        await now.imported.activate([mine.key])
        await now.imported.activate([mine.key])
        expect(await titleOf(now)).toBe("Imported hypertension")
      }
    }
  })

  test("two pages at once: one of the two, whole", async () => {
    const life = await installed()
    const [one, two] = [await compiled("FY2026", "One"), await compiled("FY2026", "Two")]
    await Promise.all([world.disk.stage([one]), world.disk.stage([two])])
    await Promise.allSettled([life.imported.activate([one.key]), life.imported.activate([two.key])])
    const now = world.wake()
    expect(["One", "Two"]).toContain(await titleOf(now))
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("what a closed page left behind goes after an hour; what counts stays", async () => {
    const life = await installed()
    await world.disk.stage([await compiled("FY2026", "Left behind")])
    const count = () => world.database.packs.count()
    const before = await count()
    const at = (now: number) =>
      createImportedPacks({ repository: world.disk, packaged: life.packaged, now: () => now }).sweep()
    await at(1_000 + 3_599_000)
    expect(await count()).toBe(before)
    await at(Date.now() + 7_200_000)
    expect(await count()).toBe(before - 1)
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("damaged later: the packaged copy is used, and the notice says what to do", async () => {
    const life = await installed()
    const mine = await compiled("FY2026")
    await world.disk.stage([mine])
    await life.imported.activate([mine.key])
    await damage(world, "icd10cm-FY2026")
    const next = world.wake()
    expect(await titleOf(next)).toBe("Essential (primary) hypertension")
    expect(await next.notices.all()).toEqual([
      expect.stringMatching(/you imported was damaged.*Import its files again/)
    ])
  })

  test("the same bytes as the packaged copy stay the packaged copy", async () => {
    const life = await installed()
    const stored = await world.disk.read("icd10cm-FY2026")
    if (!stored) throw new Error("not installed")
    await world.disk.stage([{ ...stored, channel: "file" }])
    await life.imported.activate([stored.key])
    expect((await life.imported.state()).ids).toEqual([])
  })
})

describe("packs of another format", () => {
  /** As a Chartside of another pack format left it: row and bytes. */
  async function ofOldFormat(pack: StoredPack): Promise<void> {
    const bytes = new Uint8Array(await pack.blob.arrayBuffer())
    new DataView(bytes.buffer).setUint32(8, PACK_FORMAT_VERSION + 1, true)
    await world.database.packs.put({ ...pack, format: PACK_FORMAT_VERSION + 1, blob: new Blob([bytes]) })
  }

  test("of the package: imported again without a word", async () => {
    await installed()
    for (const id of ["icd10cm-FY2026", "icd10cm-FY2027", "hcpcs-2025-10"]) {
      const stored = await world.disk.read(id)
      if (stored) await ofOldFormat(stored)
    }
    const next = world.wake()
    expect(await next.shelf.infos()).toEqual([])
    await next.packaged.ensure("2026-01-15")
    expect((await next.shelf.infos()).map(({ id }) => id)).toContain("icd10cm-FY2026")
    await next.packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
    expect(await titleOf(next)).toBe("Essential (primary) hypertension")
    expect(await next.notices.all()).toEqual([])
    expect((await next.imported.state()).unreadable).toEqual([])
  })

  test("imported: told until imported again, while the packaged copy is used", async () => {
    const life = await installed()
    const mine = await compiled("FY2026")
    const other = await compiled("FY2024", "Only mine")
    await world.disk.stage([mine, other])
    await life.imported.activate([mine.key, other.key])
    await ofOldFormat(mine)
    await ofOldFormat(other)
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(await titleOf(next)).toBe("Essential (primary) hypertension")
    expect((await next.shelf.infos()).map(({ id }) => id)).not.toContain("icd10cm-FY2024")
    const unreadable = async () => (await next.imported.state()).unreadable.map(({ id }) => id).sort()
    expect(await unreadable()).toEqual(["icd10cm-FY2024", "icd10cm-FY2026"])
    const again = await compiled("FY2026", "Imported again")
    await world.disk.stage([again])
    await next.imported.activate([again.key])
    expect(await titleOf(next)).toBe("Imported again")
    expect(await unreadable()).toEqual(["icd10cm-FY2024"])
    await next.imported.remove("icd10cm-FY2024")
    expect(await unreadable()).toEqual([])
  })
})
