/** What `walls.test.ts` must notice. Nothing imports it. */
export function wrong(documents: readonly { text: string }[]): number {
  let length = 0
  for (const document of documents) length += document.text.length
  return length
}

export const wrongOnce = (): string => document.title
export type WrongType = HTMLElement
export const wrongTwice = (): number => localStorage.length
