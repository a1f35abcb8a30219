// Later work of rosters: replacing keys step by step, erasing what is due, forgetting entries, following workplaces that move.
import type { Subscription } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { forgetEntries } from './entries.actions.ts'
import { ERASE_JOB, eraseDue } from './erase.actions.ts'
import { ROTATE_JOB, continueRotation } from './keys.actions.ts'
import { followWorkplace } from './places.actions.ts'
import type { PeopleOptions } from './ports.ts'

export function peopleJobs(options: Pick<PeopleOptions, 'city'>): JobKind[] {
  return [
    { name: ROTATE_JOB, tries: 20, run: (ctx, payload) => continueRotation(ctx, (payload as { id: string }).id) },
    { name: ERASE_JOB, everySeconds: 3600, run: (ctx) => eraseDue(ctx) },
    { name: 'people.forget_entries', everySeconds: 3600, run: (ctx) => forgetEntries(ctx, options) },
  ]
}
export const peopleSubscriptions: Subscription[] = [{
  subscriber: 'people.workplaces',
  names: ['enterprise.changed'],
  async receive(ctx, event) {
    const { workplaceId } = event.payload as { workplaceId: string | null }
    if (workplaceId) await followWorkplace(ctx, event.subject.id, workplaceId)
  },
}]
