import type { BrowserContextOptions, Page } from "playwright-core"

export interface Shown {
  page: Page
  /** Errors of the page and its console. */
  errors: string[]
  close(): Promise<void>
}

export interface Stage {
  open(
    scene: string,
    look?: { width?: number; height?: number } & Pick<BrowserContextOptions, "colorScheme" | "forcedColors">
  ): Promise<Shown>
  close(): Promise<void>
}

export function stage(): Promise<Stage>
