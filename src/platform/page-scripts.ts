/** The form filler, which the panel puts into a page when a code is to be filled; as `chart-script.ts`. */
import formUrl from "url:~contents/form/entry.ts"
import { fileOf } from "./script-file"

export const FORM_SCRIPT = fileOf(formUrl)
