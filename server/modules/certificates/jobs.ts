// Later work of certificates: ending those whose last day has passed, and telling firms before it.
import type { JobKind } from '../../base/jobs.ts'
import { REMIND_JOB, remindDue } from './remind.actions.ts'
import { EXPIRE_JOB, expireDue } from './state.actions.ts'

export const certificatesJobs: JobKind[] = [{ name: EXPIRE_JOB, everySeconds: 300, run: (ctx) => expireDue(ctx) }, { name: REMIND_JOB, everySeconds: 3600, run: (ctx, payload) => remindDue(ctx, (payload as { after: { day: string; id: string } } | null)?.after ?? null) }]
