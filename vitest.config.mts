import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const root = fileURLToPath(new URL("./", import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^data-text:~(.*)$/, replacement: `${root}$1?raw` },
      { find: /^url:~(.*)$/, replacement: `${root}$1?url` },
      { find: /^~(?=[a-z])/, replacement: root },
      { find: /^@\//, replacement: `${root}src/` }
    ]
  },
  test: {
    include: ["tests/unit/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 60_000
  }
})
