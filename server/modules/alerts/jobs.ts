// Later work of alerts: what a change of colour brings about, limits that pass, clean days that are over, and the resumption they lead to.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { LATE_JOB, tellLate, tellObserved } from './care.actions.ts'
import { follow } from './open.actions.ts'
import { controlDue, resumeAt } from './outbreaks.actions.ts'

export const alertsJobs: JobKind[] = [
  { name: LATE_JOB, everySeconds: 300, run: tellLate },
  { name: 'alerts.observed', everySeconds: 3600, run: tellObserved },
  { name: 'alerts.control', everySeconds: 3600, run: controlDue },
]
export const alertsSubscriptions: Subscription[] = [{
  subscriber: 'alerts.colours',
  names: ['health.status_changed'],
  receive: (ctx, event) => follow(ctx, event.subject.id),
}, {
  subscriber: 'alerts.resumption',
  names: ['declaration.filed', 'order.resumed'],
  receive: (ctx, event) => resumeAt(ctx, event.name === 'order.resumed' ? { orderId: event.subject.id } : { declarationId: event.subject.id }),
}]
