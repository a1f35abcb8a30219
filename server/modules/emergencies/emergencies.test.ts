// Emergencies over HTTP: the sample one, beginning, stages, the end, who may, and which one is open where.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginEmergency, endEmergency, enterStage, listEmergencies, listMeasures, listPacks } from '@fugong/contract/emergencies'
import { chooseEmergency } from '@fugong/contract/identity'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { getEmergency, openEmergenciesFor, openEmergencyFor, seedEmergency } from './index.ts'

let city: City
let commander: Someone, administrator: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  commander = await city.as('gaohongtao')
  administrator = await city.as('luyuanming')
})
afterAll(() => city.close())

const flood = { pack: 'flood', name: { zh: '汛后复工', en: 'After the flood' }, areaCode: '520100', documentNo: '样例〔2020〕9号', begunAt: '2020-02-23T00:00:00+08:00' }
const list = async (who: Someone = city.anonymous()) => (await who.call(listEmergencies)).items
const openFor = (areaCode: string, emergencyId: string | null = null) => city.system(async (ctx) => (await openEmergencyFor({ ...ctx, actor: { ...ctx.actor, emergencyId } }, areaCode)))
const NOWHERE = '01890000-0000-7000-8000-000000000000'

describe('the sample emergency', () => {
  it('is public, with its document and first two stages', async () => {
    const items = await list()
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      kind: 'epidemic', areaCode: '520100', pack: 'epidemic-2020', packVersion: 7, documentNo: '筑府办发电〔2020〕5号', begunAt: '2020-02-09T16:00:00.000Z', endedAt: null, sample: true, can: [],
      stages: [
        { code: 'response', name: { zh: '应急响应', en: 'Emergency response' }, enteredAt: '2020-02-09T16:00:00.000Z' },
        { code: 'resumption', name: { zh: '分区分级复工', en: 'Resumption by area and level' }, enteredAt: '2020-02-09T16:00:00.000Z' },
      ],
    })
  })
  it('is begun once, however often it is seeded', async () => {
    await city.system((ctx) => seedEmergency(ctx, '520100'))
    expect(await list()).toHaveLength(1)
  })
  it('offers its deeds to commander and administrator only', async () => {
    for (const who of [commander, administrator]) expect((await list(who))[0]!.can).toEqual(['stage', 'end'])
    for (const who of [await city.as('tianyuqing'), await city.contact('13900000101')]) expect((await list(who))[0]!.can).toEqual([])
  })
})

describe('beginning', () => {
  it('a flood stands beside the epidemic, newest first, and ends without it', async () => {
    const begun = await commander.call(beginEmergency, { body: flood })
    expect(begun).toMatchObject({ kind: 'flood', pack: 'flood', packVersion: 2, begunAt: '2020-02-22T16:00:00.000Z', endedAt: null, stages: [], sample: false, can: ['stage', 'end'] })
    expect((await list()).map((one) => one.kind)).toEqual(['flood', 'epidemic'])

    const epidemic = (await list())[1]!
    expect((await openFor('520103020'))?.id).toBe(begun.id)
    expect((await openFor('520103020', epidemic.id))?.id).toBe(epidemic.id)
    expect((await openFor('520171', NOWHERE))?.id).toBe(begun.id)
    expect(await openFor('530102')).toBeUndefined()
    expect(await city.system((ctx) => getEmergency(ctx, begun.id))).toMatchObject({ kind: 'flood', packVersion: 2 })

    const staged = await commander.call(enterStage, { params: { id: begun.id }, body: { stage: 'warning', note: '蓝色预警' } })
    expect(staged.stages).toEqual([{ code: 'warning', name: { zh: '预警', en: 'Warning' }, enteredAt: '2020-02-24T02:00:00.000Z' }])
    expect(await administrator.refused(enterStage, { params: { id: begun.id }, body: { stage: 'warning', note: '蓝色预警' } })).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '高洪涛', at: '2020-02-24T02:00:00.000Z' } })
    await administrator.call(enterStage, { params: { id: begun.id }, body: { stage: 'response', note: '升级' } })
    expect((await commander.call(enterStage, { params: { id: begun.id }, body: { stage: 'warning', note: '回落' } })).stages.map((stage) => stage.code)).toEqual(['warning', 'response', 'warning'])
    expect((await commander.refused(enterStage, { params: { id: begun.id }, body: { stage: 'regular', note: '别的包的阶段' } })).issues).toMatchObject([{ path: '/stage', code: 'issue.stage_unknown' }])

    const ended = await commander.call(endEmergency, { params: { id: begun.id }, body: { documentNo: '样例〔2020〕10号', note: '汛情结束' } })
    expect(ended).toMatchObject({ endedAt: '2020-02-24T02:00:00.000Z', can: [] })
    for (const [endpoint, body] of [[endEmergency, { documentNo: 'x', note: 'x' }], [enterStage, { stage: 'response', note: 'x' }]] as const) {
      expect((await administrator.refused(endpoint, { params: { id: begun.id }, body })).code).toBe('emergencies.already_ended')
    }
    expect((await list()).map((one) => one.kind)).toEqual(['epidemic', 'flood'])
    expect((await openFor('520103', begun.id))?.id).toBe(epidemic.id)
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select(['name', 'payload']).where('subjectId', '=', begun.id).orderBy('id').execute())
    expect(events).toEqual([
      { name: 'emergency.begun', payload: { kind: 'flood', pack: 'flood', packVersion: 2 } }, ...['warning', 'response', 'warning'].map((stage) => ({ name: 'emergency.staged', payload: { stage } })),
      { name: 'emergency.ended', payload: { documentNo: '样例〔2020〕10号' } },
    ])
  })
  it('of two who end it at once one is told', async () => {
    const begun = await commander.call(beginEmergency, { body: flood })
    const answers = await Promise.allSettled([commander, administrator].map((who) => who.call(endEmergency, { params: { id: begun.id }, body: { documentNo: 'x', note: 'x' } })))
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({ reason: { code: 'emergencies.already_ended' } })
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  })
  it.each([
    ['everything wrong', { pack: 'No Pack', name: { zh: ' ', en: 'x'.repeat(161), fr: 'x' }, areaCode: '52', documentNo: '', begunAt: 'now', extra: 1 }, ['/areaCode issue.area', '/begunAt issue.instant', '/documentNo issue.required', '/extra issue.unknown', '/name/en issue.too_long', '/name/fr issue.unknown', '/name/zh issue.text', '/pack issue.format']],
    ['nothing', {}, ['/areaCode issue.required', '/begunAt issue.required', '/documentNo issue.required', '/name issue.required', '/pack issue.required']],
    ['an area that does not exist and a beginning to come', { ...flood, areaCode: '999999', begunAt: '2020-02-25T00:00:00Z' }, ['/areaCode issue.area_unknown', '/begunAt issue.future']],
    ['a day that no calendar has', { ...flood, begunAt: '2020-02-30T00:00:00Z' }, ['/begunAt issue.instant']],
    ['a beginning to come', { ...flood, begunAt: '2020-02-25T00:00:00Z' }, ['/begunAt issue.future']],
    ['the year nought', { ...flood, begunAt: '0000-01-01T00:00:00Z' }, ['/begunAt issue.instant']],
  ])('refuses %s', async (_, body, issues) => {
    const refused = await commander.refused(beginEmergency, { body })
    expect([refused.status, refused.issues.map((issue) => `${issue.path} ${issue.code}`).sort()]).toEqual([422, issues])
  })
  it('refuses a pack that is not here', async () => {
    expect(await commander.refused(beginEmergency, { body: { ...flood, pack: 'earthquake' } })).toMatchObject({ status: 404, code: 'emergencies.pack_unknown', params: { code: 'earthquake' } })
  })
  it('is for commander and administrator, within their area', async () => {
    for (const name of ['tianyuqing', 'wenguangyu', 'leixiaofeng']) expect((await (await city.as(name)).refused(beginEmergency, { body: flood })).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(beginEmergency, { body: flood })).code).toBe('session.required')
    expect((await commander.refused(beginEmergency, { body: { ...flood, areaCode: '520000' } })).code).toBe('session.forbidden')
    expect((await commander.refused(endEmergency, { params: { id: NOWHERE }, body: { documentNo: 'x', note: 'x' } })).code).toBe('not_found')
  })
})

describe('the emergency one works in', () => {
  it('is the chosen one', async () => {
    const begun = await commander.call(beginEmergency, { body: flood })
    const epidemic = (await list()).find((one) => one.kind === 'epidemic')!
    expect((await openFor('520103'))?.id).toBe(begun.id)
    await commander.call(chooseEmergency, { body: { emergencyId: epidemic.id } })
    expect((await openFor('520103', epidemic.id))?.kind).toBe('epidemic')
    // A firm looks at what it likes and is judged by the oldest.
    for (const emergencyId of [null, begun.id, epidemic.id]) {
      expect((await city.system((ctx) => openEmergencyFor({ ...ctx, actor: { ...ctx.actor, kind: 'contact', emergencyId } }, '520103')))?.kind).toBe('epidemic')
    }
    expect((await city.system((ctx) => openEmergenciesFor(ctx, '520103'))).map((one) => one.kind)).toEqual(['epidemic', 'flood'])
  })
})

describe('measures', () => {
  const measures = async (query: object) => (await city.anonymous().call(listMeasures, { query: query as never })).items
  it('come from the pack of the emergency, by scene and level', async () => {
    const { id } = (await list()).find((one) => one.kind === 'epidemic')!
    const site = await measures({ emergency: id, scene: 'residential', level: 'medium' })
    expect(site.map((item) => item.code)).toEqual(expect.arrayContaining(['R1', 'R2', 'R3', 'R4']))
    expect((await measures({ emergency: id, scene: 'residential', level: 'low' })).map((item) => item.code)).not.toContain('R1')
    expect((await measures({ emergency: id })).length).toBeGreaterThan(20)
  })
  it.each([[{ emergency: NOWHERE }, 'not_found'], [{ emergency: 'x' }, 'validation.failed'], [{}, 'validation.failed'], [{ emergency: NOWHERE, level: 'worst' }, 'validation.failed']])('refuses %j with %s', async (query, code) => {
    expect((await city.anonymous().refused(listMeasures, { query })).code).toBe(code)
  })
})

describe('packs', () => {
  it('are listed without fault for those who may begin from them', async () => {
    const { items } = await administrator.call(listPacks)
    expect(items.map(({ code, version, kind, tables, forms, faults }) => ({ code, version, kind, tables, forms, faults }))).toEqual([
      { code: 'epidemic-2020', version: 7, kind: 'epidemic', tables: 18, forms: 5, faults: [] }, { code: 'flood', version: 2, kind: 'flood', tables: 1, forms: 3, faults: [] },
    ])
    expect(items[1]).toMatchObject({ measures: 5, importedAt: '2020-02-24T02:00:00.000Z', name: { en: 'Resumption after a flood (demonstration sample)' } })
    expect(items[1]!.stages.map((stage) => stage.code)).toEqual(['warning', 'response', 'recovery', 'standDown'])
    expect((await (await city.as('tianyuqing')).refused(listPacks)).code).toBe('session.forbidden')
  })
})
