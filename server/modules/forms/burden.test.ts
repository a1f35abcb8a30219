// The burden meter: what forms can ask, what a submission did ask, and a week by form and unit within the reader's scope.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getForm, type Form } from '@fugong/contract/forms'
import { getBurden, loadOf, rangeOf, type BurdenRates } from '@fugong/contract/forms.burden'
import { openDeclaration, saveDeclaration, submitDeclaration } from '@fugong/contract/declarations'
import { getEnterprise, listMyEnterprises } from '@fugong/contract/enterprises'
import { uploadFile } from '@fugong/contract/files'
import { readData } from '../../base/data.ts'
import { sql } from '../../base/db.ts'
import { openCity, type City } from '../../test/harness.ts'
import { plan } from '../../test/plan.ts'
import { mondayOf } from './burden.actions.ts'

const rates = readData<BurdenRates>('data', 'china', 'burden.json').value
const text = { zh: '甲', en: 'A' }
const form: Form = {
  code: 'a.form', version: 1, name: text, areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: text, pages: [
    { code: 'p', title: text, fields: [{ code: 'a', type: 'boolean', label: text }, { code: 'b', type: 'text', label: text, visibleWhen: 'a' }, { code: 'firm', type: 'text', label: text, known: 'enterprise.name' }, { code: 'sum', type: 'number', label: text, computed: 'size(rows) + 0.5' }, { code: 'rows', type: 'group', label: text, fields: [{ code: 'x', type: 'integer', label: text }] }] },
    { code: 'q', title: text, visibleWhen: 'workplace_scene == "site"', fields: [{ code: 'c', type: 'para', label: text }] },
  ],
}
describe('a form', () => {
  it('can ask between so much and so much', () => expect(rangeOf(form, rates)).toEqual({ least: { fields: 1, seconds: 68 }, most: { fields: 5, seconds: 60 + 8 + 25 + 25 + 30 + 90 } }))
  it.each([[{}, {}, 2, 60 + 8 + 25], [{ a: true }, {}, 3, 60 + 8 + 25 + 25], [{ a: true, rows: [{ x: 1 }, { x: 2 }] }, { enterprise_name: '某' }, 4, 60 + 8 + 25 + 60], [{}, { workplace_scene: 'site', enterprise_name: '某' }, 2, 60 + 8 + 90]])('with %j and %j asks %i', (answers, facts, fields, seconds) => expect(loadOf(form, answers, { facts }, rates)).toEqual({ fields, seconds }))
  it('counts every kind of answer', () => expect(Object.keys(rates.secondsByType).length).toBe(13))
})
it.each([['2020-02-24', '2020-02-24'], ['2020-03-01', '2020-02-24'], ['2020-03-02', '2020-03-02'], ['2020-02-29', '2020-02-24']])('%s lies in the week of %s', (day, monday) => expect(mondayOf(day)).toBe(monday))

describe('a week', () => {
  let city: City
  beforeAll(async () => { city = await openCity({ now: '2020-02-24T02:00:00Z' }) })
  afterAll(() => city.close())
  it('holds what was submitted in it, for those who may see it', async () => {
    const contact = await city.contact('13900000102')
    const firm = (await contact.call(listMyEnterprises)).items[0]!
    const workplace = (await contact.call(getEnterprise, { params: { id: firm.id } })).workplaces[0]!
    const draft = await contact.call(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: workplace.id } })
    const asked = await contact.call(getForm, { params: { code: 'declaration.plan' }, query: { area: workplace.districtCode, kind: 'epidemic', version: draft.formVersion } })
    const file = await contact.upload(uploadFile, { name: 'a.pdf', content: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') })
    const saved = await contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: draft.revision, plannedDate: '2020-02-26', headcount: 50, answers: plan(asked), pledged: true, fileIds: [file.id] } })
    await contact.call(submitDeclaration, { params: { id: saved.id }, body: { revision: saved.revision } })
    const commander = await city.as('gaohongtao')
    const week = await commander.call(getBurden)
    expect(week).toMatchObject({ from: '2020-02-24', to: '2020-03-01', rates: { openingSeconds: 60 }, total: { submissions: 1, firms: 1 } })
    const row = week.forms.find((one) => one.code === 'declaration.plan' && one.kind === 'epidemic')!
    expect(row).toMatchObject({ version: 2, submissions: 1, firms: 1, fields: week.total.fields, seconds: week.total.seconds })
    expect(row.fields).toBeGreaterThanOrEqual(row.leastFields)
    expect(row.fields).toBeLessThan(row.mostFields)
    expect(week.units).toMatchObject([{ submissions: 1, firms: 1, fields: week.total.fields }])
    expect(week.units[0]!.unit?.zh).toContain('云岩')
    expect((await (await city.as('tianyuqing')).call(getBurden)).total.submissions).toBe(1)
    expect((await (await city.as('fangzhiping')).call(getBurden)).total).toEqual({ submissions: 0, firms: 0, fields: 0, seconds: 0 })
    expect((await commander.call(getBurden, { query: { week: '2020-02-20' } })).total.submissions).toBe(0)
    expect((await contact.refused(getBurden)).code).toBe('session.forbidden')
    expect((await commander.refused(getBurden, { query: { week: '2020-02-40' } })).issues.map((issue) => issue.path)).toEqual(['/week'])
  })
  it('is not rewritten', async () => {
    await expect(city.system((ctx) => sql`update forms.askings set fields = 0`.execute(ctx.db))).rejects.toThrow(/permission denied/)
  })
})
