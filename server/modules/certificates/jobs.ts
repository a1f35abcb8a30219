// Later work of certificates: ending those whose last day has passed.
import type { JobKind } from '../../base/jobs.ts'
import { EXPIRE_JOB, expireDue } from './state.actions.ts'

export const certificatesJobs: JobKind[] = [{ name: EXPIRE_JOB, everySeconds: 300, run: (ctx) => expireDue(ctx) }]
