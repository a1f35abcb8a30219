// Keeps text from becoming a formula when a CSV is opened in a spreadsheet, and takes the guard off again when it comes back.

// A spreadsheet runs what begins with one of these, in some versions also in their full-width forms.
const RISKY = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
/** The text with an apostrophe in front when it could run; a text that already looks guarded gets one more, so that nothing is lost. */
export function guarded(text: string): string {
  return RISKY.test(text) ? `'${text}` : text
}
/** The text that `guarded` was given. */
export function unguarded(text: string): string {
  return text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text
}
