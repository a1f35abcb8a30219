// Later work of health: whoever is monitored follows rosters, workplaces and levels, page by page; counts are folded, people reminded, days closed; what binding leaves behind is cleared.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { eraseDays } from './erase.actions.ts'
import { fold, FOLD_JOB } from './fold.actions.ts'
import { beginMissed, countMissedPage, MISSED_JOB } from './missed.actions.ts'
import { clearAsks } from './phones.actions.ts'
import { closeDays } from './proofs.actions.ts'
import { remindDue, remindPeopleJob, REMIND_JOB } from './remind.actions.ts'
import { beginSignals, findSignals, SIGNALS_JOB } from './signals.actions.ts'
import { applyTurns, lapseColours, TURNS_JOB } from './status.actions.ts'
import { RENEW_JOB, renewPage, type Whose } from './subjects.actions.ts'

interface Renewal { whose: Whose; after: string | null }
export function healthJobs({ city, sms }: { city: string; sms: Sms }): JobKind[] {
  return [
    {
      name: RENEW_JOB, tries: 20,
      async run(ctx, payload) {
        const { whose, after } = payload as Renewal
        const next = await renewPage(ctx, city, whose, after)
        if (next) ctx.enqueue(RENEW_JOB, { whose, after: next } satisfies Renewal, { key: `${JSON.stringify(whose)} ${next}` })
      },
    },
    // A look now and then when nothing comes in.
    { name: FOLD_JOB, everySeconds: 2, run: fold },
    { name: 'health.begin_missed', everySeconds: 600, run: beginMissed },
    { name: MISSED_JOB, run: (ctx, payload) => countMissedPage(ctx, city, payload as { until: string; after: string | null }) },
    { name: REMIND_JOB, everySeconds: 60, run: remindDue },
    remindPeopleJob(city, sms),
    { name: TURNS_JOB, everySeconds: 10, run: applyTurns },
    { name: 'health.erase_days', everySeconds: 3600, run: eraseDays(city) },
    { name: 'health.begin_signals', everySeconds: 600, run: beginSignals },
    { name: SIGNALS_JOB, run: (ctx, payload) => findSignals(ctx, payload as { day: string; after: number }) },
    { name: 'health.lapse_colours', everySeconds: 600, run: lapseColours },
    { name: 'health.close_days', everySeconds: 900, run: closeDays },
    { name: 'health.clear_asks', everySeconds: 3600, run: clearAsks },
  ]
}
export const healthSubscriptions: Subscription[] = [{
  subscriber: 'health.people',
  names: ['person.entered', 'person.moved', 'person.changed', 'people.moved', 'people.move_undone', 'people.imported', 'enterprise.changed', 'level.set'],
  async receive(ctx, event) {
    const { id } = event.subject
    const { workplaceId, areaCode } = event.payload as { workplaceId?: string | null; areaCode?: string }
    const whose: Whose | undefined = event.name === 'level.set' ? { originWithin: areaCode! }
      : event.name === 'enterprise.changed' ? (workplaceId ? { workplaceId } : undefined)
      : event.subject.kind === 'employment' ? { employmentIds: [id] } : { enterpriseId: id }
    if (whose) ctx.enqueue(RENEW_JOB, { whose, after: null } satisfies Renewal, { key: JSON.stringify(whose) })
  },
}, {
  subscriber: 'health.everyone',
  names: ['people.erased', 'emergency.begun'],
  async receive(ctx) {
    ctx.enqueue(RENEW_JOB, { whose: { everyone: true }, after: null } satisfies Renewal, { key: 'everyone' })
  },
}]
