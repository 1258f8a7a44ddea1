/** Choosing in a drop-down list: by value first, then by label, never another code. */
import { carriesCode, isSameCode } from "./codes"
import { READ_BACK } from "./fill-text"
import { faultOf, judge, type Outcome, rejected } from "./outcome"
import { enter, fireChange, fireInput, leave, shownIn, until } from "./value"

/** The one option that stands for `value`; a sentence when there is none or more than one. */
export function findOption(el: HTMLSelectElement, value: string): HTMLOptionElement | string {
  const options = Array.from(el.options)
  const ways: ((option: HTMLOptionElement) => boolean)[] = [
    (option) => option.value === value,
    (option) => isSameCode(option.value, value),
    (option) => option.text.trim().toLowerCase() === value.trim().toLowerCase(),
    (option) => carriesCode(option.text, value)
  ]
  for (const way of ways) {
    const found = options.filter(way)
    if (found.length > 1) return `More than one entry of the list carries ${value}.`
    const [option] = found
    if (!option) continue
    const off = option.disabled || (option.parentElement as HTMLOptGroupElement | null)?.disabled === true
    return off ? `The entry ${value} of the list is switched off.` : option
  }
  return `The list has no entry ${value}.`
}

export async function fillSelect(el: HTMLSelectElement, value: string): Promise<Outcome> {
  const before = shownIn(el)
  const option = findOption(el, value)
  if (typeof option === "string") return rejected(before, option)
  const wasValid = faultOf(el) === undefined
  const chosen = Array.from(el.selectedOptions, (o) => o.index)
  choose(el, el.multiple ? [...chosen, option.index] : [option.index])
  const wanted = el.multiple ? shownIn(el) : option.text.trim()
  const shown = await until(
    () => shownIn(el),
    (now) => now === wanted,
    READ_BACK
  )
  return judge(el, before, wanted, shown, wasValid)
}

/** Selects exactly these options and tells the page. */
export function choose(el: HTMLSelectElement, indexes: readonly number[]): void {
  enter(el)
  if (el.multiple) for (const option of el.options) option.selected = indexes.includes(option.index)
  else el.selectedIndex = indexes[0] ?? -1
  fireInput(el, "")
  fireChange(el)
  leave(el)
}
