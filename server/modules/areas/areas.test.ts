// Areas over HTTP: the lists that everyone may read, communities that streets make, and what an area opens into.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, listAreas } from '@fugong/contract/areas'
import { lend, unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { expandArea, findArea, seedCommunities } from './index.ts'

let city: City
let tian: Someone
let passerBy: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing') // reviewer of 云岩, 520103
  passerBy = city.anonymous()
})
afterAll(() => city?.close())

const told = (refusal: Refusal) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()
const name = { zh: '新村社区', en: 'Xincun Community' }
const codesBelow = async (parent: string) => (await passerBy.call(listAreas, { query: { parent } })).items.map(({ code }) => code)

describe('the list', () => {
  it('holds province, city, ten districts, four zones and their streets, and no community', async () => {
    const { items } = await passerBy.call(listAreas)
    const count = (kind: string) => items.filter((area) => area.kind === kind).length
    expect([count('province'), count('city'), count('district'), count('devZone'), count('community')]).toEqual([1, 1, 10, 4, 0])
    expect(count('street')).toBeGreaterThan(100)
    expect(items.find(({ code }) => code === '520103')).toEqual({ code: '520103', kind: 'district', name: { zh: '云岩区', en: expect.stringMatching(/Yunyan/) as string }, parent: '520100', hosts: [], sample: false })
    expect(items.find(({ code }) => code === '520171')?.hosts).toContain('520115')
    expect(items.map(({ code }) => code)).toEqual(items.map(({ code }) => code).sort())
  })
  it('shows the children of one area', async () => {
    const streets = (await passerBy.call(listAreas, { query: { parent: '520103' } })).items
    expect(streets.length).toBeGreaterThan(10)
    expect(streets.every((area) => area.kind === 'street' && area.parent === '520103' && area.code.startsWith('520103'))).toBe(true)
    expect(await codesBelow('999999')).toEqual([])
  })
  it.each([['5201'], ['云岩'], ["520103' or 1=1"], ['']])('refuses the parent %j', async (parent) => {
    expect(told(await passerBy.refused(listAreas, { query: { parent } }))).toEqual(['/parent issue.area'])
  })
})

describe('the sample', () => {
  it('has communities below three streets, marked as sample, and is not doubled', async () => {
    await city.system((ctx) => seedCommunities(ctx, '520100'))
    expect(await codesBelow('520103020')).toEqual(['520103020901', '520103020902'])
    expect(await codesBelow('520115006')).toHaveLength(2)
    const [first, ...others] = (await passerBy.call(listAreas, { query: { parent: '520102031' } })).items
    expect(first).toEqual({ code: '520102031901', kind: 'community', name: { zh: '样例·果园一社区', en: 'Sample Guoyuan First Community' }, parent: '520102031', hosts: [], sample: true })
    expect(others).toHaveLength(2)
  })
  it('leaves a community that a street has made as it is', async () => {
    await city.system(async (ctx) => {
      await ctx.db.updateTable('areas.areas').set({ nameZh: '街道自己的社区', sample: false }).where('code', '=', '520103020902').execute()
      await seedCommunities(ctx, '520100')
    })
    expect((await passerBy.call(listAreas, { query: { parent: '520103020' } })).items[1]).toMatchObject({ name: { zh: '街道自己的社区' }, sample: false })
  })
})

describe('a community', () => {
  const street = '520103022'
  it('is added by the district of its street and stands in the list', async () => {
    const code = `${street}801`
    expect(await tian.call(addCommunity, { body: { street, code, name } })).toEqual({ code, kind: 'community', name, parent: street, hosts: [], sample: false })
    expect(await codesBelow(street)).toEqual([code])
    expect(await unitOfEvent(city, 'area.community_added', code)).toBe('云岩区复工复产工作专班')
    expect(await tian.refused(addCommunity, { body: { street, code, name } })).toMatchObject({ status: 409, code: 'areas.code_taken', params: { code } })
  })
  it('is added by the administrator anywhere in the city', async () => {
    expect(await (await city.as('luyuanming')).call(addCommunity, { body: { street: '520181002', code: '520181002801', name } })).toMatchObject({ parent: '520181002' })
  })
  it('is offered to whoever may add it there, and to nobody else', async () => {
    const offered = async (who: Someone, parent: string) => (await who.call(listAreas, { query: { parent } })).can
    expect(await offered(tian, street)).toEqual(['addCommunity'])
    expect(await offered(await city.as('luyuanming'), '520181002')).toEqual(['addCommunity'])
    expect(await offered(tian, '520102031')).toEqual([])
    expect(await offered(await city.as('maolihua'), '520103020')).toEqual([])
    expect(await offered(passerBy, street)).toEqual([])
    expect(await offered(tian, '520103')).toEqual([])
  })
  it('is not added to a street elsewhere, until its district lends the right', async () => {
    const body = { street: '520102031', code: '520102031801', name }
    expect(await tian.refused(addCommunity, { body })).toMatchObject({ status: 404, code: 'not_found' })
    const { lent } = await lend(city, 'fangzhiping', 'tianyuqing')
    expect(await (await city.as('tianyuqing')).call(addCommunity, { body })).toMatchObject({ code: body.code })
    expect(await unitOfEvent(city, 'area.community_added', body.code)).toBe(lent)
  })
  it.each([
    ['a district', { street: '520103', code: '520103000801' }], ['a zone', { street: '520171', code: '520171000801' }], ['another community', { street: '520103020901', code: '520103020901' }], ['another street', { street, code: '520103020802' }],
  ])('belongs under a street, not %s', async (_, place) => {
    expect(await tian.refused(addCommunity, { body: { ...place, name } })).toMatchObject({ status: 422, code: 'areas.not_a_street' })
  })
  it('needs a street that there is', async () => {
    expect(await tian.refused(addCommunity, { body: { street: '520103999', code: '520103999801', name } })).toMatchObject({ status: 404 })
  })
  const bad: [object, string[]][] = [
    [{}, ['/code issue.required', '/name issue.required', '/street issue.required']],
    [{ street: '云岩', code: '12', name: { zh: ' ', en: 'x'.repeat(81) } }, ['/code issue.format', '/name/en issue.too_long', '/name/zh issue.text', '/street issue.area']],
    [{ street, code: `${street}8012`, name: { zh: '甲' }, sample: true }, ['/code issue.format', '/name/en issue.required', '/sample issue.unknown']],
    [{ street: 520103022, code: `${street}802`, name: 'both' }, ['/name issue.type', '/street issue.type']],
    [{ street, code: `${street}802`, name: { zh: '甲\u202e', en: 'A\nB' } }, ['/name/en issue.text', '/name/zh issue.text']],
  ]
  it('is told every fault at once, and nothing is kept', async () => {
    const before = await codesBelow(street)
    for (const [body, expected] of bad) expect(told(await tian.refused(addCommunity, { body })), JSON.stringify(body)).toEqual(expected)
    expect(await codesBelow(street)).toEqual(before)
  })
  it('is no deed for firms, commanders, or people who are not signed in', async () => {
    const body = { street, code: `${street}803`, name }
    for (const who of [await city.contact('13900000101'), await city.as('gaohongtao'), await city.as('wenguangyu')]) expect(await who.refused(addCommunity, { body })).toMatchObject({ status: 403, code: 'session.forbidden' })
    expect(await passerBy.refused(addCommunity, { body })).toMatchObject({ status: 401 })
  })
})

describe('what an area opens into', () => {
  const opened = (code: string) => city.system((ctx) => expandArea(ctx, code))
  it('is districts and zones for a city or province, itself for any other, nothing where there is none', async () => {
    const whole = await opened('520100')
    expect(whole).toHaveLength(14)
    expect(whole).toEqual(expect.arrayContaining(['520103', '520171']))
    expect(await opened('520000')).toEqual(whole)
    for (const code of ['520103', '520171', '520103020', '520103020901']) expect(await opened(code)).toEqual([code])
    expect(await opened('999999')).toEqual([])
    expect(await city.system((ctx) => findArea(ctx, '999999'))).toBeUndefined()
  })
})
