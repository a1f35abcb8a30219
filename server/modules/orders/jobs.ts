// Later work of stop-work orders: last days that pass, and certificates that end otherwise.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { LATE_JOB, lapse, tellLate } from './care.actions.ts'

export const ordersJobs: JobKind[] = [{
  name: LATE_JOB, everySeconds: 600,
  run: async (ctx) => {
    if (await tellLate(ctx)) ctx.enqueue(LATE_JOB, null, { key: 'more' })
  },
}]
export const ordersSubscriptions: Subscription[] = [{
  subscriber: 'orders.certificates',
  names: ['certificate.withdrawn', 'certificate.closed', 'certificate.expired', 'certificate.revoked'],
  receive: (ctx, event) => lapse(ctx, event.subject.id),
}]
