/** The line where a code is typed: ICD-10-CM, HCPCS, PCS, or a CPT number with modifiers and units. */
import { type FormEvent, useRef, useState } from "react"
import { Button } from "../components/button"
import { CodeMarks } from "../components/code-line"
import { Icon } from "../components/icons"
import type { TypedAnswer } from "../session/worksheet-desk"
import { usePanel } from "./panel-context"

export function WorksheetAdd() {
  const panel = usePanel()
  const [text, setText] = useState("")
  const [answer, setAnswer] = useState<TypedAnswer>()
  const field = useRef<HTMLInputElement>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === "") return
    const before = panel.worksheet.sheet
    const choices = await panel.desk.type(text)
    setAnswer(choices)
    if (!choices && panel.worksheet.sheet !== before) setText("")
  }
  return (
    <form className="worksheet-add" onSubmit={(event) => void submit(event)}>
      <div className="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          aria-label="Type a code to add"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          placeholder="E11.9, J1885 x4, 99213-25"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAnswer(undefined)
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || text === "") return
            event.preventDefault()
            event.stopPropagation()
            setText("")
            setAnswer(undefined)
          }}
        />
      </div>
      <Button type="submit">Add</Button>
      {answer && (
        <fieldset className="worksheet-choices">
          <legend>This is a code of two systems. Which one?</legend>
          {answer.choices.map((choice) => (
            <Button
              key={choice.system}
              className="worksheet-choice"
              onClick={() => {
                setAnswer(undefined)
                setText("")
                field.current?.focus()
                void panel.desk.accept(choice, "typed", {}, answer.typed)
              }}
            >
              <span className="code">{choice.code}</span>{" "}
              <CodeMarks system={choice.system} billable={choice.billable} /> {choice.title}
            </Button>
          ))}
        </fieldset>
      )}
    </form>
  )
}
