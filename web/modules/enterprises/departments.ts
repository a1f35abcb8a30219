// What a competent department is called; data may name one that the texts do not know yet.
import { hasText, type Say } from '../../base/i18n.ts'

/** Departments that the tables of the model name. */
export const departments = ['industry', 'commerce', 'housing', 'development', 'health', 'labour', 'market', 'emergency', 'agriculture', 'transport', 'culture', 'education', 'bigdata'] as const
export function departmentOf(code: string | null, t: Say): string {
  if (!code) return t('firm.departmentNone')
  const known = code.split('/').at(-1)!
  return hasText('enterprises', `department.${known}`) ? t(`department.${known}`) : code
}
