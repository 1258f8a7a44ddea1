/**
 * The chart reader. Not named in the manifest: Plasmo builds it because its URL is imported here, and the
 * worker registers it for granted sites. Apart from `page-scripts.ts`, because a URL imported by the worker
 * and by a page is built twice, once for each.
 */
import chartUrl from "url:~contents/chart/entry.ts"
import marksUrl from "url:~contents/chart/marks.css"
import { fileOf } from "./script-file"

export const CHART_SCRIPT = fileOf(chartUrl)
export const CHART_STYLE = fileOf(marksUrl)
