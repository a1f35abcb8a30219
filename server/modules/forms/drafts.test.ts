// Writing forms and the dictionary over HTTP: drafts of several hands, faults told at once, publication by a second person, older versions brought back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getForm, type Form } from '@fugong/contract/forms'
import { decideDraft, discardDraft, getDraft, getFieldHistory, getFormVersion, listDrafts, listFields, listFormVersions, openDraft, proposeDraft, reopenDraft, saveDraft, type FormDraft } from '@fugong/contract/forms.edit'
import { sql } from '../../base/db.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { loadDictionary } from './index.ts'

const NOWHERE = '0170a1b2-0000-7000-8000-000000000000'
let city: City
let author: Someone, commander: Someone, second: Someone, officer: Someone, reviewer: Someone, firm: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  ;[author, commander, second, officer, reviewer, firm] = await Promise.all([city.as('luyuanming'), city.as('gaohongtao'), city.as('shenruohan'), city.as('suyiran'), city.as('tianyuqing'), city.contact('13900000101')])
})
afterAll(() => city.close())

const text = (zh: string) => ({ zh, en: zh })
const versionOf = async (code: string, kind = 'epidemic') => (await author.call(listFormVersions)).items.find((one) => one.code === code && one.kind === kind && one.inForce)!
const body = (draft: FormDraft) => structuredClone(draft.body) as Form
const saved = (who: Someone, draft: FormDraft, next: unknown) => who.call(saveDraft, { params: { id: draft.id }, body: { revision: draft.revision, body: next } })
const on = (draft: FormDraft, more: object) => ({ params: { id: draft.id }, body: { revision: draft.revision, ...more } })
const decide = (who: Someone, draft: FormDraft, publish = true) => who.call(decideDraft, on(draft, { publish, note: publish ? '同意' : '再改' }) as never)
const propose = (who: Someone, draft: FormDraft) => who.call(proposeDraft, on(draft, { note: '按新要求' }) as never)
const shown = (area = '520103', more: object = {}) => city.anonymous().call(getForm, { params: { code: 'declaration.plan' }, query: { area, kind: 'epidemic', ...more } })
const events = async (name: string) => Number((await city.system((ctx) => sql<{ n: string }>`select count(*) as n from base.events where name = ${name}`.execute(ctx.db))).rows[0]!.n)

describe('a change of a form', () => {
  it('goes from draft to publication through two people, and the first version can be brought back', async () => {
    const plan = await versionOf('declaration.plan')
    let draft = await author.call(openDraft, { body: { what: 'form', from: plan.id } })
    expect(draft).toMatchObject({ what: 'form', code: 'declaration.plan', kind: 'epidemic', state: 'draft', revision: 1, baseVersion: 2, faults: [], changedBy: '陆远明', can: ['save', 'propose', 'discard'] })
    expect(draft.before).toEqual(draft.body)
    const next = body(draft)
    next.pages[0]!.fields.push({ code: 'deputies', type: 'integer', label: text('副组长人数'), min: 0, max: 20 })
    draft = await saved(author, draft, next)
    expect(draft).toMatchObject({ revision: 2, faults: [] })
    draft = await propose(author, draft)
    expect(draft).toMatchObject({ state: 'proposed', proposedBy: '陆远明', note: '按新要求', can: ['reopen', 'discard'] })
    expect((await author.refused(decideDraft, on(draft, { publish: true, note: '自己同意' }))).code).toBe('forms.second_person_needed')
    expect((await officer.refused(decideDraft, on(draft, { publish: true, note: '同意' }))).code).toBe('session.forbidden')
    expect((await author.refused(saveDraft, on(draft, { body: next }))).code).toBe('forms.draft_closed')
    expect((await commander.call(getDraft, { params: { id: draft.id } })).can).toEqual(['reopen', 'discard', 'publish', 'reject'])
    draft = await decide(commander, draft)
    expect(draft).toMatchObject({ state: 'published', publishedVersion: 3, decidedBy: '高洪涛', decisionNote: '同意', can: [] })
    const form = await shown()
    expect([form.version, form.pages[0]!.fields.at(-1)!.code, form.effectiveFrom]).toEqual([3, 'deputies', '2020-02-24T02:00:00.000Z'])
    expect((await shown('520103', { version: 2 })).version).toBe(2)

    const back = await commander.call(openDraft, { body: { what: 'form', from: plan.id } })
    const restored = await decide(author, await propose(commander, back))
    expect(restored.publishedVersion).toBe(4)
    const { version, effectiveFrom, ...rest } = await shown()
    const { version: _v, effectiveFrom: _e, ...first } = await shown('520103', { version: 2 })
    expect([version, effectiveFrom]).toEqual([4, '2020-02-24T02:00:00.000Z'])
    expect(rest).toEqual(first)
    const kept = await author.call(getFormVersion, { params: { id: (await versionOf('declaration.plan')).id } })
    expect(kept.versions.map((one) => [one.version, one.inForce])).toEqual([[4, true], [3, false], [2, false]])
    expect([await events('form.draft_opened'), await events('form.draft_saved'), await events('form.proposed'), await events('form.published')]).toEqual([2, 1, 2, 2])
  })
  it('takes effect on its day, for its area only', async () => {
    const plan = await versionOf('declaration.plan')
    let draft = await author.call(openDraft, { body: { what: 'form', from: plan.id } })
    draft = await saved(author, draft, { ...body(draft), areaCode: '520103', effectiveFrom: '2020-03-01T00:00:00+08:00', name: text('云岩版') })
    await decide(second, await propose(author, draft))
    expect((await shown()).version).toBe(4)
    city.clock.set('2020-03-02T02:00:00Z')
    expect([(await shown('520103020')).name.zh, (await shown('520102')).name.zh]).toEqual(['云岩版', '复工疫情防控方案'])
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('for a scene or an industry comes before the one for all', async () => {
    const plan = await versionOf('declaration.plan')
    for (const [name, appliesTo] of [['工地版', { scenes: ['site'] }], ['制造业工地版', { scenes: ['site'], industries: ['27', '31'] }]] as const) {
      const draft = await author.call(openDraft, { body: { what: 'form', from: plan.id } })
      await decide(second, await propose(author, await saved(author, draft, { ...body(draft), appliesTo, name: text(name) })))
    }
    const at = async (more: object) => (await shown('520102', more)).name.zh
    expect([await at({}), await at({ scene: 'office' }), await at({ scene: 'site' }), await at({ scene: 'site', industry: '2770' }), await at({ scene: 'office', industry: '2770' }), await at({ scene: 'site', industry: '5010' })]).toEqual(['复工疫情防控方案', '复工疫情防控方案', '工地版', '制造业工地版', '复工疫情防控方案', '工地版'])
    // None of them supersedes another: they are for different people.
    expect((await author.call(listFormVersions)).items.filter((one) => one.code === 'declaration.plan' && one.kind === 'epidemic' && one.inForce)).toHaveLength(3)
  })
  it('can be refused, taken back, given up, and is then closed', async () => {
    const plan = await versionOf('declaration.pledge')
    const open = async () => author.call(openDraft, { body: { what: 'form', from: plan.id } })
    const rejected = await decide(commander, await propose(author, await open()), false)
    expect(rejected).toMatchObject({ state: 'rejected', publishedVersion: null, can: [] })
    let draft = await propose(author, await open())
    draft = await author.call(reopenDraft, on(draft, {}) as never)
    expect(draft).toMatchObject({ state: 'draft', proposedBy: null })
    expect((await commander.refused(decideDraft, on(draft, { publish: true, note: '急' }))).code).toBe('forms.not_proposed')
    draft = await author.call(discardDraft, on(draft, {}) as never)
    expect(draft.state).toBe('discarded')
    for (const closed of [rejected, draft]) expect((await author.refused(proposeDraft, on(closed, { note: 'x' }))).code).toBe('forms.draft_closed')
    const { items } = await reviewer.call(listDrafts, { query: { what: 'form' } })
    expect(items.filter((one) => one.code === 'declaration.pledge').map((one) => one.state).sort()).toEqual(['discarded', 'rejected'])
  })
  it('by two hands at once: the second is told by whom and keeps what was typed', async () => {
    const draft = await author.call(openDraft, { body: { what: 'form', from: (await versionOf('declaration.pledge')).id } })
    const ahead = await saved(commander, draft, { ...body(draft), name: text('高的改动') })
    expect(await author.refused(saveDraft, on(draft, { body: body(draft) }))).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '高洪涛', at: '2020-02-24T02:00:00.000Z' } })
    // Whoever wrote on it does not publish it, even when another handed it in.
    const proposed = await propose(author, ahead)
    expect((await commander.refused(decideDraft, on(proposed, { publish: true, note: '同意' }))).code).toBe('forms.second_person_needed')
    const answers = await Promise.allSettled([1, 2].map(() => decide(second, proposed)))
    expect(answers.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('faults of a draft', () => {
  it('are kept and told with it, all at once, and keep it from being handed in', async () => {
    let draft = await author.call(openDraft, { body: { what: 'form', code: 'survey.stock', kind: 'epidemic', areaCode: '520100' } })
    expect(draft.before).toBeNull()
    expect(draft.faults.map((issue) => issue.path)).toEqual(expect.arrayContaining(['/name', '/pages', '/source', '/effectiveFrom']))
    const ask = (code: string, more: object) => ({ code, type: 'number', label: text(code), ...more })
    draft = await saved(author, draft, {
      name: text('物资调查'), areaCode: '520100', effectiveFrom: '2020-03-01T00:00:00+08:00', source: text('自拟'), code: 'elsewhere',
      pages: [{ code: 'a', title: text('一'), fields: [ask('one', { visibleWhen: 'two > 1' }), ask('two', { visibleWhen: 'one > 1' }), ask('three', { visibleWhen: 'four > ' }), ask('five', { computed: 'one + name' }), ask('for', {}), ask('six', { dict: 'no.such' }), ask('seven', { dict: 'control.duties' }), ask('eight', { check: { when: 'eight', message: text('不对') } })] }],
    })
    expect((draft.body as Form).code).toBe('survey.stock')
    expect(draft.faults.map((issue) => `${issue.path} ${issue.code}`)).toEqual([
      '/pages/0/fields/4/code issue.form_name_reserved', '/pages/0/fields/2/visibleWhen issue.expression_unfinished', '/pages/0/fields/3/computed issue.expression_name', '/pages/0/fields/7/check/when issue.expression_not_boolean',
      '/pages/0/fields/0/visibleWhen issue.expression_cycle', '/pages/0/fields/1/visibleWhen issue.expression_cycle', '/pages/0/fields/5/dict issue.form_dictionary', '/pages/0/fields/6/type issue.form_dictionary_type',
    ])
    expect(draft.faults.find((issue) => issue.code === 'issue.expression_cycle')?.params).toMatchObject({ path: 'one → two → one' })
    const refused = await author.refused(proposeDraft, on(draft, { note: '提交' }))
    expect([refused.status, refused.code, refused.params, refused.issues.length]).toEqual([422, 'forms.faulty', { count: 8 }, 8])
    expect((await author.call(getDraft, { params: { id: draft.id } })).state).toBe('draft')
  })
  it.each([[null], [5], ['text'], [[]], [{ pages: 5 }], [{ pages: [null, { fields: [null, { type: 'group', fields: [5] }] }] }], [{ name: 5, areaCode: 'x', appliesTo: [] }], [{ areaCode: '999999' }]])('%j is kept as it is', async (value) => {
    const draft = await author.call(openDraft, { body: { what: 'form', code: 'odd.one', kind: null } })
    expect((await saved(author, draft, value)).faults.length).toBeGreaterThan(0)
  })
  it('texts that cannot be stored are refused with their place', async () => {
    const draft = await author.call(openDraft, { body: { what: 'form', code: 'odd.one', kind: null } })
    const refused = await author.refused(saveDraft, on(draft, { body: { name: { zh: 'a\u0000' }, pages: [{ title: '\ud800' }], 'x\u0000': 1 } }))
    expect(refused.issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/body/name/zh issue.text', '/body/pages/0/title issue.text', '/body issue.text'])
    let deep: unknown = 1
    for (let level = 0; level < 40; level += 1) deep = [deep]
    expect((await author.refused(saveDraft, on(draft, { body: { deep } }))).status).toBe(422)
  })
  it.each([[{ what: 'form' }, '/code'], [{ what: 'field', code: 'single' }, '/code'], [{ what: 'form', code: 'Bad Code' }, '/code'], [{ what: 'form', from: 'x' }, '/from'], [{ what: 'thing', code: 'a.b' }, '/what'], [{ what: 'form', code: 'a', kind: 'E' }, '/kind']])('%j cannot be begun', async (asked, path) => {
    expect((await author.refused(openDraft, { body: asked })).issues.map((issue) => issue.path)).toEqual([path])
  })
  it('an unknown draft or version is not found', async () => {
    expect((await author.refused(openDraft, { body: { what: 'form', from: NOWHERE } })).code).toBe('not_found')
    expect((await author.refused(openDraft, { body: { what: 'field', from: NOWHERE } })).code).toBe('not_found')
    expect((await author.refused(getDraft, { params: { id: NOWHERE } })).code).toBe('not_found')
    expect((await author.refused(getFormVersion, { params: { id: NOWHERE } })).code).toBe('not_found')
  })
})

describe('who may', () => {
  it('a department officer writes for the own area only', async () => {
    const plan = await versionOf('declaration.pledge')
    expect((await officer.refused(openDraft, { body: { what: 'form', from: plan.id } })).code).toBe('session.forbidden')
    const own = await officer.call(openDraft, { body: { what: 'form', code: 'yunyan.form', kind: 'epidemic', areaCode: '520103' } })
    expect((await officer.refused(saveDraft, on(own, { body: { areaCode: '520100' } }))).code).toBe('session.forbidden')
    const city_ = await author.call(openDraft, { body: { what: 'form', from: plan.id } })
    expect((await officer.refused(discardDraft, on(city_, {}))).code).toBe('session.forbidden')
    expect((await officer.call(getDraft, { params: { id: city_.id } })).can).toEqual([])
  })
  it('a reviewer reads, a firm and a passer-by do not', async () => {
    expect((await reviewer.call(listFormVersions)).can).toEqual([])
    expect((await reviewer.refused(openDraft, { body: { what: 'form', code: 'a.b' } })).code).toBe('session.forbidden')
    for (const endpoint of [listFormVersions, listDrafts, listFields]) {
      expect((await firm.refused(endpoint)).code).toBe('session.forbidden')
      expect((await city.anonymous().refused(endpoint)).code).toBe('session.required')
    }
  })
  it('the application role rewrites no version', async () => {
    await expect(city.system((ctx) => sql`update forms.dictionary set version = 9`.execute(ctx.db))).rejects.toThrow(/permission denied/)
    await expect(city.system((ctx) => sql`update forms.drafts set code = 'x'`.execute(ctx.db))).rejects.toThrow(/permission denied/)
    await expect(city.system((ctx) => sql`delete from forms.drafts`.execute(ctx.db))).rejects.toThrow(/permission denied/)
  })
})

describe('the dictionary', () => {
  it('says what each field is for, who knows it, and who asks for it', async () => {
    const { items, can } = await author.call(listFields)
    expect(can).toEqual(['edit'])
    expect(items.length).toBeGreaterThan(35)
    expect(items.find((row) => row.field.code === 'control.masks')).toMatchObject({ inForce: true, forms: ['declaration.plan'], field: { type: 'integer', source: 'asked', sensitivity: 'internal' } })
    expect(items.find((row) => row.field.code === 'workplace.address')).toMatchObject({ forms: [], field: { source: 'workplace.address' } })
    const found = await author.call(listFields, { query: { q: '信用代码' } })
    expect(found.items.map((row) => row.field.code)).toEqual(['enterprise.creditCode'])
  })
  it('is loaded again without touching what was published here', async () => {
    await city.system((ctx) => sql`delete from base.loaded_data where name = 'forms/dictionary'`.execute(ctx.db)).catch(() => undefined)
    await city.system((ctx) => loadDictionary(ctx, '520100'))
  })
  it('changes by two people; its history stays', async () => {
    const masks = (await author.call(listFields, { query: { q: 'control.masks' } })).items[0]!
    let draft = await author.call(openDraft, { body: { what: 'field', from: masks.id } })
    draft = await saved(author, draft, { ...(draft.body as object), synonyms: ['口罩数量'], check: 'value >= 0' })
    expect(draft.faults).toEqual([])
    await decide(commander, await propose(author, draft))
    const { items } = await author.call(getFieldHistory, { params: { code: 'control.masks' } })
    expect(items.map((row) => [row.field.version, row.inForce, row.field.synonyms ?? null])).toEqual([[2, true, ['口罩数量']], [1, false, null]])
    expect((await author.refused(getFieldHistory, { params: { code: 'no.such' } })).code).toBe('not_found')
  })
  it('refuses what cannot be answered', async () => {
    let draft = await author.call(openDraft, { body: { what: 'field', code: 'test.field', areaCode: '520100' } })
    const field = { name: text('测试'), type: 'text', source: 'asked', sensitivity: 'open', purpose: text('试'), areaCode: '520100', effectiveFrom: '2020-03-01T00:00:00+08:00' }
    for (const [change, path, code] of [[{ type: 'code' }, '/codes', 'table_codes_missing'], [{ codes: [{ value: 'a', label: text('甲') }] }, '/codes', 'unknown'], [{ min: 3, max: 1 }, '/max', 'form_range'], [{ pattern: '(a+)+' }, '/pattern', 'form_pattern'], [{ check: 'value > 1' }, '/check', 'expression_same_type'], [{ check: 'value' }, '/check', 'expression_not_boolean'], [{ check: 'other == "a"' }, '/check', 'expression_name'], [{ source: 'nobody' }, '/source', 'choice'], [{ sensitivity: 'secret' }, '/sensitivity', 'choice'], [{ effectiveFrom: '2020-02-30T00:00:00Z' }, '/effectiveFrom', 'instant']] as const) {
      draft = await saved(author, draft, { ...field, ...change })
      expect(draft.faults.map((issue) => `${issue.path} ${issue.code}`), JSON.stringify(change)).toEqual([`${path} issue.${code}`])
    }
    expect((await saved(author, draft, field)).faults).toEqual([])
  })
  it('tells an author what is known, alike or asked elsewhere, and keeps people’s data out', async () => {
    let draft = await author.call(openDraft, { body: { what: 'field', code: 'person.idNumber', areaCode: '520100' } })
    draft = await saved(author, draft, { name: text('身份证号码'), type: 'text', source: 'asked', sensitivity: 'sensitive', purpose: text('核对身份'), areaCode: '520100', effectiveFrom: '2020-02-24T00:00:00+08:00' })
    await decide(commander, await propose(author, draft))
    const form = await author.call(openDraft, { body: { what: 'form', code: 'survey.again', kind: 'epidemic', areaCode: '520100' } })
    const ask = (code: string, label: string, more: object) => ({ code, type: 'text', label: text(label), ...more })
    const told = await saved(author, form, {
      name: text('又一张表'), areaCode: '520100', effectiveFrom: '2020-03-01T00:00:00+08:00', source: text('自拟'),
      pages: [{ code: 'a', title: text('一'), fields: [ask('firm', '企业名称', { dict: 'enterprise.name' }), ask('place', '（单位）地址', {}), ask('address', '单位地址', {}), ask('masks', '口罩', { type: 'integer', dict: 'control.masks' }), ask('known', '企业名称', { dict: 'enterprise.name', known: 'enterprise.name' }), ask('wrong', '名称', { dict: 'enterprise.name', known: 'enterprise.creditCode' }), ask('id', '身份证', { dict: 'person.idNumber' })] }],
    })
    expect(told.hints).toEqual([{ path: '/pages/0/fields/0', kind: 'known', dict: 'enterprise.name' }, { path: '/pages/0/fields/2', kind: 'alike', dict: 'workplace.address' }, { path: '/pages/0/fields/3', kind: 'asked', dict: 'control.masks', forms: ['declaration.plan'] }])
    expect(told.faults.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/pages/0/fields/5/known issue.form_known', '/pages/0/fields/6/dict issue.form_personal'])
  })
})
