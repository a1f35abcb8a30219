// Reminders before a last day: told in time by the table, once, whatever is killed in between; nothing where it is not near or has ended.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listEmergencies } from '@fugong/contract/emergencies'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { connect } from '../../base/migrate.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City } from '../../test/harness.ts'
import { correctCertificate, issueCertificate, withdrawCertificate } from './index.ts'
import { remindDue } from './remind.actions.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city?.close())
async function until(day: string): Promise<{ id: string; number: string; enterpriseId: string }> {
  const { contact, firm } = await newFirm(city, 'wudang')
  const emergencyId = (await contact.call(listEmergencies)).items[0]!.id
  const made = await city.system((ctx) => issueCertificate(ctx, { declarationId: newId(), enterprise: { id: firm.id, name: firm.name }, workplace: { ...firm.workplaces[0]!, address: '样例路 1 号' }, departmentKey: null, plannedDate: '2020-02-26', emergencyId, level: 'low', procedure: 'review', unit: null, sample: false }))
  const owner = await connect(city.database.superuser)
  await owner.query('update certificates.certificates set valid_until = $1 where id = $2', [day, made.id]).finally(() => owner.end())
  return { ...made, enterpriseId: firm.id }
}
const told = async (enterpriseId: string) => (await city.system((ctx) => sql<{ count: number }>`select count(*)::int as count from notices.deliveries where template = 'declaration.expiring' and enterprise_id = ${enterpriseId}`.execute(ctx.db))).rows[0]!.count
const run = () => city.system((ctx) => remindDue(ctx, null))

it('tells once, two weeks before by the table, and not what is far or has ended', async () => {
  const [near, far, ended] = [await until('2020-03-09'), await until('2020-03-10'), await until('2020-03-01')]
  await city.system((ctx) => withdrawCertificate(ctx, { id: ended.id, reason: '不再经营' }))
  await city.system(async (ctx) => void (await ctx.attempt(async () => { await remindDue(ctx, null); throw new Error('killed before the commit') })))
  expect(await told(near.enterpriseId)).toBe(0)
  await run()
  await run()
  expect([await told(near.enterpriseId), await told(far.enterpriseId), await told(ended.enterpriseId)]).toEqual([1, 0, 0])
  city.clock.set('2020-02-25T02:00:00Z')
  await run()
  expect([await told(near.enterpriseId), await told(far.enterpriseId)]).toEqual([1, 1])
})
it('a corrected text is found by its new name, and an ended certificate keeps what it said', async () => {
  const { id } = await until('2020-12-31')
  await city.system((ctx) => correctCertificate(ctx, { id, text: { enterpriseName: '更名后企业', plannedDate: '2020-02-28' }, reason: '更名' }))
  const row = await city.system((ctx) => sql<{ name: string; events: string[] }>`select c.enterprise_name as name, array(select h.event from certificates.history h where h.certificate_id = c.id order by h.at, h.event) as events, (select count(*) from certificates.grams g where g.certificate_id = c.id and g.gram = '更名') as grams from certificates.certificates c where c.id = ${id}`.execute(ctx.db))
  expect(row.rows[0]).toMatchObject({ name: '更名后企业', events: ['corrected', 'issued'] })
  await city.system((ctx) => withdrawCertificate(ctx, { id, reason: '不再经营' }))
  await expect(city.system((ctx) => correctCertificate(ctx, { id, text: { enterpriseName: '又更名' }, reason: '再更名' }))).rejects.toMatchObject({ code: 'certificates.state_refused' })
})
