/**
 * Puts a code into one field of the page and reads it back. Fills only the document and address that the
 * coder saw named; when tab, address or chart changed meanwhile it refuses. Never submits anything.
 */
import type { CodeRef } from "@/classification/model"
import type { CodeField, FieldInfo, FillAnswer } from "@/messages/page-protocol"
import { PageError } from "@/messages/page-rpc"
import { type Shape, shapeForField } from "@/worksheet/copy-shape"
import type { FormPort, FrameRef, PanelServices } from "../services"
import type { Announcer } from "./announcer"
import { Watched } from "./state"
import { explain, hostOf } from "./wording"

export interface FillTarget {
  tabId: number
  documentId: string
  /** Address of the frame when the field was chosen. */
  url: string
  /** Site of the frame. */
  origin: string
  /** Address of the whole page. */
  tabUrl: string
  field: FieldInfo
  /** True when the coder pointed at it; then a later focus does not replace it. */
  chosen: boolean
}

/** The fields for codes of one document. */
export interface CodeForm {
  tabId: number
  documentId: string
  url: string
  origin: string
  tabUrl: string
  fields: CodeField[]
}

export interface FillState {
  target: FillTarget | undefined
  picking: boolean
  busy: boolean
  /** Another site than the one the chart is on: the coder is asked each time. */
  question: { code: CodeRef & { title: string }; from: string; to: string } | undefined
}

/** Which chart a code comes from; undefined for look-up. */
export interface Origin {
  origin: string
  epoch: number
}

const LOOK_GAP = 700

export class FillSession {
  readonly state = new Watched<FillState>({
    target: undefined,
    picking: false,
    busy: false,
    question: undefined
  })
  readonly #ports = new Map<string, FormPort>()
  #tabId = -1
  #lookedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | undefined
  /** Rises when everything is forgotten: what was found for an earlier one is not used. */
  #round = 0

  constructor(
    private readonly services: PanelServices,
    private readonly announcer: Announcer,
    private readonly shape: () => Shape
  ) {}

  /** Everything about the page is forgotten: another tab, another chart, site switched off. */
  forget(): void {
    this.#round++
    this.#closePorts()
    this.#tabId = -1
    this.#lookedAt = Number.NEGATIVE_INFINITY
    this.state.set({ target: undefined, picking: false, busy: false, question: undefined })
  }

  /**
   * Finds the field that had the focus last. Called when the coder turns to the panel; cheap to call often.
   * Pages that cannot be read have no target, which is no error.
   */
  look(): Promise<void> {
    if (this.#looking) return this.#looking
    const { target, picking } = this.state.get()
    if (picking || target?.chosen || Date.now() - this.#lookedAt < LOOK_GAP) return Promise.resolve()
    this.#lookedAt = Date.now()
    this.#looking = this.#find().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** The focus moved in the page: what is named must be the field where the caret stands now. */
  async follow(): Promise<void> {
    // One that is under way may have asked before the focus moved.
    await this.#looking
    this.#lookedAt = Number.NEGATIVE_INFINITY
    await this.look()
  }

  /** Lets the coder click the field in the page. */
  async pick(): Promise<void> {
    if (this.state.get().picking) return this.cancelPick()
    try {
      const documents = await this.#documents()
      this.state.patch({ picking: true })
      this.announcer.say("Click the field in the page. Press Escape to give up.")
      const answers = documents.map(async ({ frame, port, tabUrl }) => {
        return { frame, tabUrl, field: await port.ask("pick", {}, { timeoutMs: 0 }) }
      })
      // The first answer decides, also when it says that the coder gave up; documents that fail do not count.
      const picked = await Promise.any(answers).catch(noPage)
      if (!this.state.get().picking) return
      for (const { port } of documents) port.ask("cancelPick", {}).catch(noPage)
      this.state.patch({ picking: false })
      if (!picked?.field) {
        this.announcer.say("No field was chosen.")
        return
      }
      this.#aim(picked.frame, picked.field, picked.tabUrl, true)
      this.announcer.say(`Codes go to: ${picked.field.label}`)
    } catch (error) {
      this.state.patch({ picking: false })
      this.announcer.say(explain(error), "warn")
    }
  }

  cancelPick(): void {
    if (!this.state.get().picking) return
    this.state.patch({ picking: false })
    for (const port of this.#ports.values()) port.ask("cancelPick", {}).catch(noPage)
    this.announcer.say("No field was chosen.")
  }

  /** Back to "the field that had the focus last". */
  release(): void {
    this.state.patch({ target: undefined })
    this.#lookedAt = Number.NEGATIVE_INFINITY
    void this.look()
  }

  /**
   * @param from the chart the code was suggested for; undefined when it was looked up
   * @param now chart on screen now
   */
  async fill(code: CodeRef & { title: string }, from?: Origin, now?: Origin): Promise<void> {
    if (this.state.get().busy) return
    if (from && now && from.epoch !== now.epoch) {
      this.announcer.say("Not filled: another chart was opened meanwhile.", "warn")
      return
    }
    // What the coder saw named is what gets filled: a target that is there is not looked for again.
    await (this.#looking ?? (this.state.get().target ? undefined : this.look()))
    const { target } = this.state.get()
    if (!target) {
      this.announcer.say("Click a field of the form first, or choose one with the button below.", "warn")
      return
    }
    const to = target.origin
    if (from && from.origin !== to) {
      this.state.patch({ question: { code, from: hostOf(from.origin), to: hostOf(to) } })
      return
    }
    await this.#fill(code, target)
  }

  /** The coder's answer to `question`. */
  async answer(yes: boolean): Promise<void> {
    const { question, target } = this.state.get()
    this.state.patch({ question: undefined })
    if (yes && question && target) await this.#fill(question.code, target)
  }

  /** The fields for codes of every document of the page that may be filled; [] where there is none. */
  async forms(): Promise<CodeForm[]> {
    const documents = await this.#documents()
    const asked = documents.map(async ({ frame, port, tabUrl }) => {
      const found = await port.ask("codeFields", {}).catch(noPage)
      const { documentId, origin, url } = frame
      // What answered must be what was named: a frame that moved on in between has no form.
      if (!found || found.url !== url || found.fields.length === 0) return undefined
      return { tabId: this.#tabId, documentId, url, origin, tabUrl, fields: found.fields }
    })
    return (await Promise.all(asked)).filter((form) => form !== undefined)
  }

  /**
   * Puts one value into one field of a form that the coder saw named, and reads it back. Refuses when tab, address
   * or document is not what it was.
   */
  async put(form: Omit<CodeForm, "fields">, field: string, value: string): Promise<FillAnswer> {
    const refusal = await this.#refusal(form)
    if (refusal) throw new PageError("refused", `Not filled: ${refusal}`)
    const port = await this.#port(form.documentId)
    return port.ask("fill", { field, value, url: form.url })
  }

  async takeBack({ documentId }: Pick<CodeForm, "documentId">, undo: string): Promise<FillAnswer> {
    return (await this.#port(documentId)).ask("undo", { undo })
  }

  async #fill(code: CodeRef & { title: string }, target: FillTarget): Promise<void> {
    this.state.patch({ busy: true })
    const value = shapeForField(code, target.field, this.shape())
    try {
      const refusal = await this.#refusal(target)
      if (refusal) {
        this.state.patch({ target: undefined })
        this.announcer.say(`Not filled: ${refusal}`, "warn")
        return
      }
      const port = await this.#port(target.documentId)
      const answer = await port.ask("fill", { field: target.field.field, value, url: target.url })
      this.#report(answer, value, target)
    } catch (error) {
      if (error instanceof PageError && error.code === "gone") this.state.patch({ target: undefined })
      this.announcer.say(`Not filled: ${lower(explain(error))}`, "warn")
    } finally {
      this.state.patch({ busy: false })
    }
  }

  #report(answer: FillAnswer, value: string, target: FillTarget): void {
    const undo = {
      label: "Undo",
      run: () => void this.#undo(target.documentId, answer)
    }
    const reason = answer.reason ? ` ${answer.reason}` : ""
    const bare = (text: string) => text.replace(/[.\s]/g, "").toUpperCase()
    if (answer.outcome === "accepted") {
      // A text area may hold a whole note around the code.
      const shown = target.field.kind === "textarea" ? value : answer.value
      this.announcer.say(`Filled and read back: ${shown} in ${answer.label}`, "good", undo)
    } else if (answer.outcome === "altered" && bare(answer.value) === bare(value)) {
      const how = answer.value.includes(".") ? "with" : "without"
      const shown = `${answer.value} (this form writes it ${how} dot)`
      this.announcer.say(`Filled and read back: ${shown} in ${answer.label}`, "good", undo)
    } else if (answer.outcome === "altered") {
      this.announcer.say(
        `${answer.label} now shows “${answer.value}” instead of ${value}.${reason}`,
        "warn",
        undo
      )
    } else {
      const shows = answer.value === "" ? "is empty" : `shows “${answer.value}”`
      this.announcer.say(`${answer.label} did not take ${value}; it ${shows}.${reason}`, "warn")
    }
  }

  async #undo(documentId: string, answer: FillAnswer): Promise<void> {
    try {
      const undone = await (await this.#port(documentId)).ask("undo", { undo: answer.undo })
      const shows = undone.value === "" ? "is empty again" : `shows “${undone.value}” again`
      if (undone.outcome === "accepted") this.announcer.say(`${undone.label} ${shows}.`)
      else this.announcer.say(`Could not be undone: ${undone.label} shows “${undone.value}”.`, "warn")
    } catch (error) {
      this.announcer.say(`Could not be undone: ${lower(explain(error))}`, "warn")
    }
  }

  /** Why the target must not be filled any more, if so. */
  async #refusal(target: Omit<CodeForm, "fields">): Promise<string | undefined> {
    const tab = await this.services.activeTab()
    if (tab?.tabId !== target.tabId) return "another tab is in front. Choose the field again."
    if (tab.url !== target.tabUrl) return "the page has changed. Choose the field again."
    const frames = await this.services.pages.frames(target.tabId)
    const frame = frames.find((candidate) => candidate.documentId === target.documentId)
    if (!frame || frame.url !== target.url)
      return "this part of the page was replaced. Choose the field again."
    return undefined
  }

  #closePorts(): void {
    for (const port of this.#ports.values()) port.close()
    this.#ports.clear()
  }

  async #find(): Promise<void> {
    const round = this.#round
    try {
      const documents = await this.#documents()
      const asked = documents.map(async ({ frame, port, tabUrl }) => {
        const field = await port.ask("focused", {}).catch(noPage)
        return field ? { frame, field, tabUrl } : undefined
      })
      const found = (await Promise.all(asked)).filter((entry) => entry !== undefined)
      const last = found.sort((a, b) => b.field.focusedAt - a.field.focusedAt)[0]
      const { target, picking } = this.state.get()
      if (picking || target?.chosen || round !== this.#round) return
      if (last) this.#aim(last.frame, last.field, last.tabUrl, false)
      else this.state.patch({ target: undefined })
    } catch {
      // No page to fill in (browser page, permission taken back): the foot line says that there is no field.
      if (round === this.#round) this.state.patch({ target: undefined })
    }
  }

  #aim(frame: FrameRef, field: FieldInfo, tabUrl: string, chosen: boolean): void {
    const { documentId, url, origin } = frame
    const target = { tabId: this.#tabId, documentId, url, origin, tabUrl, field, chosen }
    if (JSON.stringify(target) !== JSON.stringify(this.state.get().target)) this.state.patch({ target })
  }

  async #documents(): Promise<{ frame: FrameRef; port: FormPort; tabUrl: string }[]> {
    const tab = await this.services.activeTab()
    if (!tab) return []
    if (tab.tabId !== this.#tabId) {
      this.#closePorts()
      this.state.patch({ target: undefined })
    }
    this.#tabId = tab.tabId
    const frames = await this.services.pages.frames(tab.tabId)
    const opened = frames.map(async (frame) => {
      const port = await this.#port(frame.documentId).catch(noPage)
      return port ? { frame, port, tabUrl: tab.url } : undefined
    })
    return (await Promise.all(opened)).filter((entry) => entry !== undefined)
  }

  async #port(documentId: string): Promise<FormPort> {
    const open = this.#ports.get(documentId)
    if (open?.connected) return open
    const port = await this.services.pages.openForm(this.#tabId, documentId)
    this.#ports.set(documentId, port)
    return port
  }
}

/** A document that went away, or may not be touched, simply has no field. */
function noPage(): undefined {
  return undefined
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
