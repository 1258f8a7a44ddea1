/** A worksheet with its way back: every action can be undone and done again, one by one. Pure. */
import { type Action, applyAll } from "./actions"
import { EMPTY_SHEET, type Sheet } from "./sheet"

/** One thing that the coder did; it may be several actions that go together. */
export interface Step {
  /** What was done, for the button: "Move E11.9". */
  name: string
  forth: readonly Action[]
  back: readonly Action[]
}

export interface History {
  sheet: Sheet
  /** The last one is undone first. */
  done: readonly Step[]
  /** The last one is done again first. */
  undone: readonly Step[]
}

export const NEW_HISTORY: History = { sheet: EMPTY_SHEET, done: [], undone: [] }

/** So many steps can be taken back. */
export const STEPS_KEPT = 200

export type Stepped = { ok: true; history: History; step: Step } | { ok: false; why: string }

export function act(history: History, name: string, actions: readonly Action[]): Stepped {
  const applied = applyAll(history.sheet, actions)
  if (!applied.ok) return applied
  const step: Step = { name, forth: actions, back: applied.back }
  return {
    ok: true,
    step,
    history: { sheet: applied.sheet, done: [...history.done, step].slice(-STEPS_KEPT), undone: [] }
  }
}

export function undo(history: History): Stepped {
  const step = history.done.at(-1)
  if (!step) return { ok: false, why: "There is nothing to undo." }
  return again(history, step, step.back, () => ({
    done: history.done.slice(0, -1),
    undone: [...history.undone, step]
  }))
}

export function redo(history: History): Stepped {
  const step = history.undone.at(-1)
  if (!step) return { ok: false, why: "There is nothing to do again." }
  return again(history, step, step.forth, (back) => ({
    done: [...history.done, { ...step, back }],
    undone: history.undone.slice(0, -1)
  }))
}

/** Applies a known step one way or the other. @param move where the step stands afterwards, given its way back */
function again(
  history: History,
  step: Step,
  actions: readonly Action[],
  move: (back: Step["back"]) => Omit<History, "sheet">
): Stepped {
  const applied = applyAll(history.sheet, actions)
  if (!applied.ok) return applied
  return { ok: true, step, history: { sheet: applied.sheet, ...move(applied.back) } }
}
