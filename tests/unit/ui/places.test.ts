import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  canGoBack,
  forgetCards,
  goBack,
  goForward,
  leave,
  type Place,
  placeOf,
  START,
  stepTo,
  type Trail
} from "@/ui/session/places"

const code = (name: string, card?: string): Place => ({
  kind: "code",
  ref: { system: "ICD-10-CM", code: name },
  ...(card === undefined ? {} : { card })
})
const tree: Place = { kind: "tabular", system: "ICD-10-CM" }
const walk = (...places: Place[]) => places.reduce(stepTo, START)

describe("the way through the look-up", () => {
  it("goes back and forward, and a new step forgets what lay ahead", () => {
    const trail = walk(code("E11"), code("E11.2"))
    const back = goBack(trail)
    expect(placeOf(back)).toEqual(code("E11"))
    expect(placeOf(goForward(back))).toEqual(code("E11.2"))
    const aside = stepTo(back, code("I10"))
    expect(goForward(aside)).toBe(aside)
    expect(placeOf(goBack(aside))).toEqual(code("E11"))
  })

  it("the same place twice is one step", () => {
    expect(walk(code("E11"), code("E11")).places).toHaveLength(2)
  })

  it("Escape leads out of the codes to the list they came from, then to the search", () => {
    const out = leave(walk(tree, code("E11"), code("E11.2")))
    expect(placeOf(out.trail)).toEqual(tree)
    expect(out.card).toBeUndefined()
    expect(placeOf(leave(out.trail).trail)).toEqual({ kind: "search" })
  })

  it("Escape leads back to the card of the chart, however many codes were opened from it", () => {
    const trail = walk(tree, code("E11", "card 1"), code("E11.2"), code("E11.22"))
    const out = leave(trail)
    expect(out.card).toBe("card 1")
    expect(placeOf(out.trail)).toEqual(tree)
    expect(leave(forgetCards(trail)).card).toBeUndefined()
  })

  it("never leaves its ends, whatever is done", () => {
    const steps = fc.constantFrom<(trail: Trail) => Trail>(
      goBack,
      goForward,
      (trail) => leave(trail).trail,
      (trail) => stepTo(trail, code("E11")),
      (trail) => stepTo(trail, tree),
      (trail) => stepTo(trail, { kind: "pcs", prefix: String(trail.places.length) })
    )
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 300 }), (done) => {
        const trail = done.reduce((before, step) => step(before), START)
        expect(trail.at).toBeGreaterThanOrEqual(0)
        expect(trail.at).toBeLessThan(trail.places.length)
        expect(trail.places.length).toBeLessThanOrEqual(100)
        expect(trail.places[0]).toEqual({ kind: "search" })
        expect(canGoBack(trail)).toBe(trail.at > 0)
      })
    )
  })
})
