// Reminding in stages by the table: people by text message, their firm, then the street's office; firm by firm at staggered minutes.
import { shanghaiDay } from '../../base/clock.ts'
import { systemScope } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { JobKind, RunAsSystem } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { selectFirms } from '../enterprises/index.ts'
import { findReviewUnit, findUnitAt } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { phoneOfEmployment } from '../people/index.ts'
import { clockText, minuteOfDay, offsetOf, type Hours } from './days.rules.ts'
import { countStreets } from './days.views.ts'
import { beginStage, beginStageForAll, countMissing, markStage, selectDistricts, selectMissing, selectUnreminded } from './handovers.store.ts'
import { dayLimits, hoursAt } from './hours.actions.ts'

export const REMIND_JOB = 'health.remind'
export const REMIND_PEOPLE_JOB = 'health.remind_people'
const PER_RUN = 500
const momentOf = (day: string, hour: number): string => new Date(`${day}T${clockText(hour)}:00+08:00`).toISOString()

/** What is due now in every district; a stage whose day has closed is no longer sent. */
export async function remindDue(system: Ctx): Promise<void> {
  const day = shanghaiDay(system.now)
  const minute = minuteOfDay(system.now)
  for (const districtCode of await selectDistricts(system)) {
    const kind = (await openEmergencyFor(system, districtCode))?.kind
    const hours = kind ? await hoursAt(system, districtCode, kind) : undefined
    if (!hours || minute >= hours.closesAt * 60) continue
    if (minute >= hours.personAt * 60) await remindFirms(system, { districtCode, day, stage: 1, minute, hours })
    if (minute >= hours.firmAt * 60) await remindFirms(system, { districtCode, day, stage: 2, minute, hours })
    if (minute >= hours.unitAt * 60) await tellOffices(system, districtCode, day)
  }
}
async function remindFirms(system: Ctx, { districtCode, day, stage, minute, hours }: { districtCode: string; day: string; stage: 1 | 2; minute: number; hours: Hours }): Promise<void> {
  const from = (stage === 1 ? hours.personAt : hours.firmAt) * 60
  let after: string | null = null
  for (let done = 0; done < PER_RUN;) {
    const firms: string[] = await selectUnreminded(system, { districtCode, day, stage, after, limit: PER_RUN })
    for (const enterpriseId of firms.filter((id) => minute >= from + offsetOf(id, hours.spread))) {
      done += 1
      const missing = await countMissing(system, enterpriseId, day)
      if (!(await beginStage(system, { enterpriseId, day, stage, missing, done: stage === 2 || missing === 0 })) || missing === 0) continue
      system.announce('health.reminded', { kind: 'enterprise', id: enterpriseId }, { day, stage, missing })
      if (stage === 1) system.enqueue(REMIND_PEOPLE_JOB, { enterpriseId, day }, { key: `${enterpriseId} ${day}` })
      else await tellFirm(system, { enterpriseId, day, missing, until: momentOf(day, hours.closesAt) })
    }
    if (firms.length < PER_RUN) return
    after = firms.at(-1)!
  }
}
async function tellFirm(system: Ctx, { enterpriseId, day, missing, until }: { enterpriseId: string; day: string; missing: number; until: string }): Promise<void> {
  const [firm] = await selectFirms(system, [enterpriseId])
  if (firm) await notify(system, { template: 'health.firm_reminder', to: { enterpriseId, enterpriseName: firm.name }, params: { firm: firm.name, count: missing, until }, link: `/portal/enterprises/${enterpriseId}/health`, about: { kind: 'enterprise', id: enterpriseId }, intent: day })
}
/** One word to each street's office, else to the district's; every firm that still misses somebody is noted as told of. */
async function tellOffices(system: Ctx, districtCode: string, day: string): Promise<void> {
  if (!(await beginStageForAll(system, { districtCode, day, stage: 3 }))) return
  for (const { streetCode, missing, firms } of await countStreets({ ...system, scope: systemScope }, system, day, { district: districtCode })) {
    if (!missing) continue
    const unit = (await findUnitAt(system, 'streetOffice', streetCode)) ?? (await findReviewUnit(system, { districtCode }))
    if (unit) await notify(system, { template: 'health.unit_reminder', to: { unitId: unit.id, verb: 'health.count' }, params: { count: missing, firms }, link: `/console/health?street=${streetCode}&missing=true`, about: { kind: 'area', id: streetCode }, intent: day })
  }
}

/** Text messages to those who have not reported by the moment each is written to; begun anew it goes on where it was. */
export function remindPeopleJob(city: string, sms: Sms): JobKind {
  return {
    name: REMIND_PEOPLE_JOB, tries: 5,
    async before(asSystem: RunAsSystem, payload: unknown, signal: AbortSignal) {
      const { enterpriseId, day } = payload as { enterpriseId: string; day: string }
      let after: string | null = null
      while (!signal.aborted) {
        const page: { id: string; phone: string | null }[] = await asSystem(async (ctx) => {
          if (shanghaiDay(ctx.now) !== day) return []
          const ids = await selectMissing(ctx, enterpriseId, day, after, 100)
          return Promise.all(ids.map(async (id) => ({ id, phone: await phoneOfEmployment(ctx, id) })))
        })
        if (!page.length) return
        const text = await asSystem(async (ctx) => {
          const name = (await selectFirms(ctx, [enterpriseId]))[0]?.name ?? ''
          const { reminder } = dayLimits(city, ctx.now)
          return { zh: reminder.zh.replace('{firm}', name), en: reminder.en.replace('{firm}', name) }
        })
        for (const { id, phone } of page) if (phone) await sms.send(phone, text, `health ${day} ${id}`)
        after = page.at(-1)!.id
        const upTo = after
        await asSystem((ctx) => markStage(ctx, { enterpriseId, day, stage: 1 }, upTo, false))
      }
      if (signal.aborted) throw new Error('stopped while people were written to')
    },
    async run(ctx, payload) {
      const { enterpriseId, day } = payload as { enterpriseId: string; day: string }
      await markStage(ctx, { enterpriseId, day, stage: 1 }, null, true)
    },
  }
}
