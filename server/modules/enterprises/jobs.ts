// Later work of enterprises: when an emergency begins or a table changes, firms get the department it names.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { renewDepartments } from './department.actions.ts'

export const enterprisesJobs: JobKind[] = [{ name: 'enterprises.renew_departments', run: (ctx) => renewDepartments(ctx) }]

export const enterprisesSubscriptions: Subscription[] = [{
  subscriber: 'enterprises.departments',
  names: ['emergency.begun', 'table.confirmed'],
  async receive(ctx) {
    // One waiting run serves any number of events.
    ctx.enqueue('enterprises.renew_departments', null, { key: 'all' })
  },
}]
