/**
 * Bundles this page into a folder (default: test-results/ui-page).
 *   node tests/pages/ui/build.mjs [folder]
 */
import { fileURLToPath } from "node:url"
import { build } from "vite"

const root = fileURLToPath(new URL("./", import.meta.url))
const repo = fileURLToPath(new URL("../../../", import.meta.url))

export async function buildPage(folder = `${repo}test-results/ui-page`) {
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "warn",
    resolve: { alias: [{ find: /^@\//, replacement: `${repo}src/` }] },
    build: { outDir: folder, emptyOutDir: true, target: "chrome140", minify: false }
  })
  return folder
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildPage(process.argv[2]))
