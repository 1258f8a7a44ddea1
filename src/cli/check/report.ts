/** What a check found: counts, differences that a reason explains, and differences that nothing explains. */
export class CheckReport {
  readonly lines: string[] = []
  /** Differences without a reason: one is enough for exit code 1. */
  unexplained = 0

  constructor(private readonly subject: string) {}

  /** `found` of `expected` are as they must be. */
  count(what: string, found: number, expected: number): void {
    if (found !== expected) this.unexplained++
    this.lines.push(
      `${this.subject}: ${what}: ${found} of ${expected}${found === expected ? "" : "  DIFFERENT"}`
    )
  }

  /** Exceptions of one reason, each named once; a few are listed. */
  explained(reason: string, cases: readonly string[]): void {
    if (cases.length > 0) this.lines.push(`${this.subject}:   ${cases.length} ${reason}: ${listed(cases)}`)
  }

  different(what: string, cases: readonly string[]): void {
    if (cases.length === 0) return
    this.unexplained += cases.length
    this.lines.push(`${this.subject}:   ${cases.length} DIFFERENT, ${what}: ${listed(cases)}`)
  }

  note(text: string): void {
    this.lines.push(`${this.subject}: ${text}`)
  }
}

function listed(cases: readonly string[]): string {
  const distinct = [...new Set(cases)]
  const shown = distinct.slice(0, 12).join(", ")
  return distinct.length > 12 ? `${shown} ...` : shown
}
