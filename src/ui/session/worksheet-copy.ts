/** Codes of the worksheet onto the clipboard: all of them, one line, or one after the other for remote desktops. */
import type { Shape } from "@/worksheet/copy-shape"
import {
  COPY_STYLES,
  type Copyable,
  type CopyShape,
  copyables,
  copySheet,
  copyText
} from "@/worksheet/copy-sheet"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"
import { Watched } from "./state"
import { hostOf, plural } from "./wording"
import type { WorksheetDesk } from "./worksheet-desk"
import type { WorksheetSession } from "./worksheet-session"

const REFUSED = "could not be copied: the browser did not allow it. Click in the panel and try again."

export class WorksheetCopy {
  readonly state: Watched<CopyShape>
  #origin = ""
  #round = 0
  #stop: () => void = () => {}

  constructor(
    private readonly services: PanelServices,
    private readonly announcer: Announcer,
    private readonly worksheet: WorksheetSession,
    private readonly desk: WorksheetDesk,
    /** What counts where nothing was chosen for the site. */
    private readonly usual: () => Shape
  ) {
    this.state = new Watched<CopyShape>({ style: "lines", shape: usual() })
  }

  start(): void {
    this.state.patch({ shape: this.usual() })
    this.#stop = this.services.sheets.onCopyNext(() => void this.next())
  }

  stop(): void {
    this.#stop()
  }

  /** Another site: the shape that was chosen there counts. */
  follow(origin: string): void {
    if (origin === this.#origin) return
    this.#origin = origin
    const round = ++this.#round
    const usual = (): CopyShape => ({ style: this.state.get().style, shape: this.usual() })
    if (origin === "") {
      this.state.set(usual())
      return
    }
    void this.services.sheets
      .copyShape(origin)
      .catch(() => undefined)
      .then((shape) => {
        if (round === this.#round) this.state.set(shape ?? usual())
      })
  }

  /** Remembered for the site on screen. */
  choose(change: Partial<CopyShape>): void {
    this.#round++
    this.state.patch(change)
    if (this.#origin === "") return
    this.services.sheets.setCopyShape(this.#origin, this.state.get()).catch(() => {
      this.announcer.say(
        `The shape for ${hostOf(this.#origin)} could not be stored; it holds until the panel is closed.`,
        "warn"
      )
    })
  }

  async all(): Promise<void> {
    const { sheet } = this.worksheet
    const codes = copyables(sheet)
    if (codes.length === 0) return this.announcer.say("There is no code on the worksheet yet.")
    const shape = this.state.get()
    const style = COPY_STYLES.find(({ value }) => value === shape.style)?.label ?? ""
    const names = codes.map((each) => copyText(each, shape.shape))
    await this.#copy(
      copySheet(sheet, shape),
      `On the clipboard: ${plural(codes.length, "code")} (${lower(style)}): ${names.join(", ")}`,
      plural(codes.length, "code")
    )
  }

  /** The code of one line as it is copied; of a drug with a discarded amount, the line of what was given. */
  async line(id: string): Promise<void> {
    const found = copyables(this.worksheet.sheet).find(({ line }) => line === id)
    if (found) await this.#one(found, "")
  }

  /** Each call the next code in the order of the claim, and from the last one to the first again. */
  async next(): Promise<void> {
    const codes = copyables(this.worksheet.sheet)
    if (codes.length === 0) return this.announcer.say("There is no code on the worksheet to copy.")
    const at = this.desk.nextInQueue(codes.length)
    const next = codes[at]
    if (next) await this.#one(next, `${at + 1} of ${codes.length}. `)
  }

  mayCopyBehind(): Promise<boolean> {
    return this.services.sheets.mayCopyBehind().catch(() => false)
  }

  /** To be called directly in a click. */
  async askToCopyBehind(): Promise<boolean> {
    const given = await this.services.sheets.askToCopyBehind().catch(() => false)
    if (!given)
      this.announcer.say("Not allowed: codes are copied while the browser is in front only.", "warn")
    return given
  }

  #one(code: Copyable, place: string): Promise<void> {
    const text = copyText(code, this.state.get().shape)
    return this.#copy(text, `${place}On the clipboard: ${text}${code.title ? `, ${code.title}` : ""}`, text)
  }

  async #copy(text: string, said: string, what: string): Promise<void> {
    try {
      await this.services.copyText(text)
      this.announcer.say(said, "good")
    } catch {
      this.announcer.say(`${what} ${REFUSED}`, "warn")
    }
  }
}

const lower = (text: string) => (/^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1))
