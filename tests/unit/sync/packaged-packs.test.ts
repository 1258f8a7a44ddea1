import "fake-indexeddb/auto"
import * as fc from "fast-check"
import { afterEach, describe, expect, test } from "vitest"
import {
  createWorld,
  damage,
  diskFull,
  failing,
  fullPackage,
  jsonPack,
  lexicon,
  model,
  packed,
  soundIds,
  starterPackage,
  type World
} from "./world"

let world: World
afterEach(() => world.end())

const ALL = ["hcpcs-2025-10", "icd10cm-FY2026", "icd10cm-FY2027", "lexicon"]
describe("ensure", () => {
  test("brings everything in, what the date needs first, and fetches nothing the second time", async () => {
    world = createWorld(await fullPackage())
    const { packaged, shelf } = world.wake()
    await packaged.ensure("2026-01-15")
    expect(await soundIds(world)).toEqual(["icd10cm-FY2026", "lexicon"])
    await packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
    expect((await shelf.codes("icd10cm-FY2027")).info).toMatchObject({ release: "FY2027", codes: 2 })
    world.source.state.fetched.length = 0
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(world.source.state.fetched).toEqual(["packs.json"])
  })

  test("guidelines come in like the lexicon; a book that is none is never stored", async () => {
    const book = {
      release: "FY2026",
      system: "ICD-10-CM",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      source: "test",
      sections: [{ id: "I.A", parent: "", title: "Conventions", paragraphs: ["One."], codes: [] }]
    }
    const bad = { ...book, release: "FY2027", sections: [{ id: "I.A" }] }
    const file = (content: object, id: string) => jsonPack(JSON.stringify(content), id, "guidelines")
    world = createWorld([
      ...(await fullPackage()),
      await file(book, "guidelines-FY2026"),
      await file(bad, "guidelines-FY2027")
    ])
    const { packaged, notices } = world.wake()
    await packaged.ensure()
    await packaged.settled()
    expect(await soundIds(world)).toEqual(["guidelines-FY2026", ...ALL])
    expect(await world.disk.read("guidelines-FY2026")).toMatchObject({
      kind: "guidelines",
      book: { system: "ICD-10-CM", release: "FY2026", effective: book.effective }
    })
    expect(await notices.all()).toEqual([expect.stringMatching(/guidelines-FY2027 could not be installed/)])
  })

  test("many at once import each pack once", async () => {
    world = createWorld(await fullPackage())
    const { packaged } = world.wake()
    await Promise.all([packaged.ensure(), packaged.ensure("2026-01-15"), packaged.ensure("1999-01-01")])
    await packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
    expect(world.source.state.fetched.sort()).toEqual([
      "hcpcs-2025-10.bin",
      "icd10cm-FY2026.bin",
      "icd10cm-FY2027.bin",
      "lexicon.json",
      "packs.json"
    ])
  })

  test("a newer package replaces its packs; a pack from elsewhere stays", async () => {
    const files = await fullPackage()
    world = createWorld(files)
    const first = world.wake()
    await first.packaged.ensure()
    await first.packaged.settled()
    const own = await world.disk.read("icd10cm-FY2027")
    if (own) await world.database.packs.put({ ...own, channel: "file" })
    const changed = (release: string) =>
      packed(model(release, { remarks: ["corrected"] }), `icd10cm-${release}`)
    world.source.put([await changed("FY2026"), await changed("FY2027"), ...files.slice(2)])
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    const remarks = async (id: string) => (await next.shelf.codes(id)).info.remarks
    expect(await remarks("icd10cm-FY2026")).toEqual(["corrected"])
    expect(await remarks("icd10cm-FY2027")).toEqual([])
  })

  test("the starter set goes when a complete set comes, and is not brought in beside one", async () => {
    world = createWorld(await starterPackage())
    const first = world.wake()
    await first.packaged.ensure()
    await first.packaged.settled()
    expect(await soundIds(world)).toEqual(["icd10cm-starter", "lexicon"])
    world.source.put([...(await fullPackage()), ...(await starterPackage()).slice(0, 1)])
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
    const last = world.wake()
    await last.packaged.ensure()
    await last.packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("a starter set that outlived a kill goes the next time", async () => {
    world = createWorld([...(await fullPackage()), ...(await starterPackage()).slice(0, 1)])
    const { packaged } = world.wake({ ...world.disk, remove: () => Promise.reject(diskFull()) })
    world.source.put(await starterPackage())
    await world.wake().packaged.ensure()
    world.source.put(await fullPackage())
    await packaged.ensure()
    await packaged.settled()
    expect(await soundIds(world)).toContain("icd10cm-starter")
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
  })
})

describe("a package that is not as it should be", () => {
  test.each([
    ["cannot be fetched", () => new TypeError("Failed to fetch")],
    ["is not found", () => new Response("", { status: 404 })],
    ["is not JSON", () => new Response("<html>")],
    ["is empty", () => new Response("[]")],
    ["has another shape", () => new Response('[{"id":"../x"}]')]
  ])("packs.json %s: refused plainly, and tried again next time", async (_, answer) => {
    world = createWorld(await fullPackage())
    const { packaged } = world.wake()
    world.source.state.fail = (path) => (path.endsWith("packs.json") ? answer() : undefined)
    await expect(packaged.ensure()).rejects.toMatchObject({ name: "PanelError", code: "no-pack" })
    world.source.state.fail = undefined
    await packaged.ensure()
    await packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
  })

  test.each([
    ["cannot be fetched", () => new TypeError("Failed to fetch")],
    ["is cut short", () => new Response(new Uint8Array(10))],
    ["breaks off", () => new Response(new ReadableStream({ start: (c) => c.error(new Error("reset")) }))]
  ])("a needed pack that %s is refused and does not count", async (_, answer) => {
    world = createWorld(await fullPackage())
    const { packaged } = world.wake()
    world.source.state.fail = (path) => (path.includes("FY2026.bin") ? answer() : undefined)
    await expect(packaged.ensure("2026-01-15")).rejects.toMatchObject({ code: "pack-damaged" })
    expect(await soundIds(world)).not.toContain("icd10cm-FY2026")
  })

  test("right length, wrong bytes: the SHA-256 finds it", async () => {
    const files = await fullPackage()
    world = createWorld(files)
    const bad = files[0]?.bytes.slice() ?? new Uint8Array()
    bad[bad.length - 1] = (bad[bad.length - 1] ?? 0) ^ 1
    world.source.state.files.set("assets/packs/icd10cm-FY2026.bin", bad)
    await expect(world.wake().packaged.ensure("2026-01-15")).rejects.toMatchObject({ code: "pack-damaged" })
    expect(await soundIds(world)).not.toContain("icd10cm-FY2026")
  })

  test("right SHA-256, but nothing this version can open: never stored", async () => {
    const files = await fullPackage()
    const bytes = new Uint8Array(64).fill(7)
    const { sha256Hex } = await import("@/sync/sha256")
    const entry = { ...files[0]!.entry, bytes: 64, sha256: await sha256Hex(bytes) }
    world = createWorld([{ entry, bytes }, ...files.slice(1)])
    await expect(world.wake().packaged.ensure("2026-01-15")).rejects.toMatchObject({ code: "pack-damaged" })
    await world.end()
    world = createWorld([...files.slice(0, 3), await lexicon("{not json")])
    await expect(world.wake().packaged.ensure()).rejects.toMatchObject({ code: "pack-damaged" })
    expect(await soundIds(world)).not.toContain("lexicon")
  })

  test("a pack nobody waits for leaves a notice and the others come in", async () => {
    world = createWorld(await fullPackage())
    const { packaged, notices } = world.wake()
    world.source.state.fail = (path) => (path.includes("hcpcs") ? new TypeError("x") : undefined)
    await packaged.ensure()
    await packaged.settled()
    expect(await soundIds(world)).toEqual(["icd10cm-FY2026", "icd10cm-FY2027", "lexicon"])
    expect(await notices.all()).toEqual([
      expect.stringMatching(/hcpcs-2025-10 could not be installed.*Install/)
    ])
    await packaged.ensure()
    await packaged.settled()
    expect(await notices.all()).toHaveLength(1)
  })
})

describe("a store that fails", () => {
  test("at any step, before or after the write: never half a pack, and the next life completes it", async () => {
    const files = [...(await fullPackage()), ...(await starterPackage()).slice(0, 1)]
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 14 }), fc.boolean(), async (step, after) => {
        world = createWorld(files)
        try {
          const hurt = world.wake(failing(world.disk, step, after))
          const failure = await hurt.packaged.ensure("2026-01-15").then(
            () => undefined,
            (error) => error
          )
          if (failure) expect(failure).toMatchObject({ name: "StoreError", kind: "full" })
          await hurt.packaged.settled()
          await soundIds(world)
          const healed = world.wake()
          await healed.packaged.ensure("2026-01-15")
          await healed.packaged.settled()
          expect(await soundIds(world)).toEqual(ALL)
        } finally {
          await world.end()
        }
      }),
      { numRuns: 40 }
    )
  })

  test("a worker that stops in the middle (its writes never come back) leaves the next one free to finish", async () => {
    world = createWorld(await fullPackage())
    const { packaged } = world.wake({ ...world.disk, install: () => new Promise(() => {}) })
    void packaged.ensure()
    const next = world.wake()
    await next.packaged.ensure()
    await next.packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("a newer package that cannot be written leaves the old packs at work", async () => {
    const files = await fullPackage()
    world = createWorld(files)
    const first = world.wake()
    await first.packaged.ensure()
    await first.packaged.settled()
    world.source.put([
      await packed(model("FY2026", { remarks: ["new"] }), "icd10cm-FY2026"),
      ...files.slice(1)
    ])
    const { packaged, shelf } = world.wake({ ...world.disk, install: () => Promise.reject(diskFull()) })
    await expect(packaged.ensure("2026-01-15")).rejects.toMatchObject({ kind: "full" })
    expect((await shelf.codes("icd10cm-FY2026")).info.remarks).toEqual([])
    expect(await soundIds(world)).toEqual(ALL)
  })
})

describe("shelf", () => {
  async function filled() {
    world = createWorld(await fullPackage())
    const first = world.wake()
    await first.packaged.ensure()
    await first.packaged.settled()
    return world.wake()
  }

  test.each([
    ["in its head", 3, undefined],
    ["cut short", 3, 40],
    ["emptied", 3, 0]
  ])("a stored pack damaged %s is restored on opening, with a notice", async (_, at, cut) => {
    const { shelf, notices } = await filled()
    await damage(world, "icd10cm-FY2026", at, cut)
    const pack = await shelf.codes("icd10cm-FY2026")
    expect(pack.title(pack.find("I10"))).toBe("Essential (primary) hypertension")
    expect(await notices.all()).toEqual([
      expect.stringMatching(/icd10cm-FY2026 was damaged and has been restored/)
    ])
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("the lexicon too", async () => {
    const { shelf, notices } = await filled()
    await damage(world, "lexicon", 0)
    expect(await shelf.lexicon()).toMatchObject({ value: { words: [] } })
    expect(await notices.all()).toHaveLength(1)
  })

  test("when the package cannot help, the error says so and nothing hangs", async () => {
    const { shelf } = await filled()
    await damage(world, "icd10cm-FY2026")
    world.source.state.fail = (path) => (path.endsWith(".bin") ? new TypeError("x") : undefined)
    await expect(shelf.codes("icd10cm-FY2026")).rejects.toMatchObject({ code: "pack-damaged" })
    world.source.state.fail = undefined
    const { packaged } = world.wake()
    await packaged.ensure()
    await packaged.settled()
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("damage that opening cannot see is found by the full check, once a session", async () => {
    const { shelf, notices } = await filled()
    const size = (await world.disk.read("icd10cm-FY2026"))?.bytes ?? 0
    await damage(world, "icd10cm-FY2026", size - 1)
    await shelf.verifyAll()
    expect(await soundIds(world)).toEqual(ALL)
    expect(await notices.all()).toHaveLength(1)
    expect(world.session.map.get("packs.verified")).toHaveLength(3)
    await shelf.verifyAll()
    expect(world.session.map.get("packs.verified")).toHaveLength(4)
    await damage(world, "hcpcs-2025-10", 200)
    await world.wake().shelf.verifyAll()
    await expect(soundIds(world)).rejects.toThrow("half a pack")
    world.session.map.clear()
    await world.wake().shelf.verifyAll()
    expect(await soundIds(world)).toEqual(ALL)
  })

  test("a report about a sound pack changes nothing", async () => {
    const { shelf, notices } = await filled()
    world.source.state.fetched.length = 0
    await shelf.recheck("icd10cm-FY2026")
    await shelf.recheck("no-such-pack")
    expect(world.source.state.fetched).toEqual([])
    expect(await notices.all()).toEqual([])
  })

  test("a damaged pack that no package carries is removed with a notice", async () => {
    const { notices } = await filled()
    world.source.put((await fullPackage()).slice(1))
    await damage(world, "icd10cm-FY2026")
    const next = world.wake()
    await expect(next.shelf.codes("icd10cm-FY2026")).rejects.toMatchObject({ name: "MissingPackError" })
    expect(await notices.all()).toEqual([expect.stringMatching(/had to be removed/)])
    expect((await next.shelf.infos()).map(({ id }) => id)).not.toContain("icd10cm-FY2026")
  })

  test("opens each pack once", async () => {
    const { shelf } = await filled()
    const [a, b] = await Promise.all([shelf.codes("icd10cm-FY2026"), shelf.codes("icd10cm-FY2026")])
    expect(a).toBe(b)
    shelf.forget()
    expect(await shelf.codes("icd10cm-FY2026")).not.toBe(a)
  })
})
