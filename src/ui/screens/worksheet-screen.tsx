/** Tab "Worksheet": the codes that the coder accepted for this encounter. */
import { Empty } from "../components/notice"

export function WorksheetScreen() {
  return (
    <Empty title="No codes yet">
      <p>Codes that you accept on the Chart tab or in the look-up are collected here, in order.</p>
    </Empty>
  )
}
