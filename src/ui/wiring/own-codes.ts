/** Pins, notes and recents out of the store; pages tell each other that something changed, not what. */
import { type CodesRepository, createCodesRepository } from "@/store/codes-repository"
import { UserDatabase } from "@/store/user-database"
import type { OwnCodeServices } from "../services"
import { asked } from "./errors"
import { pageNews } from "./page-news"

const CHANNEL = "chartside-own-codes"

/** @param database of this page; one of its own when left out */
export function ownCodeServices(database = new UserDatabase()): OwnCodeServices {
  const codes: CodesRepository = createCodesRepository(database)
  const news = pageNews(CHANNEL)
  const change = (work: () => Promise<void>) =>
    asked(async () => {
      await work()
      news.tell("changed")
    })
  return {
    read: () =>
      asked(async () => {
        const [pins, recents] = await Promise.all([codes.pins(), codes.recents()])
        return { pins, recents }
      }),
    pin: (ref) => change(() => codes.setPin(ref, true)),
    unpin: (ref) => change(() => codes.setPin(ref, false)),
    used: (ref) => change(() => codes.touch(ref)),
    note: (ref) => asked(() => codes.note(ref)),
    writeNote: (ref, text) => change(() => codes.setNote(ref, text)),
    onChange: (listener) => news.on(() => listener())
  }
}
