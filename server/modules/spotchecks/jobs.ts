// Later work of spot checks: the steps of draws, and filings that end while a check is under way.
import type { Events } from '@fugong/contract/events'
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { lapse } from './actions.ts'
import { PROCEED_JOB, proceed, sweepDraws } from './draws.actions.ts'

export const spotchecksJobs: JobKind[] = [
  { name: 'spotchecks.sweep', everySeconds: 20, run: sweepDraws },
  { name: PROCEED_JOB, run: (ctx, payload) => proceed(ctx, (payload as { id: string }).id) },
]
const over = ['revoked', 'withdrawn', 'superseded', 'closed', 'expired']
export const spotchecksSubscriptions: Subscription[] = [{
  subscriber: 'spotchecks.filings',
  names: ['declaration.standing_changed'],
  async receive(ctx, event) {
    if (over.includes((event.payload as Events['declaration.standing_changed']).to)) await lapse(ctx, event.subject.id)
  },
}]
