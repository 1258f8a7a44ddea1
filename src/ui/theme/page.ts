/** Plasmo writes the HTML of the entries without a language. */
export function nameLanguage(): void {
  document.documentElement.lang = "en"
}
