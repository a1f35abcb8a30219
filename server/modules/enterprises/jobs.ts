// Later work of enterprises: departments and sizes follow the tables, planned events take effect on their day.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { renewDepartments } from './department.actions.ts'
import { CONTINUE_BULK, continueBulk } from './bulk.actions.ts'
import { INDEX_JOB, indexImported } from './import-batch.actions.ts'
import { takeEffectToday } from './life.actions.ts'
import { checkSizeTables, renewSizes } from './sizes.actions.ts'
import { SIZE_TABLE, TRADE_TABLE } from './size.actions.ts'

export const enterprisesJobs: JobKind[] = [
  { name: 'enterprises.renew_departments', run: (ctx) => renewDepartments(ctx) },
  { name: CONTINUE_BULK, run: (ctx, payload) => continueBulk(ctx, (payload as { bulkId: string }).bulkId) },
  { name: INDEX_JOB, run: (ctx) => indexImported(ctx) },
  { name: 'enterprises.renew_sizes', run: (ctx, payload) => renewSizes(ctx, payload as { after: string } | null) },
  { name: 'enterprises.check_size_tables', everySeconds: 3600, run: (ctx) => checkSizeTables(ctx) },
  { name: 'enterprises.take_effect', everySeconds: 600, run: (ctx) => takeEffectToday(ctx) },
]

export const enterprisesSubscriptions: Subscription[] = [{
  subscriber: 'enterprises.departments',
  names: ['emergency.begun', 'table.confirmed'],
  async receive(ctx) {
    // One waiting run serves any number of events.
    ctx.enqueue('enterprises.renew_departments', null, { key: 'all' })
  },
}, {
  subscriber: 'enterprises.sizes',
  names: ['table.confirmed'],
  async receive(ctx, event) {
    const { code } = event.payload as { code: string }
    if (code === SIZE_TABLE || code === TRADE_TABLE) ctx.enqueue('enterprises.renew_sizes', null, { key: 'all' })
  },
}]
