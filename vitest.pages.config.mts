import { mergeConfig } from "vitest/config"
import base from "./vitest.config.mts"

/** Tests of the page scripts in real Chromium: `npx vitest run -c vitest.pages.config.mts`. */
const merged = mergeConfig(base, {
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One browser at a time: two share two cores badly, and timings are measured here.
    fileParallelism: false
  }
})
merged.test.include = ["tests/pages/**/*.test.ts"]

export default merged
