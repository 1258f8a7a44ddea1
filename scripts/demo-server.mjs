/** Serves the built demo EHR on this machine only. One server answers as localhost and as 127.0.0.1. */
import { readFile } from "node:fs/promises"
import http from "node:http"
import { extname, join, normalize } from "node:path"
import { bin, ROOT, run } from "./run.mjs"

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" }
const DEMO = `${ROOT}build/demo`

/** Builds the demo pages; throws an Error with the tool's output when that fails. */
export async function buildDemo() {
  const vite = await run(bin("vite"), ["build", "--config", "assets/demo/vite.config.mts"], { quiet: true })
  if (vite.code !== 0) throw new Error(`The demo pages could not be built:\n${vite.output}`)
}

/**
 * Starts the server on a free port (or `port`). Extra pages, path -> HTML, may be handed in by tests.
 * @returns {Promise<{port: number, origin: string, close: () => Promise<void>}>}
 */
export function serveDemo({ port = 0, pages = {}, folder = DEMO } = {}) {
  const server = http.createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname
    if (path in pages) {
      response.setHeader("content-type", "text/html; charset=utf-8")
      return response.end(pages[path])
    }
    const file = normalize(join(folder, path === "/" ? "index.html" : path))
    try {
      if (!file.startsWith(folder)) throw new Error("outside the demo folder")
      const body = await readFile(file)
      response.setHeader(
        "content-type",
        `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`
      )
      response.end(body)
    } catch {
      response.statusCode = 404
      response.end("not found")
    }
  })
  return new Promise((resolve, reject) => {
    server.on("error", reject)
    server.listen(port, () => {
      const used = server.address().port
      const close = () =>
        new Promise((done) => {
          server.closeAllConnections()
          server.close(() => done())
        })
      resolve({ port: used, origin: `http://localhost:${used}`, close })
    })
  })
}
