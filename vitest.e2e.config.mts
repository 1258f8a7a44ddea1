import base from "./vitest.config.mjs"

/** End-to-end tests: the shipped build in real Chromium, one file at a time (two cores, one clipboard). */
export default {
  ...base,
  test: {
    include: ["tests/e2e/**/*.test.ts"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    retry: 0
  }
}
