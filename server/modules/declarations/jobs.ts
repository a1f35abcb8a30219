// Later work of declarations: levels that change, limits of the engine, certificates that are moved, and the events of a firm's life.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { ADOPT_JOB, adoptBatch } from './adopt.actions.ts'
import { followClocks, followLevels } from './anew.actions.ts'
import { followLife, hearOfChange, LIFE_JOB, type LifePayload } from './life.actions.ts'
import { followCertificate } from './standing.actions.ts'

const LEVELS = 'declarations.follow_levels'
const CLOCKS = 'declarations.follow_clocks'
export const declarationsJobs: JobKind[] = [
  {
    name: LEVELS, everySeconds: 60,
    // The next batch is a job of its own, so that no transaction grows without end.
    run: async (ctx) => {
      if (await followLevels(ctx)) ctx.enqueue(LEVELS, null, { key: 'more' })
    },
  },
  {
    name: ADOPT_JOB,
    run: async (ctx) => {
      if (await adoptBatch(ctx)) ctx.enqueue(ADOPT_JOB, null, { key: 'more' })
    },
  },
  {
    name: CLOCKS,
    run: async (ctx, payload) => {
      const next = await followClocks(ctx, (payload as { after: string } | null)?.after ?? null)
      if (next) ctx.enqueue(CLOCKS, { after: next }, { key: next })
    },
  },
  { name: LIFE_JOB, run: (ctx, payload) => followLife(ctx, payload as LifePayload) },
]
export const declarationsSubscriptions: Subscription[] = [{
  subscriber: 'declarations.clocks',
  names: ['case.recounted'],
  async receive(ctx) {
    ctx.enqueue(CLOCKS, null, { key: 'all' })
  },
}, {
  subscriber: 'declarations.standing',
  names: ['certificate.suspended', 'certificate.resumed', 'certificate.revoked', 'certificate.expired', 'certificate.withdrawn', 'certificate.closed', 'certificate.superseded'],
  receive: followCertificate,
}, {
  subscriber: 'declarations.life',
  names: ['enterprise.changed'],
  async receive(ctx, event) {
    hearOfChange(ctx, event)
  },
}]
