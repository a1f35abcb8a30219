// Later work of certificates: ending those whose last day has passed, telling firms before it, printing batches, and taking old files away.
import type { JobKind } from '../../base/jobs.ts'
import { RUN_JOB, type PrintingOptions } from './batches.actions.ts'
import { REMIND_JOB, remindDue } from './remind.actions.ts'
import { runBatch, sweep } from './run.actions.ts'
import { EXPIRE_JOB, expireDue } from './state.actions.ts'

export function certificatesJobs(options: PrintingOptions): JobKind[] {
  return [
    { name: EXPIRE_JOB, everySeconds: 300, run: (ctx) => expireDue(ctx) },
    { name: REMIND_JOB, everySeconds: 3600, run: (ctx, payload) => remindDue(ctx, (payload as { after: { day: string; id: string } } | null)?.after ?? null) },
    { name: RUN_JOB, tries: 5, before: (asSystem, payload, signal) => runBatch(options, asSystem, (payload as { id: string }).id, signal), run: async () => {} },
    { name: 'certificates.sweep', everySeconds: 300, run: (ctx) => sweep(options, ctx) },
  ]
}
