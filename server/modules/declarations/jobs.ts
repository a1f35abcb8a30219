// The clock of declarations: every minute it looks whether the level of a district has changed under what waits there.
import type { JobKind } from '../../base/jobs.ts'
import { followLevels } from './anew.actions.ts'

const LEVELS = 'declarations.follow_levels'
export const declarationsJobs: JobKind[] = [
  {
    name: LEVELS,
    everySeconds: 60,
    // The next batch is a job of its own, so that no transaction grows without end.
    run: async (ctx) => {
      if (await followLevels(ctx)) ctx.enqueue(LEVELS, null, { key: 'more' })
    },
  },
]
