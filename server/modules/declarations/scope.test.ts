// Who sees which declarations over HTTP: lists, counts, search and single ones never show what is foreign, and paging loses nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptDeclaration, countDeclarations, getDeclaration, listDeclarations, openDeclaration, previewProcedure, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, submitDeclaration, withdrawDeclaration, type Declaration } from '@fugong/contract/declarations'
import type { Enterprise } from '@fugong/contract/enterprises'
import { connect } from '../../base/migrate.ts'
import { declare, firmOf, look, newFirm, openFor } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

const CANARY = '金丝雀𠮷'
let city: City
let contact: Someone
let firm: Enterprise
let declaration: Declaration
beforeAll(async () => {
  city = await openCity()
  ;({ contact, firm } = await newFirm(city, 'guanshanhu', { name: `${CANARY}电子有限公司`, industryCode: '3982' }))
  declaration = await declare(contact, firm)
})
afterAll(() => city?.close())

const on = (body: object = {}) => ({ params: { id: declaration.id }, body: { revision: declaration.revision, ...body } }) as never
const reviews = [[acceptDeclaration, {}], [rejectDeclaration, { reason: '试' }], [returnDeclaration, { gaps: [{ field: 'a', text: 'b' }] }], [recordSiteCheck, { result: 'pass', findings: '好' }]] as const
const firmDeeds = [[saveDeclaration, { headcount: 3 }], [submitDeclaration, {}], [withdrawDeclaration, { reason: '试' }]] as const

describe('foreign declarations', () => {
  const readers: [string, () => Promise<Someone>][] = [
    ['a reviewer of another district', () => city.as('tianyuqing')], ['a reviewer of a zone in the same district', () => city.as('mengqingfan')], ['an officer of another department of the city', () => city.as('suyiran')],
    ['a department officer of another district', () => city.as('jinbaocheng')], ['a specialist of another district', () => city.as('leixiaofeng')], ['a contact of another firm', () => city.contact('13900000103')], ['a person without a firm', () => city.contact('13600000999')],
  ]
  it.each(readers)('%s finds nothing, in any way', async (_, sign) => {
    const stranger = await sign()
    expect(await stranger.refused(getDeclaration, { params: { id: declaration.id } })).toMatchObject({ status: 404, code: 'not_found' })
    expect(await stranger.refused(previewProcedure, { params: { id: declaration.id } })).toMatchObject({ status: 404, code: 'not_found' })
    for (const query of [{}, { q: '金丝雀' }, { q: firm.creditCode.slice(0, 12) }, { enterprise: firm.id }, { district: '520115' }, { state: 'underReview' as const }, { overdue: false }]) {
      const page = await stranger.call(listDeclarations, { query })
      expect(JSON.stringify(page)).not.toContain(CANARY)
      expect(page).toMatchObject({ items: [], total: 0, next: null })
    }
    const counts = await stranger.call(countDeclarations)
    expect([...Object.values(counts.states), counts.overdue].every((count) => count === 0)).toBe(true)
  })
  it('cannot be decided from outside, and the answer does not tell that they exist', async () => {
    for (const username of ['tianyuqing', 'mengqingfan']) {
      const stranger = await city.as(username)
      for (const [deed, body] of reviews) expect(await stranger.refused(deed, on(body))).toMatchObject({ status: 404, code: 'not_found' })
    }
    const other = await city.contact('13900000103')
    for (const [deed, body] of firmDeeds) expect(await other.refused(deed, on(body))).toMatchObject({ status: 404, code: 'not_found' })
    expect(await other.refused(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })).toMatchObject({ status: 404 })
  })
  it('are no matter of those without the right', async () => {
    for (const username of ['luyuanming', 'maolihua']) for (const endpoint of [listDeclarations, countDeclarations, getDeclaration]) expect(await (await city.as(username)).refused(endpoint, { params: { id: declaration.id } })).toMatchObject({ status: 403, code: 'session.forbidden' })
    for (const endpoint of [listDeclarations, countDeclarations, getDeclaration]) expect(await city.anonymous().refused(endpoint, { params: { id: declaration.id } })).toMatchObject({ status: 401 })
    for (const [deed, body] of reviews) for (const someone of [contact, await city.as('gaohongtao')]) expect(await someone.refused(deed, on(body))).toMatchObject({ status: 403, code: 'session.forbidden' })
    // An officer of the trade reads it and may review others: here it is not their turn, or not the state for it.
    const officer = await city.as('wenguangyu')
    for (const [deed, body] of reviews) expect(['session.forbidden', 'declarations.state_refused']).toContain((await officer.refused(deed, on(body))).code)
    expect(await look(officer, declaration)).toMatchObject({ revision: declaration.revision, state: declaration.state })
    for (const [deed, body] of firmDeeds) expect(await (await city.as('jianghaoyu')).refused(deed, on(body))).toMatchObject({ status: 403, code: 'session.forbidden' })
  })
  it('stay hidden from raw SQL of the application role too', async () => {
    const raw = await connect(city.database.app)
    try {
      for (const table of ['declarations', 'timeline', 'gaps', 'gap_lists', 'grams', 'submissions', 'checks', 'appeals']) {
        expect((await raw.query(`select count(*)::int as count from declarations.${table}`)).rows).toEqual([{ count: 0 }])
        await raw.query("select set_config('app.areas', '520103', false)")
        expect((await raw.query(`select count(*)::int as count from declarations.${table} where district_code = '520115'`)).rows).toEqual([{ count: 0 }])
      }
      await raw.query("select set_config('app.areas', '520115', false)")
      expect((await raw.query('select count(*)::int as count from declarations.declarations')).rows).toEqual([{ count: 1 }])
      for (const change of ["update declarations.timeline set note = 'x'", 'delete from declarations.timeline', "update declarations.gaps set text = 'x'", 'delete from declarations.gaps', 'delete from declarations.declarations']) await expect(raw.query(change)).rejects.toThrow(/permission denied/)
      await expect(raw.query("update declarations.declarations set district_code = '520103', street_code = '520103022'")).rejects.toThrow(/row-level security/)
    } finally {
      await raw.end()
    }
  })
})

describe('those concerned', () => {
  const readers: [string, () => Promise<Someone>, string[]][] = [
    ['the firm', async () => contact, ['withdraw']], ['its reviewer', () => city.as('jianghaoyu'), ['return', 'reject', 'accept']],
    ['the officer of the trade', () => city.as('wenguangyu'), []], ['the commander', () => city.as('gaohongtao'), []],
  ]
  it.each(readers)('%s finds it, with what they can do', async (_, sign, can) => {
    const reader = await sign()
    expect(await reader.call(getDeclaration, { params: { id: declaration.id } })).toMatchObject({ id: declaration.id, can, files: [{ name: '防控方案.pdf', state: 'unscanned' }] })
    for (const query of [{ q: '金丝雀' }, { q: '雀𠮷' }, { q: '电子有限' }, { q: firm.creditCode }, { q: firm.creditCode.slice(0, 9).toLowerCase() }, { enterprise: firm.id }, { district: '520115' }, { district: '520115006' }, { state: 'underReview' as const }, { overdue: false }]) {
      expect((await reader.call(listDeclarations, { query })).items.map(({ id }) => id)).toContain(declaration.id)
    }
    expect((await reader.call(countDeclarations)).states['underReview']).toBeGreaterThan(0)
  })
  it('see the row as the contract lists it and no more', async () => {
    const { items } = await contact.call(listDeclarations, { query: {} })
    expect(items).toEqual([{
      id: declaration.id, state: 'underReview', enterpriseId: firm.id, enterpriseName: firm.name, creditCode: firm.creditCode, workplaceName: '一车间', scene: 'park', districtCode: '520115', streetCode: '520115006', zoneCode: null,
      level: 'medium', procedure: 'review', headcount: 20, plannedDate: '2020-02-26', submittedAt: '2020-02-24T02:00:00.000Z', dueAt: declaration.dueAt, overdue: false, certificateNumber: null, certificateState: null, createdAt: '2020-02-24T02:00:00.000Z', gapLists: 0,
    }])
  })
  it('count what is overdue', async () => {
    city.clock.set(declaration.dueAt!)
    expect((await contact.call(countDeclarations)).overdue).toBe(1)
    expect((await contact.call(listDeclarations, { query: { overdue: true } })).items).toMatchObject([{ id: declaration.id, overdue: true }])
    expect((await contact.call(listDeclarations, { query: { overdue: false } })).items).toEqual([])
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('who are a contact of two firms see both, and the one they do not belong to never', async () => {
    const both = await city.contact('13900000109')
    const [masks, fertiliser] = [await firmOf(both, '黔宁'), await firmOf(both, '开阳')]
    const ids = [(await openFor(both, masks)).id, (await openFor(both, fertiliser)).id]
    expect((await both.call(listDeclarations, { query: {} })).items.map(({ id }) => id).sort()).toEqual(ids.sort())
    expect((await (await city.contact('13900000108')).call(listDeclarations, { query: {} })).items.map(({ enterpriseId }) => enterpriseId)).toEqual([fertiliser.id])
  })
})

describe('paging', () => {
  it('gives each row once, newest first or oldest due first, and counts them all', async () => {
    const names = ['甲', '乙', '丙', '丁', '戊']
    for (const [i, name] of names.entries()) {
      city.clock.set(new Date(Date.parse('2020-02-24T02:10:00Z') + Math.floor(i / 2) * 60_000))
      const made = await newFirm(city, 'nanming', { name: `翻页试验${name}厂` })
      await declare(made.contact, made.firm)
    }
    const reviewer = await city.as('fangzhiping')
    for (const [query, key] of [[{ q: '翻页' }, 'createdAt'], [{ state: 'underReview' as const, q: '试验' }, 'dueAt']] as const) {
      const seen: Declaration['id'][] = []
      const moments: string[] = []
      let cursor: string | undefined
      do {
        const page = await reviewer.call(listDeclarations, { query: { ...query, limit: 2, cursor } })
        expect(page).toMatchObject({ total: 5, totalIsMore: false })
        seen.push(...page.items.map(({ id }) => id))
        moments.push(...page.items.map((item) => item[key]!))
        cursor = page.next ?? undefined
      } while (cursor)
      expect(new Set(seen).size).toBe(5)
      expect(seen).toHaveLength(5)
      expect(moments).toEqual(key === 'dueAt' ? [...moments].sort() : [...moments].sort().reverse())
    }
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('takes a cursor only for the list it came from', async () => {
    const reviewer = await city.as('fangzhiping')
    const { next } = await reviewer.call(listDeclarations, { query: { limit: 1 } })
    expect(next).not.toBeNull()
    for (const cursor of ['x', '', '%', Buffer.from('created 2020-13-01T00:00:00.000Z x').toString('base64url'), 'A'.repeat(400)]) expect((await reviewer.refused(listDeclarations, { query: { cursor } })).issues).toEqual([{ path: '/cursor', code: 'issue.cursor', text: expect.any(String) as string }])
    expect((await reviewer.refused(listDeclarations, { query: { cursor: next, state: 'underReview' } })).issues.map(({ code }) => code)).toEqual(['issue.cursor'])
  })
  it('refuses filters that are none, and survives odd search texts', async () => {
    const reviewer = await city.as('fangzhiping')
    const cases: [Record<string, string>, string[]][] = [
      [{ state: 'gone' }, ['/state issue.choice']], [{ district: '52' }, ['/district issue.area']], [{ enterprise: 'x' }, ['/enterprise issue.id']], [{ overdue: 'perhaps' }, ['/overdue issue.type']], [{ limit: '0', colour: 'red' }, ['/colour issue.unknown', '/limit issue.too_small']], [{ q: '字'.repeat(61) }, ['/q issue.too_long']], [{ q: '\u0000' }, ['/q issue.text']], [{ q: '\u202e' }, ['/q issue.text']], [{ q: '\t' }, ['/q issue.text']],
    ]
    for (const [query, expected] of cases) expect((await reviewer.refused(listDeclarations, { query })).issues.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(expected)
    for (const q of ['%', '_', '\\', "'", '"', '<b>', '‘’', '𠮷'.repeat(30), '91%', '~~']) expect((await reviewer.call(listDeclarations, { query: { q } })).items).toEqual([])
    for (const q of ['', ' ']) expect((await reviewer.call(listDeclarations, { query: { q } })).total).toBeGreaterThan(0)
  })
})
