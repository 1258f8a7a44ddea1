/** Form filler and pointer: injected when the coder first wants to fill something. Idle until a panel connects. */
import { FormDesk } from "@/form/form-desk"
import { formGuards } from "@/messages/page-guards"
import { FORM_PORT, type FormRequests } from "@/messages/page-protocol"
import { servePort } from "../common/serve-port"
import { shadowRootOf, world } from "../common/world"

servePort<FormRequests>(FORM_PORT, formGuards, () => {
  const shared = world()
  const desk = new FormDesk(document, {
    shadowRootOf,
    own: (host) => void shared.own.add(host),
    earlierFocus: () => shared.focus?.last
  })
  return {
    handlers: {
      focused: () => desk.focused(),
      codeFields: () => desk.codeFields(),
      pick: () => desk.pick(),
      cancelPick: () => {
        desk.cancelPick()
        return {}
      },
      fill: ({ field, value, url }) => desk.fill(field, value, url),
      undo: ({ undo }) => desk.undo(undo)
    },
    start: () => desk.start(),
    stop: () => desk.stop()
  }
})
