// Use cases of a bound phone's own days: what is asked today, what of it is received, and what was said.
import type { Input, Returns } from '@fugong/contract/base'
import type { Answers } from '@fugong/contract/forms'
import { treesOf } from '@fugong/contract/forms.engine'
import { receiptNumber } from '@fugong/contract/health'
import type { DaySlot, HealthDay, readHealthDay, readOwnAnswers } from '@fugong/contract/health.phones'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { problem } from '../../base/problem.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { formInForce } from '../forms/index.ts'
import { monitoredFacts, type MonitoredFacts } from '../people/index.ts'
import { selectOwn, type OwnReport } from './day.store.ts'
import { sealedOf } from './envelopes.actions.ts'
import type { HealthLimits } from './intake.actions.ts'
import { mayCorrect } from './intake.rules.ts'
import { FORM } from './judge.actions.ts'
import { findBinding, type BindingRow } from './phones.store.ts'
import { publicSealKey } from './seal.actions.ts'
import { addDays } from './subjects.rules.ts'
import { findMonitored, type Monitored } from './subjects.store.ts'
import { idOfToken } from './tokens.actions.ts'

/** The binding in force that a token proves. */
export async function requireBinding(system: Ctx, token: string): Promise<BindingRow> {
  const id = idOfToken(token, (text) => system.sealer.blind('binding', text))
  const binding = id && (await findBinding(system, id))
  if (!binding) throw problem('health.binding_unknown')
  return binding
}
/** Whoever is still on the roster and monitored. */
export async function requireMonitored(system: Ctx, employmentId: string): Promise<{ subject: Monitored; person: MonitoredFacts }> {
  const subject = await findMonitored(system, employmentId)
  const [person] = await monitoredFacts(system, [employmentId])
  if (!subject?.active || !person || person.state === 'left') throw problem('health.not_on_roster')
  return { subject, person }
}
/** The form that is asked of somebody. */
export async function formFor(system: Ctx, { districtCode, emergencyKind }: Pick<Monitored, 'districtCode' | 'emergencyKind'>) {
  const form = await formInForce(system, { code: FORM, areaCode: districtCode, kind: emergencyKind })
  if (!form) throw problem('forms.none_in_force', { code: FORM })
  return form
}
export const numberOf = ({ batchId, position }: Pick<OwnReport, 'batchId' | 'position'>): string => receiptNumber(batchId, position)
/** One slot as it stands. */
export function slotOf(reports: readonly OwnReport[], day: string, slot: 1 | 2, now: Date, limits: Pick<HealthLimits, 'correctHours' | 'corrections'>): DaySlot {
  const found = reports.find((one) => one.day === day && one.slot === slot)
  return { day, slot, number: found ? numberOf(found) : null, version: found?.version ?? 0, acceptedAt: found?.acceptedAt ?? null, by: found?.relation ?? null, correctable: found !== undefined && found.version <= limits.corrections && mayCorrect(day, now, limits.correctHours) }
}

const lastBefore = (reports: readonly OwnReport[], today: string): HealthDay['last'] => {
  const found = reports.find((one) => one.day < today)
  return found ? { day: found.day, slot: found.slot } : null
}

export function readDayIn(city: string) {
  return (ctx: Ctx, { body }: Input<typeof readHealthDay>): Promise<HealthDay> => elevated(ctx, async (system) => {
    const binding = await requireBinding(system, body.token)
    const { subject, person } = await requireMonitored(system, binding.employmentId)
    const form = await formFor(system, subject)
    const [firm] = await selectFirms(system, [subject.enterpriseId])
    const places = await workplaceNames(system, [subject.workplaceId])
    const limits = limitsOf<HealthLimits>('health', city, ctx.now)
    const today = shanghaiDay(ctx.now)
    const reports = await selectOwn(system, binding, addDays(today, -limits.daysLate))
    const wanted = subject.twice ? [1, 2] as const : [1] as const
    const slotsOn = (day: string) => wanted.map((slot) => slotOf(reports, day, slot, ctx.now, limits))
    // A day before the phone was bound asks for nothing.
    const since = shanghaiDay(new Date(binding.createdAt))
    const earlier = Array.from({ length: limits.daysLate }, (_, i) => addDays(today, -1 - i)).filter((day) => day >= since).flatMap(slotsOn).filter((one) => one.number === null || one.correctable)
    return {
      name: person.name, enterpriseName: firm?.name ?? '–', workplaceName: places.get(subject.workplaceId) ?? '–', employmentId: person.employmentId, relation: binding.relation, today, now: ctx.now.toISOString(), daysLate: limits.daysLate,
      slots: slotsOn(today), earlier, last: lastBefore(reports, today), seal: publicSealKey(system), form: treesOf(form),
    }
  })
}
/** Opened for the person alone, and written down as every opening is. */
export function readAnswers(ctx: Ctx, { body: { token, day, slot } }: Input<typeof readOwnAnswers>): Promise<Returns<typeof readOwnAnswers>> {
  return elevated(ctx, async (system) => {
    const binding = await requireBinding(system, token)
    await requireMonitored(system, binding.employmentId)
    const found = await answersOf(system, binding, day, slot)
    if (found) ctx.announce('health.own_answers_read', { kind: 'binding', id: binding.id }, { day, slot })
    return found ?? { answers: null, version: 0 }
  })
}
/** What stands for a slot, with its answers; undefined when nothing does or the day was erased. */
export async function answersOf(system: Ctx, whose: Pick<BindingRow, 'enterpriseId' | 'employmentId'>, day: string, slot: 1 | 2): Promise<{ answers: Answers; version: number; number: string } | undefined> {
  const report = (await selectOwn(system, whose, day)).find((one) => one.day === day && one.slot === slot)
  const held = report && (await sealedOf(system, report))
  return held && { answers: held[2], version: report.version, number: numberOf(report) }
}
