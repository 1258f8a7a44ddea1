import base from "./vitest.config.mjs"

/** The long tests (`npm run test:long`): random kills of the worker, large corpora, every page a few hundred times. */
export default {
  ...base,
  test: {
    include: ["tests/long/**/*.test.ts"],
    environment: "node",
    testTimeout: 20 * 60_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    retry: 0
  }
}
