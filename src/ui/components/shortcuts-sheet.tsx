/** The sheet of keys. A native dialog: Escape closes it and the focus goes back where it was. */
import { useEffect, useRef } from "react"
import { Button } from "./button"

export const SHORTCUTS: { title: string; keys: [string, string][] }[] = [
  {
    title: "Anywhere in the panel",
    keys: [
      ["1 2 3 4", "Chart, Gaps, Look-up, Worksheet"],
      ["/", "Look-up: type a code or words"],
      ["B", "Tabular List to leaf through"],
      ["Ctrl Z", "Undo the last decision; with Shift: do it again"],
      ["?", "This sheet"],
      ["Esc", "Back, or close what is open"]
    ]
  },
  {
    title: "On a suggestion",
    keys: [
      ["↓ ↑", "Next, previous (lights up its words)"],
      ["Home End", "First, last"],
      ["A", "Accept it onto the worksheet; again: take it off"],
      ["D", "Dismiss it with a reason; again: restore it"],
      ["O", "Not suggested: overrule and accept"],
      ["C", "Copy the code"],
      ["F", "Fill it into the form field"],
      ["G", "Go to its words in the chart; again: the next place"],
      ["L", "Look it up"]
    ]
  },
  {
    title: "On a gap",
    keys: [
      ["↓ ↑", "Next, previous (lights up its words)"],
      ["G", "Go to the words that opened it"],
      ["E T", "Found elsewhere: go there, take the value"],
      ["Q", "Draft a query to the provider; again: close it"],
      ["D", "Dismiss it with a reason; again: restore it"],
      ["L", "Look its code up"],
      ["Ctrl Enter", "In a query: copy it"],
      ["Esc", "In a query: close it"]
    ]
  },
  {
    title: "In look-up",
    keys: [
      ["↓ ↑", "Choose a result"],
      ["Enter", "Copy it"],
      ["Shift Enter", "Open it with its notes"],
      ["Ctrl Enter", "Fill it into the form field"],
      ["Alt Enter", "Accept it onto the worksheet"],
      ["Alt ← →", "Back, forward"]
    ]
  },
  {
    title: "On an open code",
    keys: [
      ["← →", "Previous, next code of its level"],
      ["U", "Up to the category"],
      ["T", "Where it stands in the Tabular List"],
      ["A", "Accept it onto the worksheet"],
      ["C F", "Copy it, fill it"],
      ["P", "Pin it"],
      ["N", "Your note on it"],
      ["I", "Unfold or fold inherited notes"]
    ]
  },
  {
    title: "On the worksheet",
    keys: [
      ["Alt ↑ ↓", "Move the line"],
      ["Enter", "Open its fields: POA, units, modifiers, pointers"],
      ["C", "Copy its code"],
      ["N", "Copy the next code of the queue"],
      ["R", "Choose another code in its place"],
      ["Del", "Remove it"]
    ]
  },
  {
    title: "In trees and tables",
    keys: [
      ["→ ←", "Unfold, fold"],
      ["Enter", "Open the code, or follow “see”"],
      ["Letters", "Go to a code or main term"],
      ["Backspace", "PCS tables: one choice back"]
    ]
  }
]

export function ShortcutList() {
  return (
    <>
      {SHORTCUTS.map(({ title, keys }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl className="keys">
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  {key.split(" ").map((part) => (
                    <kbd key={part}>{part}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

export function ShortcutsSheet({ open, onClose }: { open: boolean; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const sheet = dialog.current
    if (open && sheet && !sheet.open) sheet.showModal()
    if (!open && sheet?.open) sheet.close()
  }, [open])
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="sheet-title" onClose={onClose}>
      <h2 id="sheet-title">Keys</h2>
      <ShortcutList />
      <div className="sheet-foot">
        <Button look="main" onClick={onClose}>
          Close
        </Button>
      </div>
    </dialog>
  )
}
