import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { killWorker, openPanel, readSuggestions, waitForCode } from "../../scripts/journey/panel"
import { type Target, until } from "../../scripts/journey/target"
import { seeded } from "../../src/cli/seeded"
import { type Stage, stage } from "../e2e/setup"

const ROUNDS = 100
/** What each encounter must show, and what of another one must never stand beside it. */
const EXPECTED = [
  { id: "clinic", name: /Okafor/, own: "E11.42", others: ["S60.512A", "L89.152", "K80.10"] },
  { id: "ed", name: /Lindqvist/, own: "S60.512A", others: ["E11.42", "L89.152", "K80.10"] },
  { id: "operative", name: /Marchetti/, own: "K80.10", others: ["E11.42", "S60.512A", "L89.152"] }
]

describe(`${ROUNDS} changes of patient with the worker killed at random moments`, () => {
  let on: Stage
  let panel: Target

  beforeAll(async () => {
    on = await stage("worker-kills")
    await on.page.goto(`${on.origin}/?encounter=clinic`)
    panel = await openPanel(on.launched, on.session, on.page)
    await waitForCode(panel, "E11.42")
  })
  afterAll(() => on?.close())

  it("always ends with the suggestions of the patient on screen, and only those", async () => {
    const random = seeded(20261122)
    let kills = 0
    for (let round = 0; round < ROUNDS; round++) {
      const expected = EXPECTED[Math.floor(random() * EXPECTED.length)] ?? EXPECTED[0]!
      await on.page.getByRole("button", { name: expected.name }).click()
      if (random() < 0.7) {
        await new Promise((resolve) => setTimeout(resolve, random() * 400))
        await killWorker(on.session)
        kills++
      }
      await until(`round ${round}: ${expected.own}`, async () => {
        const codes = (await readSuggestions(panel)).map((s) => s.code)
        return codes.includes(expected.own) && !codes.some((code) => expected.others.includes(code))
      })
    }
    console.log(`${ROUNDS} changes of patient, ${kills} kills of the worker`)
    expect(panel.errors).toEqual([])
  })
})
