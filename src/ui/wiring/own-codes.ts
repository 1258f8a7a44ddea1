/** Pins, notes and recents out of the store; pages tell each other that something changed, not what. */
import { type CodesRepository, createCodesRepository } from "@/store/codes-repository"
import { UserDatabase } from "@/store/user-database"
import type { OwnCodeServices } from "../services"
import { asAskError } from "./errors"
import { pageNews } from "./page-news"

const CHANNEL = "chartside-own-codes"

/** @param database of this page; one of its own when left out */
export function ownCodeServices(database = new UserDatabase()): OwnCodeServices {
  const codes: CodesRepository = createCodesRepository(database)
  const news = pageNews(CHANNEL)
  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw asAskError(error)
    }
  }
  const change = (work: () => Promise<void>) =>
    run(async () => {
      await work()
      news.tell("changed")
    })
  return {
    read: () =>
      run(async () => {
        const [pins, recents] = await Promise.all([codes.pins(), codes.recents()])
        return { pins, recents }
      }),
    pin: (ref) => change(() => codes.setPin(ref, true)),
    unpin: (ref) => change(() => codes.setPin(ref, false)),
    used: (ref) => change(() => codes.touch(ref)),
    note: (ref) => run(() => codes.note(ref)),
    writeNote: (ref, text) => change(() => codes.setNote(ref, text)),
    onChange: (listener) => news.on(() => listener())
  }
}
