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
