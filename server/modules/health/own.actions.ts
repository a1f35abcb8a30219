// One's own data on a bound phone: what the roster holds, masked; reports in all their versions; who has looked; what was agreed to.
import type { Input } from '@fugong/contract/base'
import { healthLevels } from '@fugong/contract/health'
import type { OwnRecord, readOwnRecord } from '@fugong/contract/health.own'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { limitsOf, noticeOf, noticeVersion } from '../../base/limits.ts'
import { problem } from '../../base/problem.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { heldOf, readsOfPerson } from '../people/index.ts'
import { numberOf, requireBinding, requireMonitored } from './day.actions.ts'
import type { HealthLimits } from './intake.actions.ts'
import { becauseOf } from './judge.actions.ts'
import { selectAllVersions, selectConsents } from './own.store.ts'
import { addDays } from './subjects.rules.ts'

export function ownRecordIn(city: string) {
  return (ctx: Ctx, { body }: Input<typeof readOwnRecord>): Promise<OwnRecord> => elevated(ctx, async (system) => {
    const binding = await requireBinding(system, body.token)
    const { subject } = await requireMonitored(system, binding.employmentId)
    const held = await heldOf(system, binding.employmentId)
    if (!held) throw problem('health.not_on_roster')
    const [firm] = await selectFirms(system, [subject.enterpriseId])
    const places = await workplaceNames(system, [subject.workplaceId])
    const { ownDays } = limitsOf<HealthLimits>('health', city, ctx.now)
    // A family phone or a clerk is not the person: what others looked up is for the person's own phone.
    const reads = binding.relation === 'self' ? await readsOfPerson(system, binding.personId) : []
    const names = await personNames(system, [...new Set(reads.map((read) => read.byPerson))])
    const consents = await selectConsents(system, binding)
    ctx.announce('health.own_record_read', { kind: 'binding', id: binding.id }, { relation: binding.relation })
    const { name, state, since, ...values } = held
    return {
      name, enterpriseName: firm?.name ?? '–', workplaceName: places.get(subject.workplaceId) ?? '–', state, since, held: values,
      reports: await reportsOf(system, binding, addDays(shanghaiDay(ctx.now), -ownDays)), days: ownDays,
      reads: reads.map(({ at, field, reason, byPerson, office }) => ({ at, field, reason, by: names.get(byPerson) ?? '–', office })),
      consents: consents.map(({ id, relation, createdAt, revokedAt, noticeVersion: version }) => ({ relation, at: createdAt, endedAt: revokedAt, version, text: noticeVersion('health', version), here: id === binding.id })),
      notice: noticeOf('health', ctx.now),
    }
  })
}
async function reportsOf(system: Ctx, whose: { enterpriseId: string; employmentId: string }, from: string): Promise<OwnRecord['reports']> {
  const reports: OwnRecord['reports'] = []
  for (const row of await selectAllVersions(system, whose, from)) {
    const version = { number: numberOf(row), version: row.version, acceptedAt: row.acceptedAt, level: healthLevels[row.level]!, because: await becauseOf(system, row.rule), by: row.relation }
    const there = reports.find((one) => one.day === row.day && one.slot === row.slot)
    if (there) there.versions.push(version)
    else reports.push({ day: row.day, slot: row.slot, versions: [version] })
  }
  return reports
}
