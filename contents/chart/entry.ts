/** Chart reader: registered at run time for the sites that the coder switched on. Idle until a panel connects. */
import { ChartReader } from "@/chart/chart-reader"
import { FocusRecord } from "@/form/focus-record"
import { labelOf } from "@/form/label"
import { chartGuards } from "@/messages/page-guards"
import { CHART_PORT, type ChartRequests } from "@/messages/page-protocol"
import { servePort } from "../common/serve-port"
import { shadowRootOf, world } from "../common/world"

servePort<ChartRequests>(CHART_PORT, chartGuards, (tell) => {
  const shared = world()
  const { own } = shared
  const env = {
    shadowRootOf,
    labelOf,
    isOwn: (node: Node) => own.has(node),
    own: (host: Element) => void own.add(host)
  }
  const reader = new ChartReader(document, env, tell)
  const focus = new FocusRecord(document, () => tell({ event: "focus" }))
  return {
    handlers: {
      read: () => reader.read(),
      paint: (body) => reader.paint(body),
      goTo: async ({ span }) => ({ found: await reader.goTo(span) })
    },
    start() {
      reader.start()
      focus.start()
      shared.focus = focus
    },
    stop() {
      reader.stop()
      focus.stop()
      shared.focus = undefined
    }
  }
})
