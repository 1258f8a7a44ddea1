// @vitest-environment jsdom
import { act } from "react"
import { createRoot } from "react-dom/client"
import { expect, it } from "vitest"
import { useAnswer } from "@/ui/session/use-answer"
import { FakeBrowser } from "./fake-services"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

it("an older answer that comes later does not replace the newer one", async () => {
  const browser = new FakeBrowser()
  const answers: ((value: string) => void)[] = []
  const question = () => new Promise<string>((resolve) => answers.push(resolve))
  function Shown() {
    return <p>{useAnswer(browser, question).value}</p>
  }
  const place = document.createElement("div")
  const root = createRoot(place)
  await act(async () => root.render(<Shown />))
  await act(async () => browser.news("sites"))
  expect(answers).toHaveLength(2)
  await act(async () => answers[1]!("newer"))
  await act(async () => answers[0]!("older"))
  expect(place.textContent).toBe("newer")
  await act(async () => root.unmount())
})
