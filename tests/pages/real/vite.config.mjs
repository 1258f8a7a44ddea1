/** Builds the pages of real editors and widgets; what they take by script tag is copied into public/vendor first. */
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** public/vendor/<folder> <- node_modules/<package path>, each a folder or the files named. */
const VENDOR = JSON.parse(readFileSync(here("vendor.json"), "utf8"))

for (const { to, from, files } of VENDOR) {
  const target = here(`public/vendor/${to}`)
  if (existsSync(target)) continue
  mkdirSync(target, { recursive: true })
  for (const file of files ?? [""])
    cpSync(here(`node_modules/${from}/${file}`), `${target}/${file}`, { recursive: true })
}

export default {
  root: here("."),
  plugins: [react()],
  logLevel: "warn",
  define: { global: "globalThis" },
  resolve: { alias: { vue: "vue/dist/vue.esm-bundler.js" } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 20_000,
    reportCompressedSize: false,
    rollupOptions: { input: ["editors.html", "widgets.html", "widgets2.html"].map(here) }
  }
}
