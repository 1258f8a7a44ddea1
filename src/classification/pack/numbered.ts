/** Different items, numbered in the order in which they came. */
export class Numbered<T> {
  readonly items: T[] = []
  private readonly numbers = new Map<string, number>()

  /** @param key the same for items that are the same */
  add(key: string, item: T): number {
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.items.push(item) - 1
      this.numbers.set(key, number)
    }
    return number
  }
}
