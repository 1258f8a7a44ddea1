declare module "*/browser.mjs" {
  export function findBrowser(): string | undefined
  export function ensureBrowser(): string
}
declare module "*/build.mjs" {
  export const EXTENSION: string
  export function build(): Promise<void>
}
declare module "*/demo-server.mjs" {
  export function buildDemo(): Promise<void>
  export function serveDemo(options?: {
    port?: number
    pages?: Record<string, string>
    folder?: string
  }): Promise<{ port: number; origin: string; close: () => Promise<void> }>
}
declare module "*/real-pages.mjs" {
  export const REAL_PAGES_BUILT: string
  export function ensureRealPages(): Promise<void>
}
declare module "*/run.mjs" {
  export const ROOT: string
  export const bin: (name: string) => string
}
declare module "*/check-build.mjs" {
  export function checkBuild(dir: string): string[]
}
