/** The guidelines in force on a day, out of the store; each book is read once. */
import type { GuidelineBook } from "@/classification/guidelines-api"
import { pickRelease } from "@/classification/releases"
import type { PacksRepository } from "@/store/packs-repository"
import { readStoredJson } from "@/store/stored-packs"
import { asAskError } from "./errors"

/** Panels show the guidelines of ICD-10-CM beside its codes. */
const SYSTEM = "ICD-10-CM"

export function guidelineServices(repository: PacksRepository) {
  /** By version: a book that was replaced is read again. */
  const books = new Map<string, Promise<GuidelineBook>>()

  function read(key: string, id: string): Promise<GuidelineBook> {
    let book = books.get(key)
    if (!book) {
      // Checked against its schema when it was installed, and its SHA-256 too.
      book = readStoredJson(repository, id) as Promise<GuidelineBook>
      books.set(key, book)
      book.catch(() => books.delete(key))
    }
    return book
  }

  return async (date?: string): Promise<GuidelineBook | undefined> => {
    try {
      const installed = (await repository.active()).flatMap((meta) =>
        meta.kind === "guidelines" ? [{ ...meta.book, id: meta.id, key: meta.key }] : []
      )
      const picked = pickRelease(installed, SYSTEM, date)
      // Guidelines of a later year say nothing about this encounter.
      if (!picked || picked.fit === "later") return undefined
      return await read(picked.release.key, picked.release.id)
    } catch (error) {
      throw asAskError(error)
    }
  }
}
