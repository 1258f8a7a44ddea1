/** Lists of element names. Local names, lower case, so that XHTML and SVG documents are met as well. */

/** Never read: no text of a note, or text that is no part of the rendering. */
export const SKIPPED = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "head",
  "title",
  "link",
  "meta",
  "base",
  "svg",
  "math",
  "canvas",
  "audio",
  "video",
  "picture",
  "img",
  "map",
  "object",
  "embed",
  "applet",
  "progress",
  "meter",
  "select",
  "datalist",
  "option",
  "optgroup",
  "nav",
  "menu",
  "rt",
  "rp"
])

/** Rich-text and code editors, as they mark themselves. */
export const EDITORS = "[contenteditable]:not([contenteditable=false]), [role=textbox], .CodeMirror"

/** Roles of the application around the note. */
export const SKIPPED_ROLES = new Set([
  "navigation",
  "menu",
  "menubar",
  "menuitem",
  "toolbar",
  "tablist",
  "tab",
  "button",
  "switch",
  "checkbox",
  "radio",
  "radiogroup",
  "listbox",
  "combobox",
  "option",
  "search",
  "searchbox",
  "slider",
  "spinbutton",
  "scrollbar",
  "progressbar",
  "tooltip",
  "tree"
])

/** Break lines around themselves, where the style sheet is not asked (budget used up). */
export const BLOCKS = new Set([
  "address",
  "article",
  "aside",
  "blockquote",
  "body",
  "center",
  "dd",
  "details",
  "dialog",
  "dir",
  "div",
  "dl",
  "dt",
  "fieldset",
  "figcaption",
  "figure",
  "footer",
  "form",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "header",
  "hgroup",
  "hr",
  "html",
  "legend",
  "li",
  "listing",
  "main",
  "ol",
  "optgroup",
  "p",
  "pre",
  "section",
  "summary",
  "table",
  "tbody",
  "td",
  "tfoot",
  "th",
  "thead",
  "tr",
  "caption",
  "ul",
  "xmp"
])

/** Set off by an empty line. */
export const PARAGRAPHS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6"])

export const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"])

/** Keep white space where the style sheet is not asked. */
export const PREFORMATTED = new Set(["pre", "listing", "xmp", "textarea"])

/** Stand for a part of the page that is one thing; scored as a whole. */
export const PANES = new Set(["main", "article", "section", "aside", "header", "footer", "form", "dialog"])

export const PANE_ROLES = new Set([
  "main",
  "article",
  "region",
  "banner",
  "contentinfo",
  "complementary",
  "dialog",
  "tabpanel",
  "feed",
  "log",
  "form"
])

/** The only built-in elements that may carry a shadow root (HTML standard), next to dashed names. */
export const POSSIBLE_HOSTS = new Set([
  "article",
  "aside",
  "blockquote",
  "body",
  "div",
  "footer",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "header",
  "main",
  "nav",
  "p",
  "section",
  "span"
])
