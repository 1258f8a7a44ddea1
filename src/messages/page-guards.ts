/**
 * Hand-written checks of everything that crosses the page ports, small enough for a content script (zod is
 * not). The page side checks requests, the panel checks replies and events: a page whose process was
 * taken over can send anything.
 */
import type {
  ChartEvent,
  ChartRequests,
  CodeField,
  FieldInfo,
  FillAnswer,
  FormRequests,
  PageIdentity,
  PageReading,
  PageReply,
  PageRequest,
  PageStop,
  PageText,
  PaintAnswer,
  PaintSpan
} from "./page-protocol"
import { isRecord } from "./transport"

const isText = (value: unknown): value is string => typeof value === "string"
const isFlag = (value: unknown): value is boolean => typeof value === "boolean"
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isMaybe = <T>(value: unknown, check: (value: unknown) => value is T): value is T | undefined =>
  value === undefined || check(value)
const isOneOf = <T extends string>(value: unknown, ...words: T[]): value is T => words.includes(value as T)
const isListOf = <T>(value: unknown, check: (value: unknown) => value is T): value is T[] =>
  Array.isArray(value) && value.every(check)

/** A page names it, the coder may be asked to allow it: one whole site, no pattern ("https://*") and no more. */
const isSite = (value: unknown): value is string =>
  isText(value) &&
  /^https?:\/\/[^/?#@\s*]+$/.test(value) &&
  URL.canParse(value) &&
  new URL(value).origin === value

export const isEmpty = (value: unknown): value is Record<string, never> => isRecord(value)

export const isPageRequest = (value: unknown): value is PageRequest =>
  isRecord(value) && isCount(value.id) && isText(value.kind) && "body" in value

export const isPageReply = (value: unknown): value is PageReply<unknown> =>
  isRecord(value) &&
  isCount(value.id) &&
  (value.ok === true ? "value" in value : value.ok === false && isText(value.code) && isText(value.message))

export const isChartEvent = (value: unknown): value is ChartEvent =>
  isRecord(value) && isOneOf(value.event, "changed", "identity", "frames", "focus")

export const isPageStop = (value: unknown): value is PageStop =>
  isRecord(value) && value.kind === "page/stop" && isText(value.origin)

export const isPaintSpan = (value: unknown): value is PaintSpan =>
  isRecord(value) &&
  isText(value.source) &&
  isCount(value.version) &&
  isCount(value.start) &&
  isCount(value.end) &&
  value.start <= value.end &&
  isText(value.quote) &&
  isOneOf(value.tier, "code", "consider", "suppressed")

const isPageText = (value: unknown): value is PageText =>
  isRecord(value) &&
  isText(value.source) &&
  isOneOf(value.kind, "page", "field") &&
  isText(value.label) &&
  isText(value.text) &&
  isCount(value.version)

const isIdentity = (value: unknown): value is PageIdentity =>
  isRecord(value) &&
  isText(value.changeKey) &&
  isMaybe(value.mrn, isText) &&
  isMaybe(value.account, isText) &&
  isMaybe(value.dateOfService, isText) &&
  isMaybe(value.born, isText) &&
  (value.sex === undefined || isOneOf(value.sex, "female", "male")) &&
  (value.settingHint === undefined || isOneOf(value.settingHint, "outpatient", "inpatient"))

export const isPageReading = (value: unknown): value is PageReading =>
  isRecord(value) &&
  isText(value.url) &&
  isText(value.title) &&
  isFlag(value.top) &&
  isListOf(value.texts, isPageText) &&
  isMaybe(value.identity, isIdentity) &&
  isListOf(value.foreignFrames, isSite) &&
  isCount(value.leftOut)

const isPaintAnswer = (value: unknown): value is PaintAnswer =>
  isRecord(value) && isCount(value.painted) && isCount(value.missed)

const isFieldInfo = (value: unknown): value is FieldInfo =>
  isRecord(value) &&
  isText(value.field) &&
  isText(value.label) &&
  isOneOf(value.kind, "input", "textarea", "select", "editable", "combobox", "cell") &&
  isText(value.value) &&
  typeof value.focusedAt === "number" &&
  isMaybe(value.maxLength, isCount) &&
  isMaybe(value.dot, isFlag)

const isCodeField = (value: unknown): value is CodeField =>
  isFieldInfo(value) &&
  isRecord(value) &&
  isCount(value.row) &&
  isOneOf(value.role, "diagnosis", "procedure", "modifier", "units", "pointer", "poa", "admitting", "reason")

const isFieldOrNull = (value: unknown): value is FieldInfo | null => value === null || isFieldInfo(value)

const isFillAnswer = (value: unknown): value is FillAnswer =>
  isRecord(value) &&
  isOneOf(value.outcome, "accepted", "altered", "rejected") &&
  isText(value.value) &&
  isText(value.label) &&
  isMaybe(value.reason, isText) &&
  isText(value.undo)

/** One guard for what goes in and one for what comes out, for every request of a port. */
export type PageGuards<R extends { [K in keyof R]: { in: unknown; out: unknown } }> = {
  [K in keyof R]: {
    in: (value: unknown) => value is R[K]["in"]
    out: (value: unknown) => value is R[K]["out"]
  }
}

export const chartGuards: PageGuards<ChartRequests> = {
  read: { in: isEmpty, out: isPageReading },
  paint: {
    in: (value): value is ChartRequests["paint"]["in"] =>
      isRecord(value) && isListOf(value.spans, isPaintSpan) && isListOf(value.active, isPaintSpan),
    out: isPaintAnswer
  },
  goTo: {
    in: (value): value is ChartRequests["goTo"]["in"] => isRecord(value) && isPaintSpan(value.span),
    out: (value): value is ChartRequests["goTo"]["out"] => isRecord(value) && isFlag(value.found)
  }
}

export const formGuards: PageGuards<FormRequests> = {
  focused: { in: isEmpty, out: isFieldOrNull },
  pick: { in: isEmpty, out: isFieldOrNull },
  codeFields: {
    in: isEmpty,
    out: (value): value is FormRequests["codeFields"]["out"] =>
      isRecord(value) && isText(value.url) && isListOf(value.fields, isCodeField)
  },
  cancelPick: { in: isEmpty, out: isEmpty },
  fill: {
    in: (value): value is FormRequests["fill"]["in"] =>
      isRecord(value) && isText(value.field) && isText(value.value) && isText(value.url),
    out: isFillAnswer
  },
  undo: {
    in: (value): value is FormRequests["undo"]["in"] => isRecord(value) && isText(value.undo),
    out: isFillAnswer
  }
}
