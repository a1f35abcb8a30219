// What the ground clears away by itself: answers kept for repeated requests live for a day.
import { sql } from './db.ts'
import type { JobKind } from './jobs.ts'

export const housekeeping: readonly JobKind[] = [{
  name: 'base.forget_answers',
  everySeconds: 3600,
  async run(ctx) {
    await sql`delete from base.request_keys where at < ${ctx.now}::timestamptz - interval '24 hours'`.execute(ctx.db)
  },
}]
