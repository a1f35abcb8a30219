// The clock of declarations: every minute it deals with what is overdue.
import type { JobKind } from '../../base/jobs.ts'
import { sweepOverdue, type OverdueMark } from './overdue.actions.ts'

const SWEEP = 'declarations.sweep'
export const declarationsJobs: JobKind[] = [
  {
    name: SWEEP,
    everySeconds: 60,
    // The next batch is a job of its own, so that no transaction grows without end.
    run: async (ctx, payload) => {
      const next = await sweepOverdue(ctx, (payload as OverdueMark | null) ?? undefined)
      if (next) ctx.enqueue(SWEEP, next, { key: 'more' })
    },
  },
]
