// Trials over HTTP: a changed table is tried on the whole register of its area, counted exactly, and named within the reader's scope.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideProposal, proposeTable } from '@fugong/contract/rules'
import { getDraft, latestTrial, listTrialChanges, openDraft, proposeDraft, saveDraft, startTrial, stopTrial, type Draft, type DraftTable, type Trial } from '@fugong/contract/rules.editing'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { runTrial } from './trials.actions.ts'
import { countOutcome, countsOf, listOutcomes, type Outcome } from './trials.rules.ts'

let city: City
let administrator: Someone, second: Someone, commander: Someone, reviewer: Someone, officer: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  ;[administrator, second, commander, reviewer, officer] = await Promise.all(['luyuanming', 'shenruohan', 'gaohongtao', 'tianyuqing', 'suyiran'].map((name) => city.as(name))) as [Someone, Someone, Someone, Someone, Someone]
  await city.work()
})
afterAll(() => city.close())

const NOWHERE = '01890000-0000-7000-8000-000000000000'
const open = async (code: string, change: (table: DraftTable) => void, who = administrator): Promise<Draft> => {
  const draft = await who.call(openDraft, { body: { code, version: 1, kind: 'epidemic' } })
  const table = structuredClone(draft.table)
  change(table)
  const { revision } = await who.call(saveDraft, { params: { id: draft.id }, body: { revision: draft.revision, table } })
  return { ...draft, revision, table }
}
const firms = (districts?: string[]) => city.system(async (ctx) => {
  let query = ctx.db.selectFrom('enterprises.enterprises').select(['id', 'industryCode', 'districtCode'])
  if (districts) query = query.where('districtCode', 'in', districts)
  return (await query.execute()) as { id: string; industryCode: string; districtCode: string }[]
})
const tried = async (who: Someone, body: { draft: string } | { proposal: string }): Promise<Trial> => {
  await who.call(startTrial, { body })
  await city.work()
  return (await who.call(latestTrial, { query: body })).trial!
}

describe('a trial of departments', () => {
  let draft: Draft, trial: Trial
  it('goes through every firm of the area and counts exactly', async () => {
    draft = await open('enterprise.department', (table) => {
      table.rows.unshift({ id: 'new', when: { industry: 'industry.startsWith("87")' }, then: { department: 'health' } })
    })
    const started = await administrator.call(startTrial, { body: { draft: draft.id } })
    expect(started).toMatchObject({ state: 'waiting', subject: 'enterprise', done: 0, changed: 0, current: true, startedBy: '陆远明' })
    await city.work()
    trial = (await administrator.call(latestTrial, { query: { draft: draft.id } })).trial!
    const all = await firms()
    const moved = all.filter((firm) => firm.industryCode.startsWith('87'))
    expect(moved.length).toBeGreaterThan(0)
    expect(trial).toMatchObject({ state: 'done', total: all.length, done: all.length, changed: moved.length, unreached: 0, others: 0, current: true, endedAt: '2020-02-24T02:00:00.000Z', can: [] })
    expect(trial.outcomes[0]).toEqual({ before: { department: 'culture' }, after: { department: 'health' }, count: moved.length, changes: true })
    expect(trial.outcomes.reduce((sum, one) => sum + one.count, 0)).toBe(all.length)
  })
  it('names the firms that change within the reader’s scope only', async () => {
    const seen = await commander.call(listTrialChanges, { params: { id: trial.id } })
    expect(seen).toMatchObject({ changed: trial.changed, items: [{ title: '样例云上影城有限公司', areaCode: '520103022', before: { department: 'culture' }, after: { department: 'health' }, row: 'new' }] })
    expect((await reviewer.call(listTrialChanges, { params: { id: trial.id } })).items).toHaveLength(1)
    expect((await (await city.as('fangzhiping')).call(listTrialChanges, { params: { id: trial.id } })).items).toEqual([])
    // An administrator runs the system without reading its records; a firm has no business here.
    expect((await administrator.refused(listTrialChanges, { params: { id: trial.id } })).code).toBe('session.forbidden')
    expect((await (await city.contact('13900000101')).refused(listTrialChanges, { params: { id: trial.id } })).code).toBe('not_found')
    expect((await commander.refused(listTrialChanges, { params: { id: NOWHERE } })).code).toBe('not_found')
  })
  it('is out of date as soon as the rows change, not when only words do', async () => {
    const words = await administrator.call(saveDraft, { params: { id: draft.id }, body: { revision: draft.revision, table: { ...draft.table, rows: draft.table.rows.map((row) => ({ ...row, because: { zh: '新', en: 'new' } })) } } })
    expect((await reviewer.call(latestTrial, { query: { draft: draft.id } })).trial).toMatchObject({ current: true })
    const rows = await administrator.call(saveDraft, { params: { id: draft.id }, body: { revision: words.revision, table: { ...draft.table, rows: draft.table.rows.slice(1) } } })
    expect((await reviewer.call(latestTrial, { query: { draft: draft.id } })).trial).toMatchObject({ current: false })
    await administrator.call(saveDraft, { params: { id: draft.id }, body: { revision: rows.revision, table: draft.table } })
  })
  it('goes with the proposal to whoever confirms, and can be repeated there', async () => {
    const { revision } = await administrator.call(getDraft, { params: { id: draft.id } })
    const proposal = await administrator.call(proposeDraft, { params: { id: draft.id }, body: { revision, note: '试' } })
    expect((await commander.call(latestTrial, { query: { proposal: proposal.id } })).trial).toMatchObject({ id: trial.id, state: 'done', current: true, can: ['seeChanges'] })
    const again = await tried(commander, { proposal: proposal.id })
    expect(again).toMatchObject({ state: 'done', changed: trial.changed, startedBy: '高洪涛' })
    expect((await commander.refused(listTrialChanges, { params: { id: trial.id } })).code).toBe('not_found')
    await second.call(decideProposal, { params: { id: proposal.id }, body: { confirm: false, note: '不必' } })
    expect((await commander.refused(startTrial, { body: { proposal: proposal.id } })).code).toBe('not_found')
  })
  it('of a district reaches its own firms only, and a city’s version does not reach a district with its own', async () => {
    const own = await open('enterprise.department', (table) => { table.rows = [{ id: 'all', when: {}, then: { department: 'labour' } }] }, officer)
    const here = await firms(['520103'])
    expect(await tried(officer, { draft: own.id })).toMatchObject({ total: here.length, changed: here.length, unreached: 0 })
    const proposal = await officer.call(proposeDraft, { params: { id: own.id }, body: { revision: own.revision, note: '本区' } })
    await second.call(decideProposal, { params: { id: proposal.id }, body: { confirm: true, note: '同意' } })
    const whole = await open('enterprise.department', (table) => { table.rows = [{ id: 'all', when: {}, then: { department: 'market' } }] })
    const all = await firms()
    expect(await tried(administrator, { draft: whole.id })).toMatchObject({ total: all.length, changed: all.length - here.length, unreached: here.length })
  })
})

describe('a trial of sizes', () => {
  it('goes by the figures that each trade asks for, and knows who has not given them', async () => {
    const sized = await city.system(async (ctx) => (await ctx.db.selectFrom('enterprises.enterprises').select(['id', 'size']).execute()) as { id: string; size: string }[])
    // A size belongs to no kind of emergency.
    const draft = await administrator.call(openDraft, { body: { code: 'enterprise.size', version: 1 } })
    expect(draft).toMatchObject({ emergencyKind: null, triable: true })
    const table = structuredClone(draft.table)
    table.rows = [{ id: 'all', when: {}, then: { size: 'large' } }]
    const { revision } = await administrator.call(saveDraft, { params: { id: draft.id }, body: { revision: 1, table } })
    const trial = await tried(administrator, { draft: draft.id })
    const count = (...sizes: string[]) => sized.filter((one) => sizes.includes(one.size)).length
    expect(trial).toMatchObject({ state: 'done', total: sized.length, changed: count('medium', 'small', 'micro') })
    expect(trial.outcomes.filter((one) => one.before === null).map((one) => one.count)).toEqual(count('undetermined', 'notApplicable') ? [count('undetermined', 'notApplicable')] : [])
    expect(revision).toBe(2)
    const trades = await administrator.call(openDraft, { body: { code: 'enterprise.sizeTrade', version: 1 } })
    expect(await tried(administrator, { draft: trades.id })).toMatchObject({ state: 'done', total: sized.length, changed: 0 })
  })
})

describe('a trial of procedures', () => {
  it('judges declarations under review or filed by the levels of now', async () => {
    const rows = await city.system(async (ctx) => (await ctx.db.selectFrom('declarations.declarations').select(['state', 'emergencyKind']).execute()) as { state: string; emergencyKind: string }[])
    const decided = rows.filter((row) => ['underReview', 'returned', 'siteCheckPending', 'filed'].includes(row.state) && row.emergencyKind === 'epidemic')
    const draft = await open('declaration.procedure', (table) => { for (const row of table.rows) row.then = { procedure: 'reviewAndSite', workingHours: 99, overdue: 'escalate' } })
    expect(await tried(administrator, { draft: draft.id })).toMatchObject({ state: 'done', subject: 'declaration', total: decided.length, done: decided.length, changed: decided.length })
  })
})

describe('a trial can be stopped, and one that fails says so', () => {
  it('stopped before it began', async () => {
    const draft = await open('enterprise.negativeList', () => {})
    const started = await administrator.call(startTrial, { body: { draft: draft.id } })
    expect(await administrator.call(stopTrial, { params: { id: started.id } })).toMatchObject({ state: 'stopped', done: 0 })
    await city.work()
    expect((await administrator.call(latestTrial, { query: { draft: draft.id } })).trial).toMatchObject({ state: 'stopped', done: 0 })
    expect((await administrator.refused(stopTrial, { params: { id: started.id } })).code).toBe('rules.trial_ended')
    expect((await reviewer.refused(stopTrial, { params: { id: started.id } })).code).toBe('session.forbidden')
    expect((await administrator.refused(stopTrial, { params: { id: NOWHERE } })).code).toBe('not_found')
    expect(await tried(administrator, { draft: draft.id })).toMatchObject({ state: 'done', changed: 0 })
  })
  it('fails at once instead of in silence', async () => {
    const draft = await administrator.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })
    const { id } = await administrator.call(startTrial, { body: { draft: draft.id } })
    await city.system((ctx) => runTrial(ctx, [{ kind: 'enterprise', tables: [], count: async () => { throw new Error('broken') }, page: async () => [], describe: async () => new Map() }], id))
    expect((await administrator.call(latestTrial, { query: { draft: draft.id } })).trial).toMatchObject({ state: 'failed', done: 0 })
  })
  it('goes on page by page', async () => {
    const draft = await administrator.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })
    const { id } = await administrator.call(startTrial, { body: { draft: draft.id } })
    const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
    const many = Array.from({ length: 9000 }, (_, n) => ({ id: uuid(n), areaCode: '520102', inputs: { industry: n % 3 ? '8760' : '3911' } }))
    const subjects = [{ kind: 'enterprise' as const, tables: ['enterprise.negativeList'], count: async () => 8000, page: async (_: unknown, { after, limit }: { after: string | null; limit: number }) => many.filter((one) => after === null || one.id > after).slice(0, limit), describe: async () => new Map() }]
    const seen: [string, number][] = []
    for (let step = 0; step < 4; step += 1) {
      await city.system((ctx) => runTrial(ctx, subjects, id))
      const { trial } = await administrator.call(latestTrial, { query: { draft: draft.id } })
      seen.push([trial!.state, trial!.done])
    }
    expect(seen).toEqual([['running', 4000], ['running', 8000], ['done', 9000], ['done', 9000]])
  })
})

describe('bad input', () => {
  it('one thing to try, that is sound and decides something', async () => {
    for (const body of [{}, { draft: NOWHERE, proposal: NOWHERE }]) expect((await administrator.refused(startTrial, { body })).code).toBe('validation.failed')
    expect((await administrator.refused(startTrial, { body: { draft: NOWHERE } })).code).toBe('not_found')
    expect((await administrator.refused(startTrial, { body: { proposal: NOWHERE } })).code).toBe('not_found')
    expect((await administrator.call(latestTrial)).trial).toBeNull()
    const draft = await open('enterprise.negativeList', (table) => { table.rows[0]!.when['industry'] = 'industry ='; table.source.zh = '' })
    expect((await administrator.refused(startTrial, { body: { draft: draft.id } })).issues.map((issue) => issue.path)).toEqual(['/source/zh'])
    expect((await officer.refused(startTrial, { body: { draft: draft.id } })).code).toBe('session.forbidden')
    expect((await reviewer.refused(startTrial, { body: { draft: draft.id } })).code).toBe('session.forbidden')
  })
  it('a table that decides nothing in the register', async () => {
    const table = { ...(await administrator.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })).base, code: 'other.table' }
    const proposal = await administrator.call(proposeTable, { body: { table, note: '新表', kind: 'epidemic' } })
    expect(await administrator.refused(startTrial, { body: { proposal: proposal.id } })).toMatchObject({ status: 422, code: 'rules.trial_unknown' })
  })
})

describe('counting', () => {
  it('puts what changes first and counts what is left off', () => {
    const counts = countsOf([])
    const seen = [['a', 'a'], ['a', 'b'], ['a', 'a'], [null, 'b'], ['a', 'b']].map(([before, after]) => countOutcome(counts, before ? { x: before } : null, after ? { x: after } : null))
    expect(seen).toEqual([false, true, false, true, true])
    const kept = [...countsOf([...counts.values()]).values()]
    expect(listOutcomes(kept, 2)).toEqual({ outcomes: [{ before: { x: 'a' }, after: { x: 'b' }, count: 2, changes: true }, { before: null, after: { x: 'b' }, count: 1, changes: true }] satisfies Outcome[], others: 2 })
  })
})
