// Words for what data name: templates by their code, reasons by channel and by a robot's own code.
import { hasText } from '../../base/i18n.ts'

type Say = (key: string, params?: Record<string, unknown>) => string
export const templateWord = (t: Say, code: string | null): string => (code === null ? t('template.own') : hasText('notices', `template.${code.replace('.', '_')}`) ? t(`template.${code.replace('.', '_')}`) : code)
/** A robot's refusal carries the code of its provider behind the word. */
export function whyWord(t: Say, why: string): string {
  const [word = '', code] = why.split(' ')
  return code ? t('why.refusedCode', { code }) : hasText('notices', `why.${word}`) ? t(`why.${word}`) : why
}
