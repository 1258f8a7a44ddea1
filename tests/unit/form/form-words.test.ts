import { describe, expect, it } from "vitest"
import { roleOf } from "@/form/form-words"
import examples from "~codesets/page/form-words.examples.json"
import words from "~codesets/page/form-words.json"

describe("words of a billing form", () => {
  it.each(examples.map(({ says, role }) => [says, role] as const))("%s: %s", (says, role) => {
    expect(roleOf(says) ?? null).toBe(role)
  })

  it("every role has an example, and every word is as it is compared", () => {
    for (const { role, words: list } of words.roles) {
      expect(
        examples.some((example) => example.role === role),
        role
      ).toBe(true)
      for (const word of list) expect(word).toMatch(/^[a-z0-9]+(?: [a-z0-9]+)*$/)
    }
  })
})
