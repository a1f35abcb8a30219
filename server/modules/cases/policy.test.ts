// Who sees which cases: other districts, departments, firms and ended grants never; units with a part always, and what firms may read of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countCases, getCase, listCaseKinds, listCases } from '@fugong/contract/cases'
import { addHelper, assignMany, assignPart, closeCasePart, commentCase, decideMany, handBackPart, handOnPart, handOver, listColleagues, pressCase, pressMany, takeMany, takePart, undoBulk } from '@fugong/contract/cases.deeds'
import { listKept, listWaiting } from '@fugong/contract/cases.figures'
import { endGrant, listPeople } from '@fugong/contract/identity'
import type { Scope } from '../../base/auth.ts'
import { within } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { newFirm } from '../../test/declaring.ts'
import { inNanming, lampKind, openLamp, unitIds } from '../../test/casing.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { registerKinds } from './kinds.actions.ts'
import { caseOf, casesOf, timelineOf } from './index.ts'

const CANARY = '金丝雀灯'
let city: City
let units: Record<string, string>
let caseId: string
let partId: string
let enterpriseId: string
let firm: Someone
beforeAll(async () => {
  city = await openCity()
  registerKinds([lampKind().kind])
  units = await unitIds(city)
  const made = await newFirm(city, 'nanming', { name: `${CANARY}有限公司` })
  firm = made.contact
  enterpriseId = made.firm.id
  caseId = (await openLamp(city, { ...inNanming, enterpriseId, title: CANARY, steps: [[{ unitId: units['gy-520102-taskforce']!, role: 'lead' }]] })).id
  const found = await (await city.as('fangzhiping')).call(commentCase, { params: { id: caseId }, body: { text: `${CANARY}内部意见` } })
  partId = found.parts[0]!.id
})
afterAll(() => city?.close())

const deeds = (): [Parameters<Someone['refused']>[0], object][] => [
  [takePart, { params: { id: partId }, body: { revision: 1 } }], [handOnPart, { params: { id: partId }, body: { revision: 1, unitId: units['gy-520103-taskforce'], reason: '试' } }], [handBackPart, { params: { id: partId }, body: { revision: 1, to: 'unit', reason: '试' } }],
  [closeCasePart, { params: { id: partId }, body: { revision: 1, note: '试' } }], [addHelper, { params: { id: caseId }, body: { unitId: units['gy-520103-taskforce'], reason: '试' } }], [commentCase, { params: { id: caseId }, body: { text: '试' } }],
]

describe('a foreign case', () => {
  const strangers: [string, string][] = [['a reviewer of another district', 'tianyuqing'], ['a reviewer of a zone', 'mengqingfan'], ['an officer of another department', 'suyiran'], ['a specialist of another district', 'leixiaofeng']]
  it.each(strangers)('is not there for %s', async (_, username) => {
    const stranger = await city.as(username)
    expect(await stranger.refused(getCase, { params: { id: caseId } })).toMatchObject({ status: 404 })
    for (const query of [{}, { q: '金丝雀' }, { unit: units['gy-520102-taskforce']! }, { box: 'opened' as const }, { box: 'done' as const }]) expect(JSON.stringify(await stranger.call(listCases, { query }))).not.toContain(CANARY)
    expect(await stranger.refused(listColleagues, { query: { case: caseId } })).toMatchObject({ status: 404 })
    for (const [deed, input] of deeds()) expect(await stranger.refused(deed, input), deed.path).toMatchObject({ status: 404, code: 'not_found' })
    for (const [many, more] of [[takeMany, {}], [decideMany, { deed: 'decide', outcome: 'good', reason: '试' }]] as const) {
      const outcome = await stranger.call(many, { body: { items: [{ partId, revision: 1 }], ...more } as never })
      expect(outcome).toMatchObject({ done: 0, failed: [{ code: 'not_found', title: '—' }] })
    }
  })
  it('is nobody’s without a right', async () => {
    const items = [{ partId, revision: 1 }]
    const reading = [listCases, countCases, getCase, listCaseKinds, listColleagues, listWaiting, listKept].map((endpoint) => [endpoint, { params: { id: caseId } }] as [Parameters<Someone['refused']>[0], object])
    const more: [Parameters<Someone['refused']>[0], object][] = [
      [assignPart, { params: { id: partId }, body: { revision: 1, personId: null } }], [pressCase, { params: { id: caseId }, body: { word: '试' } }], [takeMany, { body: { items } }], [assignMany, { body: { items, personId: null } }], [decideMany, { body: { items, deed: 'decide' } }],
      [pressMany, { body: { items, word: '试' } }], [undoBulk, { body: { items: [{ ...items[0], personId: null }] } }], [handOver, { body: { unitId: units['gy-520102-taskforce'], from: caseId, to: null, reason: '试' } }],
    ]
    for (const [endpoint, input] of [...reading, ...deeds(), ...more]) {
      expect(await city.anonymous().refused(endpoint, input), endpoint.path).toMatchObject({ status: 401 })
      for (const someone of [firm, await city.as('luyuanming'), await city.as('maolihua')]) expect(await someone.refused(endpoint, input), endpoint.path).toMatchObject({ status: 403, code: 'session.forbidden' })
    }
  })
  it('may be read by those of its area and trade, who cannot do the unit’s part', async () => {
    const commander = await city.as('gaohongtao')
    expect(await commander.call(getCase, { params: { id: caseId } })).toMatchObject({ deeds: [], parts: [{ can: [] }], can: expect.arrayContaining(['press']) as string[] })
    expect(await commander.refused(takePart, { params: { id: partId }, body: { revision: 1 } })).toMatchObject({ code: 'cases.part_refused' })
  })
  it('stays hidden from raw SQL of the application role, and its history cannot be changed', async () => {
    const raw = await connect(city.database.app)
    try {
      for (const table of ['cases', 'parts', 'clocks', 'pauses', 'timeline', 'comments', 'mentions', 'presses']) expect((await raw.query(`select count(*)::int as count from cases.${table}`)).rows, table).toEqual([{ count: 0 }])
      await raw.query(`select set_config('app.units', '${units['gy-520102-taskforce']}', false)`)
      for (const table of ['cases', 'parts', 'clocks', 'timeline', 'comments']) expect((await raw.query(`select count(*)::int as count from cases.${table} where case_id = $1`.replace('case_id', table === 'cases' ? 'id' : 'case_id'), [caseId])).rows[0].count, table).toBeGreaterThan(0)
      await raw.query(`select set_config('app.units', '', false), set_config('app.enterprises', '${enterpriseId}', false)`)
      for (const table of ['comments', 'mentions', 'presses']) expect((await raw.query(`select count(*)::int as count from cases.${table}`)).rows, table).toEqual([{ count: 0 }])
      for (const change of ["update cases.timeline set note = 'x'", 'delete from cases.timeline', 'delete from cases.cases', "update cases.comments set text = 'x'", "update cases.pauses set reason = 'x'", 'delete from cases.clocks']) await expect(raw.query(change)).rejects.toThrow(/permission denied/)
    } finally {
      await raw.end()
    }
  })
})

describe('a unit with a part', () => {
  it('reaches the case, its parts, clocks and timeline outside its area, from then on; one person’s ended grant closes it', async () => {
    const outside = await openLamp(city, { title: '外区灯', steps: [[{ unitId: units['gy-520103-taskforce']!, role: 'lead' }]] })
    const other = await city.as('tianyuqing')
    expect(await other.call(getCase, { params: { id: outside.id } })).toMatchObject({ parts: [{ unit: { id: units['gy-520103-taskforce'] } }], clocks: [{ clock: 'respond' }, { clock: 'resolve' }], timeline: [{ event: 'case.opened' }] })
    expect((await other.call(listCases)).items.map(({ id }) => id)).toContain(outside.id)
    const administrator = await city.as('luyuanming')
    const [person] = (await administrator.call(listPeople, { query: { q: 'tianyuqing' } })).items
    await administrator.call(endGrant, { params: { id: person!.grants[0]!.id }, body: { reason: '期满' } })
    await expect(city.as('tianyuqing').then((gone) => gone.call(getCase, { params: { id: outside.id } }))).rejects.toMatchObject({ status: 403 })
  })
  it('opens rows of other rooms that name the record', async () => {
    const scope: Scope = { named: '', person: '', areas: [], departments: [], enterprises: [], units: [units['gy-520102-taskforce']!] }
    const opened = await city.system((ctx) => within(ctx, scope, async (own) => (await sql<{ count: number }>`select count(*)::int as count from base.opened_to`.execute(own.db)).rows[0]!.count))
    // The case and its subject.
    expect(opened).toBe(2)
  })
})

describe('the firm', () => {
  it('reads units, states and what concerns it, and no names and no talk', async () => {
    const scope: Scope = { named: '', person: '', areas: [], departments: [], enterprises: [enterpriseId], units: [] }
    const reviewer = await city.as('fangzhiping')
    await reviewer.call(takePart, { params: { id: partId }, body: { revision: 1 } })
    const entries = await city.system((ctx) => within(ctx, scope, (own) => timelineOf(own, caseId)))
    expect(entries.map(({ event, by }) => [event, by])).toEqual([['case.opened', null]])
    const officials = await reviewer.call(getCase, { params: { id: caseId } })
    expect(officials.timeline.map(({ event }) => event)).toEqual(['case.opened', 'part.taken'])
    expect(officials.comments).toHaveLength(1)
  })
  it('has its case found by its record within its scope only', async () => {
    const { subjectId } = await (await city.as('fangzhiping')).call(getCase, { params: { id: caseId } })
    const asFirm = (id: string): Scope => ({ named: '', person: '', areas: [], departments: [], enterprises: [id], units: [] })
    expect(await city.system((ctx) => within(ctx, asFirm(enterpriseId), (own) => caseOf(own, 'lamp', subjectId)))).toMatchObject({ id: caseId, state: 'underReview' })
    expect(await city.system((ctx) => within(ctx, asFirm(subjectId), (own) => casesOf(own, 'lamp', [subjectId])))).toEqual(new Map())
  })
})
