// Decisions about filed declarations: what a correction asks of the table, what a certificate's state means for the filing.
import type { FilingStanding } from '@fugong/contract/declarations'
import type { Answers } from '@fugong/contract/forms'
import { isEmpty } from '@fugong/contract/forms.engine'
import { inOrder } from './rules.ts'

/** The entry of the timeline that tells of a standing, by where it came from. */
export function eventOf(before: FilingStanding, after: FilingStanding): string {
  return after === 'operating' ? (before === 'suspended' ? 'declaration.work_resumed' : 'declaration.filed') : after === 'withdrawn' ? 'declaration.filing_withdrawn' : `declaration.${after}`
}
/** A certificate's state as the standing of its filing. */
export const standingOf = (state: string): FilingStanding => (state === 'valid' ? 'operating' : (state as FilingStanding))
/** Whether a filing in this standing still counts for its workplace. */
export const holds = (standing: FilingStanding | null): boolean => standing === 'operating' || standing === 'suspended'

export interface Correctable { plannedDate: string | null; headcount: number | null; answers: Answers; enterpriseName: string; workplaceName: string; address: string }
export interface Wanted { plannedDate?: string | undefined; headcount?: number | undefined; answers?: Answers | undefined; names?: { enterpriseName: string; workplaceName: string; address: string } | undefined }
/** One field that a correction changes, with what the table is asked about it; `path` is where the firm typed it. */
export interface Changed { code: string; path: string; kind: 'headcount' | 'plannedDate' | 'names' | 'answer'; before: Answers[string] | null; after: Answers[string] | null; changePercent: number | null; changeDays: number | null }
/** Everything that would be different, field by field; what is given and is the same is no change. */
export function changesOf(row: Correctable, wanted: Wanted): Changed[] {
  const changes: Changed[] = []
  const plain = { changePercent: null, changeDays: null }
  if (wanted.headcount !== undefined && wanted.headcount !== row.headcount) changes.push({ ...plain, code: 'headcount', path: '/headcount', kind: 'headcount', before: row.headcount, after: wanted.headcount, changePercent: row.headcount ? Math.abs(wanted.headcount - row.headcount) * 100 / row.headcount : null })
  if (wanted.plannedDate !== undefined && wanted.plannedDate !== row.plannedDate) changes.push({ ...plain, code: 'plannedDate', path: '/plannedDate', kind: 'plannedDate', before: row.plannedDate, after: wanted.plannedDate, changeDays: row.plannedDate ? Math.abs(Date.parse(wanted.plannedDate) - Date.parse(row.plannedDate)) / 86_400_000 : null })
  if (wanted.names) for (const [name, code] of [['enterpriseName', 'firm.name'], ['workplaceName', 'workplace.name'], ['address', 'workplace.address']] as const) if (wanted.names[name] !== row[name]) changes.push({ ...plain, code, path: '/names', kind: 'names', before: row[name], after: wanted.names[name] })
  for (const [code, after] of Object.entries(wanted.answers ?? {})) {
    const before = row.answers[code] ?? null
    const now = isEmpty(after) ? null : after
    if (inOrder(before) !== inOrder(now)) changes.push({ ...plain, code, path: `/answers/${code}`, kind: 'answer', before, after: now })
  }
  return changes
}
