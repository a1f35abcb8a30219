// Declarations that waited before there were cases: each becomes one, with the unit that had it and the clock as it stood.
import type { Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { loadOnce } from '../../base/data.ts'
import { caseOf, moveCase, openCase, type CaseStanding } from '../cases/index.ts'
import { DECLARATION } from './kind.actions.ts'
import { routeOf } from './route.actions.ts'
import type { Route } from './route.rules.ts'
import { scopeOf, type DeclarationRecord } from './store.ts'
import { keepRoute, lockUnadopted } from './subjects.store.ts'

export const ADOPT_JOB = 'declarations.adopt'
const BATCH = 200
/** Once for a database: the first batch at once, the rest as jobs behind it. */
export async function adoptWaiting(system: Ctx): Promise<void> {
  await loadOnce(system, 'declarations/cases', sha256('1'), async () => {
    if (await adoptBatch(system)) system.enqueue(ADOPT_JOB, null, { key: 'all' })
  })
}
/** Answers whether there may be more. */
export async function adoptBatch(system: Ctx): Promise<boolean> {
  const rows = await lockUnadopted(system, BATCH)
  for (const row of rows) await adopt(system, row)
  return rows.length === BATCH
}
/** The moments of then are the moments of its case: time that an office had used up stays used up, a supplement stands still since it was asked for. */
export async function adopt(system: Ctx, row: DeclarationRecord): Promise<CaseStanding> {
  const before = await caseOf(system, DECLARATION, row.id)
  if (before) return before
  const submitted = new Date(row.submittedAt!)
  const route: Route = row.reviewUnitId === null ? await routeOf(system, row, { level: row.level, procedure: row.procedure! }) : { decision: null, steps: [[{ unitId: row.reviewUnitId, role: 'lead', wanted: null }]] }
  const opened = await openCase({ ...system, now: submitted }, {
    ...scopeOf(row), kind: DECLARATION, subjectId: row.id, title: `${row.enterpriseName} ${row.workplaceName} ${row.creditCode}`, emergencyId: row.emergencyId, emergencyKind: row.emergencyKind, sample: row.sample,
    steps: route.steps.map((step) => step.map(({ unitId, role }) => ({ unitId, role }))),
    // A limit that no decision names is the one of every row of that time: three workdays.
    clocks: [{ clock: 'resolve', workingHours: row.workHours ?? 24 }], openedBy: row.submittedBy, openedAt: submitted,
  })
  await keepRoute(system, row.id, route)
  if (row.state === 'underReview') return opened
  const since = row.state === 'returned' && row.gapsToldAt ? new Date(row.gapsToldAt) : system.now
  return moveCase({ ...system, now: since }, opened.id, 'adopt', { outcome: row.state === 'returned' ? 'returned' : 'site' })
}
