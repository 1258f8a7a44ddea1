/**
 * From a stored Blob to an open pack. The worker and the panel each open their own; both do only the cheap
 * checks of the pack reader (magic, format version, lengths, section table), so that waking stays fast.
 */
import { openEdits } from "@/classification/edits/table"
import type { EditTable } from "@/classification/edits/types"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import type { StoredPack } from "./code-database"
import type { PacksRepository } from "./packs-repository"

/** The stored bytes are not the pack they should be. Report it to the worker, which imports it again. */
export class DamagedPackError extends Error {
  override readonly name = "DamagedPackError"
  constructor(
    readonly id: string,
    readonly key: string,
    cause?: unknown
  ) {
    super(`The stored code set ${id} is damaged.`, { cause })
  }
}

/** There is no such pack in the store (yet). */
export class MissingPackError extends Error {
  override readonly name = "MissingPackError"
  constructor(readonly id: string) {
    super(`The code set ${id} is not installed.`)
  }
}

/** The bytes of a stored pack. @throws DamagedPackError when they cannot be read or are cut short */
export async function packBytes({ id, key, bytes, blob }: StoredPack): Promise<Uint8Array<ArrayBuffer>> {
  let read: Uint8Array<ArrayBuffer>
  try {
    read = new Uint8Array(await blob.arrayBuffer())
  } catch (error) {
    // The record is there but its file on disk is not (NotReadableError): only a new import helps.
    throw new DamagedPackError(id, key, error)
  }
  if (read.byteLength !== bytes) throw new DamagedPackError(id, key)
  return read
}

/**
 * The active version of a code set, opened.
 *
 * @throws MissingPackError, DamagedPackError, StoreError
 */
export async function openStoredPack(repository: PacksRepository, id: string): Promise<CodePack> {
  const stored = await repository.read(id)
  if (!stored) throw new MissingPackError(id)
  const bytes = await packBytes(stored)
  try {
    const pack = openPack(bytes)
    pack.info.bytes = stored.bytes
    pack.info.sha256 = stored.sha256
    return pack
  } catch (error) {
    throw new DamagedPackError(id, stored.key, error)
  }
}

/** A stored JSON pack (the lexicon). @throws MissingPackError, DamagedPackError, StoreError */
export async function readStoredJson(repository: PacksRepository, id: string): Promise<unknown> {
  const stored = await repository.read(id)
  if (!stored) throw new MissingPackError(id)
  const bytes = await packBytes(stored)
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch (error) {
    throw new DamagedPackError(id, stored.key, error)
  }
}

/** Stored claim edits, opened. @throws MissingPackError, DamagedPackError, StoreError */
export async function openStoredEdits(repository: PacksRepository, id: string): Promise<EditTable> {
  const stored = await repository.read(id)
  if (!stored) throw new MissingPackError(id)
  const bytes = await packBytes(stored)
  try {
    return openEdits(bytes)
  } catch (error) {
    throw new DamagedPackError(id, stored.key, error)
  }
}
