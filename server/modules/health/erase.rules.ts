// Which days are to be erased: older than the days that reports live, or all so many days after the emergency has ended.
import { addDays } from './subjects.rules.ts'

export interface Retention { today: string; keepDays: number; endedOn: string | null; daysAfterEnd: number | null }
/** Days before `before` go; whatever asks for more wins. */
export function eraseBefore({ today, keepDays, endedOn, daysAfterEnd }: Retention): { before: string; why: 'age' | 'ended'; days: number } {
  const byAge = { before: addDays(today, -keepDays), why: 'age' as const, days: keepDays }
  if (endedOn === null || daysAfterEnd === null || addDays(endedOn, daysAfterEnd) >= today) return byAge
  return { before: addDays(today, 1), why: 'ended', days: daysAfterEnd }
}
