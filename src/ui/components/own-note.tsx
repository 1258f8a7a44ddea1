/** The coder's own note on a code: stored by itself a moment after the last key. */
import { useEffect, useId, useRef, useState } from "react"
import type { CodeRef } from "@/classification/model"
import type { OwnSession } from "../session/own-session"

const PAUSE = 500
/** A note, no document. */
const LONGEST = 4_000

type Saving = "reading" | "saved" | "changed" | "failed"
const STATES: Record<Saving, string> = {
  reading: "",
  saved: "Saved on this machine",
  changed: "Saving …",
  failed: "Could not be saved. Change it to try again."
}

export function OwnNote({ own, code }: { own: OwnSession; code: CodeRef }) {
  const id = useId()
  const { system, code: name } = code
  const [text, setText] = useState("")
  const [state, setState] = useState<Saving>("reading")
  /** What is not stored yet. */
  const wanted = useRef<string | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(() => {
    let here = true
    own.note({ system, code: name }).then(
      (stored) => {
        if (!here || wanted.current !== undefined) return
        setText(stored)
        setState("saved")
      },
      () => here && setState("failed")
    )
    return () => {
      here = false
    }
  }, [own, system, name])

  const save = async () => {
    clearTimeout(timer.current)
    const next = wanted.current
    if (next === undefined) return
    try {
      await own.writeNote({ system, code: name }, next.trim() === "" ? "" : next)
      if (wanted.current !== next) return
      wanted.current = undefined
      setState("saved")
    } catch {
      setState("failed")
    }
  }
  const latest = useRef(save)
  latest.current = save
  // Leaving the code within the pause must not lose the last words.
  useEffect(() => () => void latest.current(), [])

  return (
    <div className="own-note">
      <label htmlFor={id}>Your note</label>
      <textarea
        id={id}
        rows={2}
        maxLength={LONGEST}
        value={text}
        placeholder="About the code, never about a patient"
        onChange={(event) => {
          const next = event.currentTarget.value
          setText(next)
          wanted.current = next
          setState("changed")
          clearTimeout(timer.current)
          timer.current = setTimeout(() => void latest.current(), PAUSE)
        }}
        onBlur={() => void save()}
      />
      <span className="fine-print" role="status">
        {text === "" && state === "saved" ? "" : STATES[state]}
      </span>
    </div>
  )
}
