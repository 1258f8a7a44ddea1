/** Errors of the store as the sessions know them. */
import { AskError } from "@/messages/client"
import { StoreError } from "@/store/errors"
import { DamagedPackError, MissingPackError } from "@/store/stored-packs"

export function asAskError(error: unknown): unknown {
  if (error instanceof DamagedPackError) return new AskError("pack-damaged", error.message)
  if (error instanceof MissingPackError) return new AskError("no-pack", error.message)
  if (error instanceof StoreError) return new AskError("storage", error.message)
  return error
}

/** What the store does for a page: its errors come as AskError, with a sentence for the coder. @throws AskError */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asAskError(error)
  }
}
