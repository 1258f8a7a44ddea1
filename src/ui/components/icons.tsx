/** Small line icons, drawn in the colour of the text. Always beside words or on a labelled button. */

const PATHS = {
  search: "M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4ZM14.2 14.2l-3.4-3.4",
  back: "M9.8 3 4.8 8l5 5",
  forward: "M6.2 3l5 5-5 5",
  pin: "M8 1.9l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.3l-3.7 2.1.8-4.2L2 6.3l4.2-.5L8 1.9Z",
  clock: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.6V8l2.4 1.6",
  close: "m4 4 8 8M12 4l-8 8",
  more: "M3.5 6 8 10.5 12.5 6",
  keyboard: "M1.8 4h12.4v8.2H1.8zM4.4 6.6h.01M7 6.6h.01M9.6 6.6h.01M12 6.6h.01M5 9.6h6",
  options:
    "M2 4.5h6.2M12 4.5h2M2 11.5h2M8 11.5h6M10.1 6.4a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8ZM5.9 13.4a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8Z",
  again: "M13.4 8a5.4 5.4 0 1 1-1.6-3.8L13.4 6M13.4 2.4V6H9.8",
  info: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 7.4v3.6M8 5h.01",
  warn: "M8 2 1.6 13.4h12.8L8 2ZM8 6.6v3.2M8 11.6h.01",
  good: "m3 8.6 3.2 3.2L13 4.8",
  aim: "M8 13.4A5.4 5.4 0 1 0 8 2.6a5.4 5.4 0 0 0 0 10.8ZM8 .8v3.4M8 11.8v3.4M.8 8h3.4M11.8 8h3.4"
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
