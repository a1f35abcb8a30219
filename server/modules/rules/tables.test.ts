// Decision tables over HTTP: shown to staff, changed by a file that a second person confirms, and deciding at once when they change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseEmergency } from '@fugong/contract/identity'
import { beginEmergency, endEmergency, listEmergencies } from '@fugong/contract/emergencies'
import { decideProposal, getTable, listProposals, listTables, proposeTable, type DecisionTable } from '@fugong/contract/rules'
import { readData } from '../../base/data.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { decide, decisionsOf, recordDecision } from './index.ts'

let city: City
let administrator: Someone, second: Someone, commander: Someone, reviewer: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  administrator = await city.as('luyuanming')
  second = await city.as('shenruohan')
  commander = await city.as('gaohongtao')
  reviewer = await city.as('tianyuqing')
})
afterAll(() => city.close())

const shipped = (name: string) => readData<DecisionTable>('packs', 'epidemic-2020', 'tables', `${name}.json`).value
const next = (name: string, version: number, change: (table: DecisionTable) => void = () => {}) => {
  const table = structuredClone(shipped(name))
  table.version = version
  table.effectiveFrom = '2020-02-20T00:00:00+08:00'
  change(table)
  return table
}
const ask = (inputs: Record<string, unknown>, areaCode = '520103', kind = 'epidemic', table = 'declaration.procedure', at?: Date) => city.system((ctx) => decide(ctx, { table, areaCode, kind, inputs, at }))
const low = { level: 'low', negativeList: true, vital: false }
const NOWHERE = '01890000-0000-7000-8000-000000000000'

describe('reading', () => {
  it('lists every version with the one in force marked', async () => {
    const { items, can } = await reviewer.call(listTables)
    expect(can).toEqual([])
    expect(items.map((one) => [one.code, one.emergencyKind, one.version, one.inForce])).toEqual([
      ['batch.meaning', 'epidemic', 1, true], ['batch.priority', 'epidemic', 1, true], ['case.escalation', null, 1, true], ['certificate.reminder', null, 1, true], ['certificate.validity', null, 1, true],
      ['declaration.appeal', 'epidemic', 1, true], ['declaration.correction', null, 1, true], ['declaration.life', null, 1, true], ['declaration.procedure', 'epidemic', 1, true], ['declaration.procedure', 'flood', 1, false], // effective from June
      ['declaration.refinement', 'epidemic', 1, true], ['declaration.route', 'epidemic', 1, true],
      ['enterprise.department', 'epidemic', 1, true], ['enterprise.negativeList', 'epidemic', 1, true],
      ['enterprise.size', null, 1, true], ['enterprise.sizeTrade', null, 1, true],
      ['health.appeal', 'epidemic', 1, true], ['health.day', 'epidemic', 1, true], ['health.followUp', 'epidemic', 1, true], ['health.lowering', 'epidemic', 1, true],
      ['health.mayWork', 'epidemic', 2, false], ['health.mayWork', 'epidemic', 1, true], ['health.signals', 'epidemic', 1, true], // the second from 25 March
      ['health.triage', 'epidemic', 1, true], ['order.terms', null, 1, true],
      ['person.returnCheck', 'epidemic', 2, false], ['person.returnCheck', 'epidemic', 1, true], // the second from April
      ['spotcheck.rate', null, 1, true],
    ])
    expect(items.find(({ code }) => code === 'declaration.procedure')).toMatchObject({ name: { zh: '复工备案办理方式', en: 'Procedure of a resumption filing' }, areaCode: '520100', effectiveFrom: '2020-02-09T16:00:00.000Z', pack: 'epidemic-2020' })
  })
  it('shows a version whole, by kind when two share code and number', async () => {
    const epidemic = await reviewer.call(getTable, { params: { code: 'declaration.procedure', version: 1 }, query: { kind: 'epidemic' } })
    expect(epidemic).toMatchObject({ inForce: true, table: shipped('declaration.procedure') })
    expect(epidemic.versions).toHaveLength(1)
    const flood = await reviewer.call(getTable, { params: { code: 'declaration.procedure', version: 1 }, query: { kind: 'flood' } })
    expect(flood.table.name.en).toBe('Procedure of a filing after a flood')
    expect(flood.others).toMatchObject([{ emergencyKind: 'epidemic', version: 1, inForce: true }])
  })
  it('without a kind shows the table of the emergency one works in, and names the other', async () => {
    const params = { code: 'declaration.procedure', version: 1 }
    const shown = await reviewer.call(getTable, { params })
    expect(shown).toMatchObject({ table: shipped('declaration.procedure'), inForce: true, others: [{ emergencyKind: 'flood', version: 1, inForce: false }] })
    const flood = await commander.call(beginEmergency, { body: { pack: 'flood', name: { zh: '样例洪涝', en: 'Sample flood' }, areaCode: '520100', documentNo: '筑汛〔2020〕1 号', begunAt: '2020-02-24T01:00:00Z' } })
    await reviewer.call(chooseEmergency, { body: { emergencyId: flood.id } })
    expect((await reviewer.call(getTable, { params })).table.name.en).toBe('Procedure of a filing after a flood')
    // What exists for one kind alone, or for all, is shown whatever one works in; an address with a kind finds it too.
    expect((await reviewer.call(getTable, { params: { code: 'declaration.route', version: 1 } })).versions).toMatchObject([{ emergencyKind: 'epidemic' }])
    expect((await reviewer.call(getTable, { params: { code: 'enterprise.size', version: 1 }, query: { kind: 'flood' } }))).toMatchObject({ versions: [{ emergencyKind: null }], others: [] })
    expect((await reviewer.refused(getTable, { params: { code: 'declaration.route', version: 1 }, query: { kind: 'flood' } })).code).toBe('not_found')
    await commander.call(endEmergency, { params: { id: flood.id }, body: { documentNo: '筑汛〔2020〕2 号', note: '解除' } })
    await reviewer.call(chooseEmergency, { body: { emergencyId: (await reviewer.call(listEmergencies)).items.find((one) => one.kind === 'epidemic')!.id } })
  })
  it.each([[{ code: 'declaration.procedure', version: 99 }, 'not_found'], [{ code: 'no.such', version: 1 }, 'not_found'], [{ code: 'Bad Code', version: 1 }, 'validation.failed'], [{ code: 'declaration.procedure', version: 'x' }, 'validation.failed']])('refuses %j with %s', async (params, code) => {
    expect((await reviewer.refused(getTable, { params })).code).toBe(code)
  })
  it('is for staff', async () => {
    const contact = await city.contact('13900000101')
    for (const endpoint of [listTables, listProposals]) {
      expect((await contact.refused(endpoint)).code).toBe('session.forbidden')
      expect((await city.anonymous().refused(endpoint)).code).toBe('session.required')
    }
  })
})

describe('deciding', () => {
  it('gives row, results and sentence, and keeps them', async () => {
    const decision = await ask(low)
    expect(decision).toMatchObject({ table: 'declaration.procedure', version: 1, row: 'r2', at: '2020-02-24T02:00:00.000Z', inputs: low, outputs: { procedure: 'review', workingHours: 24, overdue: 'accept' } })
    const kept = await city.system(async (ctx) => {
      const id = await recordDecision(ctx, decision, { kind: 'declaration', id: 'd1' })
      return (await decisionsOf(ctx, [id])).get(id)
    })
    expect(kept).toEqual(decision)
  })
  it('reaches from a street, and not to another city', async () => {
    expect(await ask(low, '520103020')).toMatchObject({ row: 'r2' })
    expect(await ask(low, '520171')).toMatchObject({ row: 'r2' })
    await expect(ask(low, '530102')).rejects.toMatchObject({ code: 'rules.no_table' })
  })
  it('follows the kind of emergency and the moment', async () => {
    expect(await ask({ level: 'medium', vital: true, negativeList: false }, '520103', 'flood', 'declaration.procedure', new Date('2020-07-01'))).toMatchObject({ row: 'r2', outputs: { workingHours: 8 } })
    await expect(ask(low, '520103', 'flood')).rejects.toMatchObject({ code: 'rules.no_table', params: { table: 'declaration.procedure' } })
    await expect(ask(low, '520103', 'epidemic', 'declaration.procedure', new Date('2020-02-09'))).rejects.toMatchObject({ code: 'rules.no_table' })
  })
  it('refuses inputs that the table cannot judge, and logs which', async () => {
    await expect(ask({ ...low, level: 'extreme' })).rejects.toMatchObject({ code: 'rules.no_row' })
    await expect(ask({ level: 'low' })).rejects.toMatchObject({ code: 'rules.no_row' })
    expect(city.log.filter((line) => line.includes('no decision')).at(-1)).toContain('"at":"negativeList"')
  })
})

describe('changing', () => {
  it('a file is proposed by one person, confirmed by another, and decides at once', async () => {
    const table = next('declaration.procedure', 2, (of) => { of.rows[1]!.then['workingHours'] = 16 })
    const proposed = await administrator.call(proposeTable, { body: { table, note: '缩短时限', kind: 'epidemic' } })
    expect(proposed).toMatchObject({ state: 'open', emergencyKind: 'epidemic', note: '缩短时限', proposedBy: '陆远明', decidedBy: null, changedRows: [{ row: 'r2', change: 'changed' }], can: [] })
    expect(await ask(low)).toMatchObject({ version: 1 })
    expect((await administrator.refused(decideProposal, { params: { id: proposed.id }, body: { confirm: true, note: '自己' } })).code).toBe('rules.second_person_needed')
    expect((await second.call(listProposals)).items[0]).toMatchObject({ id: proposed.id, can: ['confirm', 'reject'] })
    expect((await reviewer.call(listProposals)).items[0]).toMatchObject({ id: proposed.id, can: [] })

    const confirmed = await second.call(decideProposal, { params: { id: proposed.id }, body: { confirm: true, note: '同意' } })
    expect(confirmed).toMatchObject({ state: 'confirmed', decidedBy: '沈若涵', decidedAt: '2020-02-24T02:00:00.000Z', decisionNote: '同意', changedRows: [{ row: 'r2', change: 'changed' }], can: [] })
    expect(await ask(low)).toMatchObject({ version: 2, outputs: { workingHours: 16 } })
    expect((await reviewer.call(getTable, { params: { code: 'declaration.procedure', version: 1 }, query: { kind: 'epidemic' } }))).toMatchObject({ inForce: false, versions: [{ version: 2, inForce: true, pack: null }, { version: 1, inForce: false }] })
    // What was decided before stays decidable as it was.
    expect(await ask(low, '520103', 'epidemic', 'declaration.procedure', new Date('2020-02-15'))).toMatchObject({ version: 1 })

    for (const who of [second, commander]) expect((await who.refused(decideProposal, { params: { id: proposed.id }, body: { confirm: false, note: '再议' } })).code).toBe('rules.proposal_closed')
    expect((await administrator.refused(proposeTable, { body: { table, note: '再来', kind: 'epidemic' } })).code).toBe('rules.version_taken')
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select(['name', 'payload']).where('subjectId', '=', proposed.id).orderBy('id').execute())
    expect(events).toEqual(['table.proposed', 'table.confirmed'].map((name) => ({ name, payload: { code: 'declaration.procedure', version: 2 } })))
  })
  it('a version for later waits for its day', async () => {
    const table = next('enterprise.department', 2, (of) => { of.effectiveFrom = '2020-03-01T00:00:00+08:00'; of.rows = [{ id: 'all', when: {}, then: { department: 'emergency' } }] })
    const proposed = await commander.call(proposeTable, { body: { table, note: '三月起' } })
    expect(proposed.changedRows.filter((one) => one.change === 'removed').length).toBe(shipped('enterprise.department').rows.length)
    await administrator.call(decideProposal, { params: { id: proposed.id }, body: { confirm: true, note: '同意' } })
    const of = (at: string) => ask({ industry: '3911' }, '520103', 'epidemic', 'enterprise.department', new Date(at))
    expect(await of('2020-02-29T15:59:59Z')).toMatchObject({ version: 1, outputs: { department: 'industry' } })
    expect(await of('2020-02-29T16:00:00Z')).toMatchObject({ version: 2, outputs: { department: 'emergency' } })
  })
  it('a rejected file changes nothing', async () => {
    const proposed = await administrator.call(proposeTable, { body: { table: next('enterprise.negativeList', 2, (of) => { of.rows.splice(0, 1) }), note: '删去影院' } })
    expect(proposed.changedRows).toEqual([{ row: 'r1', change: 'removed' }])
    expect(await commander.call(decideProposal, { params: { id: proposed.id }, body: { confirm: false, note: '不同意' } })).toMatchObject({ state: 'rejected', decidedBy: '高洪涛' })
    expect(await ask({ industry: '8760' }, '520103', 'epidemic', 'enterprise.negativeList')).toMatchObject({ version: 1, outputs: { negative: true } })
  })
  it('of two confirmations at once one is told', async () => {
    const proposed = await reviewerless('enterprise.negativeList', 3)
    const answers = await Promise.allSettled([administrator, second].map((who) => who.call(decideProposal, { params: { id: proposed.id }, body: { confirm: true, note: '同意' } })))
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'rules.proposal_closed' } })
  })
  it('of two files with one number the second cannot be confirmed, and stays open', async () => {
    const [one, other] = [await reviewerless('enterprise.negativeList', 4), await reviewerless('enterprise.negativeList', 4)]
    await administrator.call(decideProposal, { params: { id: one.id }, body: { confirm: true, note: '同意' } })
    expect(await administrator.refused(decideProposal, { params: { id: other.id }, body: { confirm: true, note: '同意' } })).toMatchObject({ status: 409, code: 'rules.version_taken', params: { code: 'enterprise.negativeList', version: 4 } })
    expect((await administrator.call(listProposals)).items.find((row) => row.id === other.id)?.state).toBe('open')
  })
  const reviewerless = (name: string, version: number) => commander.call(proposeTable, { body: { table: next(name, version), note: '新版' } })
})

describe('who may', () => {
  it.each([['tianyuqing'], ['leixiaofeng'], ['maolihua']])('%s may read and not propose', async (name) => {
    const who = await city.as(name)
    await who.call(listTables)
    expect((await who.refused(proposeTable, { body: { table: {}, note: 'x' } })).code).toBe('session.forbidden')
    expect((await who.refused(decideProposal, { params: { id: NOWHERE }, body: { confirm: true, note: 'x' } })).code).toBe('session.forbidden')
  })
  it('a department officer proposes for the own area only and confirms nothing', async () => {
    const officer = await city.as('suyiran')
    expect((await officer.refused(proposeTable, { body: { table: next('enterprise.negativeList', 20), note: '全市' } })).code).toBe('session.forbidden')
    // Faults are for those who may propose there: nobody else keeps the server busy with checking.
    expect((await officer.refused(proposeTable, { body: { table: next('enterprise.negativeList', 20, (of) => { of.rows[0]!.when['industry'] = 'broken' }), note: '全市' } })).code).toBe('session.forbidden')
    const own = await officer.call(proposeTable, { body: { table: next('enterprise.negativeList', 20, (of) => { of.areaCode = '520103' }), note: '本区' } })
    expect((await officer.refused(decideProposal, { params: { id: own.id }, body: { confirm: true, note: 'x' } })).code).toBe('session.forbidden')
    await administrator.call(decideProposal, { params: { id: own.id }, body: { confirm: true, note: '同意' } })
    expect(await ask({ industry: '1' }, '520103001', 'epidemic', 'enterprise.negativeList')).toMatchObject({ version: 20 })
    expect(await ask({ industry: '1' }, '520102', 'epidemic', 'enterprise.negativeList')).toMatchObject({ version: 4 })
  })
  it('an unknown proposal is not found', async () => {
    expect((await administrator.refused(decideProposal, { params: { id: NOWHERE }, body: { confirm: true, note: 'x' } })).code).toBe('not_found')
  })
})

describe('bad files', () => {
  const refused = async (table: unknown, extra: object = { kind: 'epidemic' }) => administrator.refused(proposeTable, { body: { table, note: '导入', ...extra } })
  it('list every fault with its place, of shape and of meaning', async () => {
    const table = next('declaration.procedure', 9) as unknown as { name?: unknown; surprise?: number; rows: { when: Record<string, unknown>; then: Record<string, unknown>; because: { zh: string } }[] }
    delete table.name
    table.surprise = 1
    table.rows[0]!.when['level'] = 'level = "low"'
    table.rows[1]!.because.zh = ''
    table.rows[1]!.when['negativeList'] = 'negativ'
    table.rows[2]!.when['level'] = 5
    table.rows[3]!.then['procedure'] = 'site'
    delete table.rows[4]!.then['overdue']
    const answer = await refused(table)
    expect([answer.status, answer.code, answer.params]).toEqual([422, 'rules.table_faulty', { count: 8 }])
    expect(answer.issues.map((issue) => `${issue.path} ${issue.code}`).sort()).toEqual([
      '/name issue.required', '/rows/0/when/level issue.cel_equals', '/rows/1/because/zh issue.required', '/rows/1/when/negativeList issue.cel_name', '/rows/2/when/level issue.type',
      '/rows/3/then/procedure issue.table_code_unknown', '/rows/4/then/overdue issue.table_output_missing', '/surprise issue.unknown',
    ])
    expect(answer.issues.find((issue) => issue.path === '/rows/0/when/level')?.params).toMatchObject({ row: 1, column: 'level' })
    expect((answer.issues.find((issue) => issue.path === '/rows/4/then/overdue') as { text?: string }).text).toBe('第 5 行没有写结果“overdue”，没有结果请写 null')
  })
  it.each([['null', null], ['a text', 'table'], ['a list', []], ['nothing in it', {}], ['a number', 5]])('%s', async (_, table) => {
    const answer = await refused(table)
    expect([answer.status, answer.code]).toEqual([422, 'rules.table_faulty'])
    expect(answer.issues.length).toBeGreaterThan(0)
  })
  it('no table at all, no note, another property', async () => {
    const answer = await administrator.refused(proposeTable, { body: { note: ' ', other: 1 } })
    expect(answer.issues.map((issue) => issue.path).sort()).toEqual(['/note', '/other', '/table'])
  })
  it('texts that cannot be stored are named, wherever they hide', async () => {
    const table = next('enterprise.negativeList', 30, (of) => {
      of.source.zh = 'a\u0000b'
      of.rows[0]!.when['industry'] = 'industry == "\u0000"'
      of.rows[1]!.then['x\u0000'] = 1
      of.rows[2]!.because!.zh = '\ud800'
    })
    const answer = await refused(table)
    expect(answer.code).toBe('rules.table_faulty')
    expect(answer.issues.map((issue) => issue.path)).toEqual(expect.arrayContaining(['/source/zh', '/rows/0/when/industry', '/rows/2/because/zh']))
  })
  it('a table that would break its callers', async () => {
    const table = next('declaration.procedure', 31, (of) => {
      of.inputs.push({ name: 'mood', type: 'boolean', label: { zh: '心情', en: 'Mood' } })
      of.outputs.pop()
      for (const row of of.rows) delete row.then['overdue']
    })
    expect((await refused(table)).issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/inputs/3 issue.table_input_unknown', '/outputs issue.table_output_lost'])
  })
  it('a table that could never come into force', async () => {
    expect((await refused(next('declaration.procedure', 32, (of) => { of.effectiveFrom = '2020-02-01T00:00:00+08:00' }))).issues).toMatchObject([{ path: '/effectiveFrom', code: 'issue.table_superseded', params: { version: 2 } }])
  })
  it('an area that does not exist', async () => {
    for (const areaCode of ['999999', '520103999']) expect((await refused(next('declaration.procedure', 33, (of) => { of.areaCode = areaCode }))).issues).toMatchObject([{ path: '/areaCode', code: 'issue.area_unknown' }])
  })
  it('the kind must be clear when a table exists for several', async () => {
    const table = next('declaration.procedure', 34)
    expect((await refused(table, {})).issues).toMatchObject([{ path: '/kind', code: 'issue.required' }])
    expect((await refused(table, { kind: 'drought' })).issues).toMatchObject([{ path: '/kind', code: 'issue.choice' }])
    const open = (await administrator.call(listEmergencies)).items[0]!
    await administrator.call(chooseEmergency, { body: { emergencyId: open.id } })
    expect(await administrator.call(proposeTable, { body: { table, note: '按所选应急' } })).toMatchObject({ emergencyKind: 'epidemic' })
  })
})

it('proposals are listed in pages, waiting ones first, none left out', async () => {
  for (let version = 60; version < 85; version += 1) await administrator.call(proposeTable, { body: { table: next('enterprise.negativeList', version), note: '分页' } })
  const first = await reviewer.call(listProposals)
  expect(first.items).toHaveLength(20)
  expect((await reviewer.refused(listProposals, { query: { limit: 21 } })).issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/limit issue.too_large'])
  for (const cursor of ['nonsense', '', first.next!.slice(0, -6)]) expect((await reviewer.refused(listProposals, { query: { cursor } })).code, cursor).toBe('validation.failed')
  const seen = [...first.items]
  for (let cursor = first.next; cursor; ) {
    const page: Awaited<ReturnType<typeof reviewer.call<typeof listProposals>>> = await reviewer.call(listProposals, { query: { cursor, limit: 7 } })
    seen.push(...page.items)
    cursor = page.next
  }
  expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length)
  expect(seen).toHaveLength(first.total)
  const states = seen.map((one) => one.state === 'open')
  expect(states).toEqual([...states].sort((a, b) => Number(b) - Number(a)))
  expect(states).toContain(false)
})
it('the application role writes nothing into a proposal but its decision', async () => {
  await expect(city.system((ctx) => ctx.db.updateTable('rules.proposals').set({ note: '改写' }).execute())).rejects.toThrow(/permission denied/)
  await expect(city.system((ctx) => ctx.db.updateTable('rules.proposals').set({ body: '{}' }).execute())).rejects.toThrow(/permission denied/)
})
it('the application role can neither change a version nor read decisions out of scope', async () => {
  await expect(city.system((ctx) => ctx.db.updateTable('rules.tables').set({ version: 7 }).execute())).rejects.toThrow(/permission denied/)
  await expect(city.system((ctx) => ctx.db.deleteFrom('rules.decisions').execute())).rejects.toThrow(/permission denied/)
  const rows = await city.system_.services.database.transaction({ scope: { named: '', person: '', areas: ['520103'], departments: [], enterprises: [], units: [] } }, (db) => db.selectFrom('rules.decisions').selectAll().execute())
  expect(rows).toEqual([])
})
