import { describe, expect, it } from "vitest"
import type { PageIdentity } from "@/messages/page-protocol"
import { ageOn, type FrameIdentity, judgeIdentity } from "@/ui/session/identity"

const top = (identity: PageIdentity | undefined): FrameIdentity => ({ frameId: 0, top: true, identity })
const child = (frameId: number, identity: PageIdentity | undefined): FrameIdentity => ({
  frameId,
  top: false,
  identity
})
const who = (changeKey: string, change: Partial<PageIdentity> = {}): PageIdentity => ({
  changeKey,
  ...change
})

const first = (...frames: FrameIdentity[]) => judgeIdentity(undefined, frames).identity

describe("is it still the same chart?", () => {
  it("yes, while nothing changed, and when frames come and go", () => {
    const known = first(top(who("a", { mrn: "1" })))
    expect(judgeIdentity(known, [top(who("a", { mrn: "1" }))]).same).toBe(true)
    expect(judgeIdentity(known, [top(who("a", { mrn: "1" })), child(3, who("x", { mrn: "1" }))]).same).toBe(
      true
    )
    const withFrame = first(top(who("a", { mrn: "1" })), child(3, who("x", { mrn: "1" })))
    expect(judgeIdentity(withFrame, [top(who("a", { mrn: "1" }))]).same).toBe(true)
  })

  it.each([
    ["the key of the page changed", [top(who("b", { mrn: "1" }))]],
    ["the key of a frame changed", [top(who("a", { mrn: "1" })), child(3, who("y", { mrn: "1" }))]],
    ["the page fell silent", [top(undefined), child(3, who("x", { mrn: "1" }))]],
    ["a new frame names another patient", [top(who("a", { mrn: "1" })), child(4, who("z", { mrn: "2" }))]],
    [
      "a new frame names another account",
      [top(who("a", { mrn: "1" })), child(4, who("z", { account: "9" }))]
    ],
    [
      "a new frame names another birthday",
      [top(who("a", { mrn: "1" })), child(4, who("z", { born: "1950-01-01" }))]
    ]
  ])("no: %s", (_, frames) => {
    const known = first(
      top(who("a", { mrn: "1" })),
      child(3, who("x", { mrn: "1", account: "8", born: "1949-02-03" }))
    )
    expect(judgeIdentity(known, frames).same).toBe(false)
  })

  it("a frame may fall silent only where the page around it names the patient", () => {
    const named = first(top(who("a", { mrn: "1" })), child(3, who("x", { mrn: "1" })))
    expect(judgeIdentity(named, [top(who("a", { mrn: "1" })), child(3, undefined)]).same).toBe(true)
    const unnamed = first(top(who("a")), child(3, who("x", { mrn: "1" })))
    expect(judgeIdentity(unnamed, [top(who("a")), child(3, undefined)]).same).toBe(false)
  })

  it("no, already at first sight, when two frames name different patients", () => {
    const frames = [top(who("a", { mrn: "1" })), child(3, who("x", { mrn: "2" }))]
    expect(judgeIdentity(undefined, frames).same).toBe(false)
  })

  it("the words of the page win over those of its frames; a chart in doubt keeps nothing of the old one", () => {
    const frames = [child(3, who("x", { sex: "male", born: "1980-01-01" })), top(who("a", { sex: "female" }))]
    expect(judgeIdentity(undefined, frames).identity).toMatchObject({ sex: "female", born: "1980-01-01" })
    const known = first(top(who("a", { mrn: "1", born: "1949-02-03" })))
    expect(judgeIdentity(known, [top(who("b", { mrn: "2" }))]).identity).toEqual({
      keys: new Map([[0, "b"]]),
      mrn: "2"
    })
  })
})

describe("age on a day", () => {
  it.each([
    ["1950-03-15", "2026-03-14", 75],
    ["1950-03-14", "2026-03-14", 76],
    ["2026-03-01", "2026-03-14", 0],
    ["2027-01-01", "2026-03-14", undefined],
    ["1850-01-01", "2026-03-14", undefined],
    [undefined, "2026-03-14", undefined],
    ["1950-03-14", undefined, undefined]
  ])("born %s, on %s: %s", (born, date, age) => {
    expect(ageOn(born, date)).toBe(age)
  })
})
