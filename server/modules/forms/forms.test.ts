// Forms over HTTP: the version in force by area, kind and day, public to everyone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getForm, type Form } from '@fugong/contract/forms'
import { readData } from '../../base/data.ts'
import { openCity, type City } from '../../test/harness.ts'
import { formConflicts, formInForce, getFormVersion, importForm } from './index.ts'

let city: City
beforeAll(async () => { city = await openCity({ now: '2020-02-24T02:00:00Z' }) })
afterAll(() => city.close())

const shipped = readData<Form>('packs', 'epidemic-2020', 'forms', 'declaration.plan.json').value
const show = (code: string, area: string, kind: string) => city.anonymous().call(getForm, { params: { code }, query: { area, kind } })
const later = (change: Partial<Form>): Form => ({ ...structuredClone(shipped), version: 3, ...change })

describe('a form', () => {
  it('is shown whole, for a district, a zone and a street', async () => {
    for (const area of ['520100', '520103', '520171', '520103020']) expect(await show('declaration.plan', area, 'epidemic')).toEqual(shipped)
  })
  it('carries its statement', async () => {
    expect((await show('declaration.pledge', '520103', 'epidemic')).statement?.zh).toContain('作如下承诺')
  })
  it.each([['declaration.plan', '520103', 'flood'], ['declaration.plan', '530102', 'epidemic'], ['no.such', '520103', 'epidemic'], ['declaration.plan', '520103', 'drought']])('none in force: %s in %s for %s', async (code, area, kind) => {
    expect(await city.anonymous().refused(getForm, { params: { code }, query: { area, kind } })).toMatchObject({ status: 404, code: 'forms.none_in_force', params: { code } })
  })
  it('of the flood is in force from June', async () => {
    city.clock.set('2020-06-02T02:00:00Z')
    expect((await show('declaration.plan', '520103', 'flood')).name.en).toBe('Safety plan for resumption after a flood')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('is refused with every fault of the question', async () => {
    const refused = await city.anonymous().refused(getForm, { params: { code: 'Bad!' }, query: { area: 'x', kind: 'E', more: 1 } })
    expect(refused.issues.map((issue) => issue.path).sort()).toEqual(['/area', '/code', '/kind', '/more'])
  })
})

describe('a new version', () => {
  it('shows at once when it is imported, from its day, in its area; the old one stays readable by number', async () => {
    const own = later({ areaCode: '520103', effectiveFrom: '2020-02-20T00:00:00+08:00', name: { zh: '云岩版', en: 'Yunyan’s own' } })
    await show('declaration.plan', '520103', 'epidemic')
    await city.system((ctx) => importForm(ctx, own, { kind: 'epidemic', pack: null }))
    expect((await show('declaration.plan', '520103001', 'epidemic')).version).toBe(3)
    expect((await show('declaration.plan', '520102', 'epidemic')).version).toBe(2)
    const before = await city.system((ctx) => formInForce(ctx, { code: 'declaration.plan', areaCode: '520103', kind: 'epidemic', at: new Date('2020-02-15') }))
    expect(before?.version).toBe(2)
    expect(await city.system((ctx) => getFormVersion(ctx, 'declaration.plan', 'epidemic', 2))).toEqual(shipped)
    await expect(city.system((ctx) => getFormVersion(ctx, 'declaration.plan', 'flood', 9))).rejects.toMatchObject({ code: 'not_found' })
  })
  it('is never overwritten: other content under a number is a conflict, the same content is none', async () => {
    expect(await city.system((ctx) => formConflicts(ctx, shipped, { kind: 'epidemic' }))).toEqual([])
    expect(await city.system((ctx) => formConflicts(ctx, { ...shipped, name: { zh: '改', en: 'Changed' } }, { kind: 'epidemic' }))).toMatchObject([{ path: '/version', code: 'issue.version_content' }])
    await city.system((ctx) => importForm(ctx, { ...shipped, name: { zh: '改', en: 'Changed' } }, { kind: 'epidemic', pack: null }))
    expect((await city.system((ctx) => getFormVersion(ctx, 'declaration.plan', 'epidemic', 2))).name).toEqual(shipped.name)
    await expect(city.system((ctx) => ctx.db.updateTable('forms.forms').set({ version: 9 }).execute())).rejects.toThrow(/permission denied/)
  })
})
