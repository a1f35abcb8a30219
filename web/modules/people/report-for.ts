// Reporting for others without a screen: what a normal day says in the words of the form, a temperature as it is typed, the key of an intent.
import type { Answers, Form } from '@fugong/contract/forms'
import { look } from '@fugong/contract/forms.engine'

/** Nothing to tell: no to every question that is shown, none of every list; numbers are measured or left out. */
export function normalDay(form: Form): Answers {
  const answers: Answers = {}
  for (const field of form.pages.flatMap((page) => page.fields)) {
    if (field.type === 'boolean') answers[field.code] = false
    if (field.type === 'code' && field.codes?.some(({ value }) => value === 'none')) answers[field.code] = 'none'
  }
  const seen = look(form, answers)
  return Object.fromEntries(Object.entries(answers).filter(([code]) => seen.field(code).shown))
}
/** `36。5`, `36,5` and `３６．５` are 36.5, `365` typed on a keypad too; null for nothing, the text as it stands for what is none. */
export function temperatureOf(typed: string): number | string | null {
  const plain = typed.normalize('NFKC').replaceAll('。', '.').replace(/\s|°C/g, '').replace(',', '.')
  if (!plain) return null
  if (/^(3[4-9]|4[0-3])\d$/.test(plain)) return Number(plain) / 10
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain
}
/** 128 random bits for a day and slot. */
export function intentKey(day: string, slot: number): string {
  const random = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  return `${day.replaceAll('-', '')}${slot}-${random.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}
