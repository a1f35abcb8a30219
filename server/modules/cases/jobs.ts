// Later work of cases: the sweep of clocks every minute, counting anew when the calendar changes, and care when people and units go.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { DISSOLVE_JOB, LEAVE_JOB, passUp, RECOUNT_JOB, recountBatch, releaseLeft } from './care.actions.ts'
import { sweepClocks, type SweepMark } from './sweep.actions.ts'

const SWEEP = 'cases.sweep'
export const casesJobs: JobKind[] = [
  {
    name: SWEEP, everySeconds: 60,
    // The next batch is a job of its own, so that no transaction grows without end.
    run: async (ctx, payload) => {
      const next = await sweepClocks(ctx, (payload as SweepMark | null) ?? undefined)
      if (next) ctx.enqueue(SWEEP, next, { key: 'more' })
    },
  },
  {
    // Once a day even when nothing changed: a deed that was under way while the calendar changed is put right.
    name: RECOUNT_JOB, everySeconds: 86_400,
    run: async (ctx, payload) => {
      const after = (payload as { after: string } | null)?.after
      const next = await recountBatch(ctx, after)
      if (next) ctx.enqueue(RECOUNT_JOB, { after: next }, { key: next })
    },
  },
  // Grants end by date without anybody doing it.
  { name: LEAVE_JOB, everySeconds: 600, run: (ctx, payload) => releaseLeft(ctx, (payload as { personId: string } | null)?.personId) },
  {
    name: DISSOLVE_JOB,
    run: async (ctx, payload) => {
      const { unitId } = payload as { unitId: string }
      if (await passUp(ctx, unitId)) ctx.enqueue(DISSOLVE_JOB, { unitId }, { key: `${unitId} more` })
    },
  },
]
export const casesSubscriptions: Subscription[] = [{
  subscriber: 'cases.calendar',
  names: ['calendar.day_set', 'calendar.hours_set'],
  async receive(ctx) {
    // One waiting run serves any number of changes.
    ctx.enqueue(RECOUNT_JOB, null, { key: 'all' })
  },
}, {
  subscriber: 'cases.people',
  names: ['person.deactivated', 'person.grant_ended'],
  async receive(ctx, event) {
    ctx.enqueue(LEAVE_JOB, { personId: event.subject.id }, { key: event.subject.id })
  },
}, {
  subscriber: 'cases.units',
  names: ['unit.dissolved'],
  async receive(ctx, event) {
    ctx.enqueue(DISSOLVE_JOB, { unitId: event.subject.id }, { key: event.subject.id })
  },
}]
