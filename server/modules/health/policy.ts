// Who may reach which rows of the health room; raw reports and sealed answers are the system's alone.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {} satisfies VerbTable

// Read `elevated` by the intake and by the few actions that say for whom: no request's own scope reaches a raw report.
export const scopes: ScopedTable[] = ['subjects', 'bindings', 'reports', 'envelopes', 'deltas', 'day_keys', 'binding_asks', 'binding_tries'].map((name) => ({ table: `health.${name}` }))
export const countsTable: ScopedTable = { table: 'health.counts', enterprise: 'enterprise_id' }
scopes.push(countsTable)
export const constraints: Record<string, ProblemCode> = {}
