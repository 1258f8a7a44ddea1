import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

const here = fileURLToPath(new URL("./", import.meta.url))
const pages = ["index", "note", "addendum", "labs", "billing"]

/** Builds the demo EHR into build/demo: static pages, no server code. */
export default defineConfig({
  root: here,
  base: "./",
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic" } },
  build: {
    outDir: fileURLToPath(new URL("../../build/demo", import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: Object.fromEntries(pages.map((p) => [p, `${here}${p}.html`])) }
  }
})
