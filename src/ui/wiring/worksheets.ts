/** Worksheets and receipts out of the store; pages tell each other which one changed, by its keyed hash. */
import { askToCopyBehind, mayCopyBehind, onCopyNext } from "@/platform/copy-key"
import { createKeyedHash } from "@/store/keyed-hash"
import { createSettingsRepository } from "@/store/settings-repository"
import type { UserDatabase, WorksheetRow } from "@/store/user-database"
import { createWorksheetsRepository } from "@/store/worksheets-repository"
import { COPY_STYLES, type CopyShape } from "@/worksheet/copy-sheet"
import type { StoredSheet, WorksheetServices } from "../services"
import { asked } from "./errors"
import { pageNews } from "./page-news"

const CHANNEL = "chartside-worksheets"
const SHAPES = "copy-shapes"

type Shapes = Record<string, CopyShape>

const isShapes = (value: unknown): value is Shapes =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value as Record<string, Partial<CopyShape> | null>).every(
    (each) =>
      COPY_STYLES.some(({ value: style }) => style === each?.style) &&
      (each?.shape === "dot" || each?.shape === "no-dot")
  )

export function worksheetServices(database: UserDatabase): WorksheetServices {
  const sheets = createWorksheetsRepository(database)
  const hash = createKeyedHash(database)
  const settings = createSettingsRepository(database)
  const news = pageNews(CHANNEL)
  return {
    mark: (text) => asked(() => hash.mark(text)),
    open: (key) => asked(async () => stored(await sheets.get(key))),
    save: (sheet, receipts) =>
      asked(async () => {
        const { key } = sheet
        const answer = await sheets.save(
          { ...sheet, changedAt: Date.now() },
          receipts.map((receipt) => ({ sheet: key, n: receipt.n, receipt }))
        )
        if ("conflict" in answer) return { conflict: stored(answer.conflict) }
        news.tell(key)
        return stored(answer)
      }),
    receipts: (key) => asked(async () => (await sheets.receipts(key)).map(({ receipt }) => receipt)),
    remove: (key) =>
      asked(async () => {
        await sheets.remove(key)
        news.tell(key)
      }),
    onChange: news.on,
    copyShape: (origin) => asked(async () => (await settings.get<Shapes>(SHAPES, isShapes, {}))[origin]),
    setCopyShape: (origin, shape) =>
      asked(() => settings.patch<Shapes>(SHAPES, isShapes, {}, { [origin]: shape })),
    saveFile(name, text) {
      const url = URL.createObjectURL(new Blob([text], { type: "application/json" }))
      const link = document.createElement("a")
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
    onCopyNext,
    mayCopyBehind,
    askToCopyBehind
  }
}

function stored(row: WorksheetRow): StoredSheet
function stored(row: WorksheetRow | undefined): StoredSheet | undefined
function stored(row: WorksheetRow | undefined): StoredSheet | undefined {
  if (!row) return undefined
  const { key, version, history, head } = row
  return { key, version, history, head }
}
