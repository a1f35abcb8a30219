// Who may change the working calendar. Everyone signed in may read it.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = { 'calendar.set_day': ['administrator'], 'calendar.set_hours': ['administrator'] } satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = {}
