// Drafts over HTTP: opened, saved as one goes, taken over, proposed, confirmed by another, and older versions brought back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideProposal, getTable, listProposals, type DecisionTable } from '@fugong/contract/rules'
import { dropDraft, getDraft, getTableHistory, listDrafts, openDraft, proposeDraft, rollBackTable, saveDraft, takeDraft, type Draft, type DraftTable } from '@fugong/contract/rules.editing'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { decide } from './index.ts'

let city: City
let administrator: Someone, second: Someone, commander: Someone, reviewer: Someone, officer: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  ;[administrator, second, commander, reviewer, officer] = await Promise.all(['luyuanming', 'shenruohan', 'gaohongtao', 'tianyuqing', 'suyiran'].map((name) => city.as(name))) as [Someone, Someone, Someone, Someone, Someone]
})
afterAll(() => city.close())

const NOWHERE = '01890000-0000-7000-8000-000000000000'
const PROCEDURE = { code: 'declaration.procedure', version: 1, kind: 'epidemic' }
const low = { level: 'low', negativeList: true, vital: false }
const ask = (inputs: Record<string, unknown>, table = 'declaration.procedure', at?: Date, areaCode = '520103') => city.system((ctx) => decide(ctx, { table, areaCode, kind: 'epidemic', inputs, at }))
const changed = (draft: Draft, change: (table: DraftTable) => void) => {
  const table = structuredClone(draft.table)
  change(table)
  return { params: { id: draft.id }, body: { revision: draft.revision, table } }
}
const confirm = (who: Someone, id: string) => who.call(decideProposal, { params: { id }, body: { confirm: true, note: '同意' } })

describe('a draft', () => {
  let draft: Draft
  it('begins from a version, without a date, and is the same for all', async () => {
    draft = await administrator.call(openDraft, { body: PROCEDURE })
    expect(draft).toMatchObject({ code: 'declaration.procedure', emergencyKind: 'epidemic', areaCode: '520100', basedOn: 1, inForce: 1, revision: 1, owner: '陆远明', mine: true, triable: true, can: ['edit', 'propose', 'drop', 'try'] })
    expect(draft.table).toMatchObject({ effectiveFrom: null, rows: draft.base.rows })
    expect(await second.call(openDraft, { body: PROCEDURE })).toMatchObject({ id: draft.id, mine: false, can: ['take', 'try'] })
    expect((await reviewer.call(listDrafts)).items).toMatchObject([{ id: draft.id, owner: '陆远明', can: [] }])
    expect(await reviewer.call(getDraft, { params: { id: draft.id } })).toMatchObject({ id: draft.id, can: [] })
  })
  it('two who begin at once share one', async () => {
    const both = await Promise.all([administrator, second].map((who) => who.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })))
    expect(both[0]!.id).toBe(both[1]!.id)
    const [mine, other] = both[0]!.mine ? [administrator, second] : [second, administrator]
    expect((await other.refused(dropDraft, { params: { id: both[0]!.id }, body: { revision: 1 } })).code).toBe('rules.draft_not_yours')
    await mine.call(dropDraft, { params: { id: both[0]!.id }, body: { revision: 1 } })
  })
  it('is saved with all its faults, and in two windows the later one is told', async () => {
    const faulty = changed(draft, (table) => { table.rows[0]!.when['level'] = 'level ='; table.name.en = ''; table.rows[1]!.because = { zh: '', en: '' }; table.rows[2]!.because = { zh: '只有中文', en: ' ' }; table.examples = [{ inputs: {}, expect: {} }] })
    city.clock.set('2020-02-24T02:01:00Z')
    expect(await administrator.call(saveDraft, faulty)).toEqual({ revision: 2, savedAt: '2020-02-24T02:01:00.000Z' })
    expect(await administrator.refused(saveDraft, faulty)).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '陆远明', at: '2020-02-24T02:01:00.000Z' } })
    draft = await administrator.call(getDraft, { params: { id: draft.id } })
    expect(draft.table).toEqual(faulty.body.table)
  })
  it('is one person’s until another takes it over, who is then named', async () => {
    const save = changed(draft, (table) => { table.rows[0]!.when['level'] = 'level == "none"' })
    expect(await second.refused(saveDraft, save)).toMatchObject({ code: 'rules.draft_not_yours', params: { who: '陆远明', at: '2020-02-24T02:01:00.000Z' } })
    expect((await second.refused(proposeDraft, { params: { id: draft.id }, body: { revision: 2, note: '我' } })).code).toBe('rules.draft_not_yours')
    draft = await second.call(takeDraft, { params: { id: draft.id }, body: { revision: 2 } })
    expect(draft).toMatchObject({ revision: 3, owner: '沈若涵', mine: true })
    expect(await administrator.refused(saveDraft, save)).toMatchObject({ code: 'conflict.changed', params: { who: '沈若涵' } })
    expect((await administrator.refused(takeDraft, { params: { id: draft.id }, body: { revision: 2 } })).code).toBe('conflict.changed')
    draft = await administrator.call(takeDraft, { params: { id: draft.id }, body: { revision: 3 } })
  })
  it('cannot be proposed while it has faults, examples among them; all are listed', async () => {
    const refusal = await administrator.refused(proposeDraft, { params: { id: draft.id }, body: { revision: draft.revision, note: '试' } })
    expect(refusal).toMatchObject({ status: 422, code: 'rules.table_faulty' })
    expect(refusal.issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/name/en issue.required', '/rows/2/because/en issue.required', '/rows/0/when/level issue.cel_equals'])
    const wrong = changed(draft, (table) => {
      Object.assign(table, structuredClone(draft.base), { effectiveFrom: '2020-02-01T00:00:00Z' })
      table.examples = [{ inputs: { level: 'low', negativeList: true, vital: false }, expect: { procedure: 'effective' }, note: '低风险' }]
    })
    draft = { ...draft, revision: (await administrator.call(saveDraft, wrong)).revision }
    const again = await administrator.refused(proposeDraft, { params: { id: draft.id }, body: { revision: draft.revision, note: '试' } })
    expect(again.issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/examples/0 issue.table_example_failed', '/effectiveFrom issue.past_moment'])
  })
  it('is proposed, confirmed by another and decides from that moment on', async () => {
    const right = changed(draft, (table) => {
      Object.assign(table, structuredClone(draft.base), { effectiveFrom: null })
      table.rows[1]!.then['workingHours'] = 16
      table.rows[1]!.because = { zh: ' ', en: '' }
      table.examples = [{ inputs: { level: 'low', negativeList: true, vital: false }, expect: { procedure: 'review', workingHours: 16 }, note: ' ' }]
    })
    const { revision } = await administrator.call(saveDraft, right)
    const proposal = await administrator.call(proposeDraft, { params: { id: draft.id }, body: { revision, note: '缩短时限' } })
    expect(proposal).toMatchObject({ state: 'open', immediate: true, basedOn: 1, emergencyKind: 'epidemic', table: { version: 2, areaCode: '520100', examples: [{ expect: { procedure: 'review', workingHours: 16 } }] }, changedRows: [{ row: 'r2', change: 'changed' }] })
    expect(proposal.table.rows[1]).not.toHaveProperty('because')
    expect(proposal.table.examples![0]).not.toHaveProperty('note')
    expect((await administrator.refused(getDraft, { params: { id: draft.id } })).code).toBe('not_found')
    expect((await administrator.refused(decideProposal, { params: { id: proposal.id }, body: { confirm: true, note: '自己' } })).code).toBe('rules.second_person_needed')
    city.clock.set('2020-02-24T03:00:00Z')
    // It holds from its confirmation on, not from when it was written.
    expect(await confirm(second, proposal.id)).toMatchObject({ state: 'confirmed', table: { effectiveFrom: '2020-02-24T03:00:00.000Z' } })
    expect(await ask(low)).toMatchObject({ version: 2, outputs: { workingHours: 16 } })
    expect(await ask(low, 'declaration.procedure', new Date('2020-02-24T02:30:00Z'))).toMatchObject({ version: 1 })
    expect((await reviewer.call(listProposals)).items.find((one) => one.id === proposal.id)).toMatchObject({ immediate: true, table: { effectiveFrom: '2020-02-24T03:00:00.000Z' } })
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select('name').where('subjectId', '=', draft.id).orderBy('id').execute())
    expect(events.map((event) => (event as { name: string }).name)).toEqual(['table.draft_opened', 'table.draft_saved', 'table.draft_taken', 'table.draft_taken', 'table.draft_saved', 'table.draft_saved'])
  })
  it('for later waits for its day, and a draft behind it is told', async () => {
    const one = await administrator.call(openDraft, { body: { code: 'enterprise.department', version: 1 } })
    const later = await administrator.call(saveDraft, changed(one, (table) => { table.effectiveFrom = '2020-03-01T00:00:00+08:00'; table.rows = [{ id: 'all', when: {}, then: { department: 'emergency' } }] }))
    const proposal = await administrator.call(proposeDraft, { params: { id: one.id }, body: { revision: later.revision, note: '三月起' } })
    const behind = await administrator.call(openDraft, { body: { code: 'enterprise.department', version: 1 } })
    await confirm(commander, proposal.id)
    city.clock.set('2020-03-02T00:00:00Z')
    expect(await ask({ industry: '3911' }, 'enterprise.department')).toMatchObject({ version: 2, outputs: { department: 'emergency' } })
    expect(await administrator.call(getDraft, { params: { id: behind.id } })).toMatchObject({ basedOn: 1, inForce: 2 })
    await administrator.call(dropDraft, { params: { id: behind.id }, body: { revision: 1 } })
    city.clock.set('2020-02-24T04:00:00Z')
  })
})

describe('bringing back', () => {
  it('an older version becomes the next one, with the same four eyes', async () => {
    const proposal = await commander.call(rollBackTable, { params: { code: 'declaration.procedure', version: 1 }, body: { kind: 'epidemic', note: '时限太短，改回' } })
    expect(proposal).toMatchObject({ state: 'open', immediate: true, basedOn: 1, table: { version: 3 }, changedRows: [{ row: 'r2', change: 'changed' }] })
    expect((await commander.refused(decideProposal, { params: { id: proposal.id }, body: { confirm: true, note: '自己' } })).code).toBe('rules.second_person_needed')
    city.clock.set('2020-02-24T05:00:00Z')
    await confirm(administrator, proposal.id)
    expect(await ask(low)).toMatchObject({ version: 3, outputs: { workingHours: 24 } })
    const { items } = await reviewer.call(getTableHistory, { params: { code: 'declaration.procedure' }, query: { kind: 'epidemic' } })
    expect(items.map((one) => [one.version, one.inForce, one.proposedBy, one.decidedBy, one.note, one.basedOn])).toEqual([
      [3, true, '高洪涛', '陆远明', '时限太短，改回', 1], [2, false, '陆远明', '沈若涵', '缩短时限', 1], [1, false, null, null, null, null],
    ])
    expect(items.every((one) => one.can.length === 0)).toBe(true)
    expect((await commander.call(getTableHistory, { params: { code: 'declaration.procedure' }, query: { kind: 'epidemic' } })).items.map((one) => one.can)).toEqual([['edit'], ['edit', 'bringBack'], ['edit', 'bringBack']])
  })
  it('not into the past, not what does not exist, not from below', async () => {
    const at = (version: number, body: object) => ({ params: { code: 'declaration.procedure', version }, body: { kind: 'epidemic', note: '回退', ...body } })
    expect((await commander.refused(rollBackTable, at(2, { effectiveFrom: '2020-02-20T00:00:00Z' }))).issues).toMatchObject([{ path: '/effectiveFrom', code: 'issue.past_moment' }, { path: '/effectiveFrom', code: 'issue.table_superseded' }].slice(0, 1))
    expect((await commander.refused(rollBackTable, at(9, {}))).code).toBe('not_found')
    expect((await officer.refused(rollBackTable, at(2, {}))).code).toBe('session.forbidden')
    expect((await reviewer.refused(rollBackTable, at(2, {}))).code).toBe('session.forbidden')
    expect((await commander.refused(rollBackTable, at(2, { note: ' ' }))).issues.map((issue) => issue.path)).toEqual(['/note'])
    expect((await commander.refused(getTableHistory, { params: { code: 'no.such' } })).code).toBe('not_found')
  })
})

describe('who may', () => {
  it('a district officer gets a draft for the own district, and changes nothing elsewhere', async () => {
    const own = await officer.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })
    expect(own).toMatchObject({ areaCode: '520103', mine: true })
    const city_ = await administrator.call(openDraft, { body: { code: 'enterprise.negativeList', version: 1 } })
    expect(city_.id).not.toBe(own.id)
    expect(city_.areaCode).toBe('520100')
    expect((await officer.refused(takeDraft, { params: { id: city_.id }, body: { revision: 1 } })).code).toBe('session.forbidden')
    expect((await officer.refused(openDraft, { body: { code: 'enterprise.negativeList', version: 1, areaCode: '520102' } })).code).toBe('session.forbidden')
    expect((await officer.refused(openDraft, { body: { code: 'enterprise.negativeList', version: 1, areaCode: '530102' } })).issues).toMatchObject([{ path: '/areaCode', code: 'issue.area_unknown' }])
    const saved = await officer.call(saveDraft, changed(own, (table) => { table.rows = [{ id: 'none', when: {}, then: { negative: false } }] }))
    const proposal = await officer.call(proposeDraft, { params: { id: own.id }, body: { revision: saved.revision, note: '本区不设' } })
    city.clock.set('2020-02-24T06:00:00Z')
    await confirm(commander, proposal.id)
    expect(await ask({ industry: '8760' }, 'enterprise.negativeList')).toMatchObject({ version: 2, outputs: { negative: false } })
    expect(await ask({ industry: '8760' }, 'enterprise.negativeList', undefined, '520102')).toMatchObject({ version: 1, outputs: { negative: true } })
    await administrator.call(dropDraft, { params: { id: city_.id }, body: { revision: 1 } })
  })
  it.each([['tianyuqing'], ['leixiaofeng'], ['maolihua']])('%s reads and changes nothing', async (name) => {
    const who = await city.as(name)
    await who.call(listDrafts)
    expect((await who.refused(openDraft, { body: PROCEDURE })).code).toBe('session.forbidden')
  })
  it('firms and strangers see nothing', async () => {
    const contact = await city.contact('13900000101')
    expect((await contact.refused(listDrafts)).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(listDrafts)).code).toBe('session.required')
  })
})

describe('bad input', () => {
  it('lists every fault of shape', async () => {
    const draft = await administrator.call(openDraft, { body: PROCEDURE })
    const table = { ...structuredClone(draft.table), rows: [{ id: 'a b', when: { level: 5 }, then: {} }], extra: 1, hit: 'all', effectiveFrom: 'soon' }
    const refusal = await administrator.refused(saveDraft, { params: { id: draft.id }, body: { revision: 0, table } })
    expect(refusal.issues.map((issue) => issue.path).sort()).toEqual(['/revision', '/table/effectiveFrom', '/table/extra', '/table/hit', '/table/rows/0/id', '/table/rows/0/when/level'])
    expect((await administrator.refused(saveDraft, changed(draft, (one) => { one.code = 'enterprise.department'; one.areaCode = '520102' }))).issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/table/code issue.choice', '/table/areaCode issue.choice'])
    expect((await administrator.refused(saveDraft, changed(draft, (one) => { one.rows = Array.from({ length: 2001 }, (_, n) => ({ id: `r${n}`, when: {}, then: {} })) }))).issues.map((issue) => issue.code)).toEqual(['issue.too_many'])
    await administrator.call(dropDraft, { params: { id: draft.id }, body: { revision: 1 } })
  })
  it.each([['no such version', { code: 'declaration.procedure', version: 99 }, 'not_found'], ['no such table', { code: 'no.such', version: 1 }, 'not_found'], ['another kind', { ...PROCEDURE, kind: 'drought' }, 'not_found'], ['no code', { version: 1 }, 'validation.failed'], ['a bad kind', { ...PROCEDURE, kind: 'X1' }, 'validation.failed']])('%s', async (_, body, code) => {
    expect((await administrator.refused(openDraft, { body })).code).toBe(code)
  })
  it('a draft that is not there', async () => {
    for (const [endpoint, body] of [[getDraft, undefined], [takeDraft, { revision: 1 }], [dropDraft, { revision: 1 }], [proposeDraft, { revision: 1, note: 'x' }]] as const) expect((await administrator.refused(endpoint, { params: { id: NOWHERE }, body })).code).toBe('not_found')
    expect((await administrator.refused(getDraft, { params: { id: 'x' } })).code).toBe('validation.failed')
  })
  it('versions stay as they were', async () => {
    const { table } = await reviewer.call(getTable, { params: { code: 'declaration.procedure', version: 1 }, query: { kind: 'epidemic' } })
    expect((table as DecisionTable).rows[1]!.then['workingHours']).toBe(24)
  })
})
