// Tables of cases for the decisions about declarations.
import { describe, expect, it } from 'vitest'
import { declarationStates, procedures, type DeclarationState, type Procedure } from '@fugong/contract/declarations'
import type { Answers, Form } from '@fugong/contract/forms'
import { carryOver, contentAt, dayFault, deedsOf, isOverdue, machine, mergeAnswers, missingFor, next, overdueDeed, readSearch, refusalOf, touchedOf, type Deed } from './rules.ts'

const text = { zh: '文', en: 'text' }
const form: Form = {
  code: 'declaration.plan', version: 1, name: text, areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: text,
  pages: [
    { code: 'one', title: text, fields: [{ code: 'leaderGroup', type: 'boolean', label: text, required: true }, { code: 'masks', type: 'number', label: text, required: true, min: 0, max: 1000 }] },
    { code: 'two', title: text, fields: [{ code: 'duties', type: 'para', label: text, max: 10 }, { code: 'meals', type: 'code', label: text, codes: [{ value: 'none', label: text }] }] },
  ],
}
const complete = { plannedDate: '2020-02-26', headcount: 20, answers: { leaderGroup: true, masks: 0 } as Answers, pledged: true, files: 1 }
const today = '2020-02-24'

describe('the state machine', () => {
  const allowed: [DeclarationState, Deed, Procedure | null, DeclarationState][] = [
    ['draft', 'save', null, 'draft'], ['returned', 'save', 'review', 'returned'],
    ['draft', 'submit', 'effective', 'filed'], ['draft', 'submit', 'review', 'underReview'], ['draft', 'submit', 'reviewAndSite', 'underReview'],
    ['returned', 'submit', 'effective', 'filed'], ['returned', 'submit', 'review', 'underReview'], ['returned', 'submit', 'reviewAndSite', 'underReview'],
    ['draft', 'withdraw', null, 'withdrawn'], ['underReview', 'withdraw', 'review', 'withdrawn'], ['underReview', 'withdraw', 'reviewAndSite', 'withdrawn'], ['returned', 'withdraw', 'review', 'withdrawn'],
    ['underReview', 'return', 'review', 'returned'], ['underReview', 'return', 'reviewAndSite', 'returned'],
    ['underReview', 'reject', 'review', 'rejected'], ['underReview', 'reject', 'reviewAndSite', 'rejected'],
    ['underReview', 'accept', 'review', 'filed'], ['underReview', 'accept', 'reviewAndSite', 'siteCheckPending'],
    ['siteCheckPending', 'passSite', 'reviewAndSite', 'filed'], ['siteCheckPending', 'failSite', 'reviewAndSite', 'rejected'],
    ['underReview', 'acceptOverdue', 'review', 'filed'],
    ['underReview', 'move', 'review', 'underReview'], ['returned', 'move', 'review', 'returned'], ['siteCheckPending', 'move', 'reviewAndSite', 'siteCheckPending'], ['siteCheckPending', 'film', 'reviewAndSite', 'siteCheckPending'], ['siteCheckPending', 'appoint', 'reviewAndSite', 'siteCheckPending'],
    ['underReview', 'escalate', 'review', 'underReview'], ['siteCheckPending', 'escalate', 'reviewAndSite', 'siteCheckPending'],
  ]
  it.each(allowed)('%s, %s, procedure %s → %s', (state, deed, procedure, to) => expect(next(state, deed, procedure)).toBe(to))

  it('ends in filed, rejected and withdrawn: no deed leads out of them', () => {
    for (const state of ['filed', 'rejected', 'withdrawn'] as const) for (const deed of Object.keys(machine) as Deed[]) for (const procedure of [...procedures, null]) expect(next(state, deed, procedure)).toBeUndefined()
  })
  it('lets no reviewer touch a draft, a returned or an ended declaration', () => {
    for (const state of ['draft', 'returned', 'rejected', 'withdrawn'] as const) expect(deedsOf({ state, procedure: 'review', gapsToldAt: null }, 'office')).toEqual([])
  })
  it('never files what asks for a site check without one', () => {
    for (const state of declarationStates) for (const deed of ['accept', 'acceptOverdue', 'reject', 'return', 'escalate'] as const) expect(next(state, deed, 'reviewAndSite')).not.toBe('filed')
  })
})

describe('why a deed is refused', () => {
  const cases: [string, Deed, { state: DeclarationState; procedure: Procedure | null; gapsToldAt: string | null }, string | undefined][] = [
    ['accepting what took effect', 'accept', { state: 'filed', procedure: 'effective', gapsToldAt: null }, 'declarations.effective_unheld'],
    ['returning what took effect', 'return', { state: 'filed', procedure: 'effective', gapsToldAt: null }, 'declarations.effective_unheld'],
    ['rejecting what took effect after a supplement', 'reject', { state: 'filed', procedure: 'effective', gapsToldAt: '2020-02-24T00:00:00.000Z' }, 'declarations.effective_unheld'],
    ['visiting what took effect', 'passSite', { state: 'filed', procedure: 'effective', gapsToldAt: null }, 'declarations.effective_unheld'],
    ['saving what took effect', 'save', { state: 'filed', procedure: 'effective', gapsToldAt: null }, 'declarations.state_refused'],
    ['accepting what was accepted', 'accept', { state: 'filed', procedure: 'review', gapsToldAt: null }, 'declarations.state_refused'],
    ['a second list of gaps', 'return', { state: 'underReview', procedure: 'review', gapsToldAt: '2020-02-24T00:00:00.000Z' }, 'declarations.gaps_told_once'],
    ['a first list of gaps', 'return', { state: 'underReview', procedure: 'review', gapsToldAt: null }, undefined],
    ['rejecting after the gaps', 'reject', { state: 'underReview', procedure: 'review', gapsToldAt: '2020-02-24T00:00:00.000Z' }, undefined],
    ['a visit before the papers', 'passSite', { state: 'underReview', procedure: 'reviewAndSite', gapsToldAt: null }, 'declarations.state_refused'],
    ['rejecting during the visit', 'reject', { state: 'siteCheckPending', procedure: 'reviewAndSite', gapsToldAt: null }, 'declarations.state_refused'],
    ['withdrawing during the visit', 'withdraw', { state: 'siteCheckPending', procedure: 'reviewAndSite', gapsToldAt: null }, 'declarations.state_refused'],
    ['submitting a draft', 'submit', { state: 'draft', procedure: null, gapsToldAt: null }, undefined],
    ['submitting twice', 'submit', { state: 'underReview', procedure: 'review', gapsToldAt: null }, 'declarations.state_refused'],
  ]
  it.each(cases)('%s', (_, deed, standing, code) => expect(refusalOf(standing, deed)?.code).toBe(code))
  it('a second list with its reason is allowed', () => expect(refusalOf({ state: 'underReview', procedure: 'review', gapsToldAt: '2020-02-24T00:00:00.000Z' }, 'return', { reason: '附件后来才打开' })).toBeUndefined())
  it('names the state', () => expect(refusalOf({ state: 'withdrawn', procedure: null, gapsToldAt: null }, 'submit')?.params).toEqual({ state: 'withdrawn' }))
})

describe('what each side can do', () => {
  const cases: [DeclarationState, Procedure | null, string | null, string[], string[]][] = [
    ['draft', null, null, ['save', 'submit', 'withdraw'], []],
    ['underReview', 'review', null, ['withdraw'], ['return', 'reject', 'accept']],
    ['underReview', 'reviewAndSite', '2020-02-24T00:00:00.000Z', ['withdraw'], ['returnAgain', 'reject', 'accept']],
    ['returned', 'review', '2020-02-24T00:00:00.000Z', ['save', 'submit', 'withdraw'], []],
    ['siteCheckPending', 'reviewAndSite', null, [], ['siteCheck', 'appoint']],
    ['filed', 'effective', null, [], []], ['filed', 'review', null, [], []], ['rejected', 'review', null, [], []], ['withdrawn', null, null, [], []],
  ]
  it.each(cases)('%s (%s, gaps told %s): firm %j, office %j', (state, procedure, gapsToldAt, firm, office) => {
    expect(deedsOf({ state, procedure, gapsToldAt }, 'firm')).toEqual(firm)
    expect(deedsOf({ state, procedure, gapsToldAt }, 'office')).toEqual(office)
  })
})

describe('the planned day', () => {
  it.each([
    ['2020-02-24', undefined], ['2020-08-22', undefined], ['2020-02-23', 'issue.past_day'], ['2020-08-23', 'issue.too_far'], ['2020-02-30', 'issue.day'], ['2021-02-29', 'issue.day'], ['', 'issue.day'], ['soon', 'issue.day'],
  ])('%s', (day, code) => expect(dayFault(day, today)?.code).toBe(code))
  it('names the last possible day', () => expect(dayFault('2021-01-01', today)).toEqual({ path: '/plannedDate', code: 'issue.too_far', params: { limit: '2020-08-22' } }))
})

describe('what is missing', () => {
  it('is nothing in a complete declaration', () => expect(missingFor(complete, form, today)).toEqual([]))
  it('is told all at once in an empty one', () => {
    expect(missingFor({ plannedDate: null, headcount: null, answers: {}, pledged: false, files: 0 }, form, today)).toEqual([
      { path: '/plannedDate', code: 'issue.required' }, { path: '/headcount', code: 'issue.required' }, { path: '/answers/leaderGroup', code: 'issue.required' }, { path: '/answers/masks', code: 'issue.required' },
      { path: '/pledged', code: 'issue.pledge' }, { path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } },
    ])
  })
  it.each([
    ['a day that passed while it was a draft', { plannedDate: '2020-02-23' }, { path: '/plannedDate', code: 'issue.past_day' }],
    ['no headcount', { headcount: null }, { path: '/headcount', code: 'issue.required' }],
    ['no pledge', { pledged: false }, { path: '/pledged', code: 'issue.pledge' }],
    ['no file', { files: 0 }, { path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } }],
    ['a number beyond its limit', { answers: { leaderGroup: true, masks: 1001 } }, { path: '/answers/masks', code: 'issue.too_large', params: { limit: 1000 } }],
  ])('%s', (_, change, issue) => expect(missingFor({ ...complete, ...change } as typeof complete, form, today)).toEqual([issue]))
  it('counts "no" and zero as answers', () => expect(missingFor({ ...complete, answers: { leaderGroup: false, masks: 0 } }, form, today)).toEqual([]))
})

describe('answers', () => {
  it('are replaced one by one and taken away when emptied', () => expect(mergeAnswers({ masks: 3, duties: '甲' }, { masks: 4, duties: '', meals: null, leaderGroup: false })).toEqual({ masks: 4, leaderGroup: false }))
  it('carry over only as far as the form in force takes them', () => {
    expect(carryOver(form, { masks: 5000, duties: '组长负责', meals: 'gone', unknown: 'x', leaderGroup: true })).toEqual({ duties: '组长负责', leaderGroup: true })
  })
  it('carry nothing over from nothing', () => expect(carryOver(form, {})).toEqual({}))
})

describe('the clock', () => {
  const due = '2020-02-27T02:00:00.000Z'
  const before = '2020-02-27T01:59:59.999Z'
  const waiting = { state: 'underReview' as DeclarationState, procedure: 'review' as Procedure | null, dueAt: due as string | null, overdueOutcome: 'accept' as 'accept' | 'escalate' | null, escalatedAt: null as string | null }
  it.each([
    ['not yet due', {}, before, undefined],
    ['due, silence accepts', {}, due, 'acceptOverdue'],
    ['due, silence is told upward', { overdueOutcome: 'escalate' as const }, due, 'escalate'],
    ['told upward once', { overdueOutcome: 'escalate' as const, escalatedAt: due }, due, undefined],
    ['a site check is never taken as done', { state: 'siteCheckPending' as const, procedure: 'reviewAndSite' as const }, due, 'escalate'],
    ['papers before a site check are never accepted by silence', { procedure: 'reviewAndSite' as const }, due, 'escalate'],
    ['the firm’s own time does not run out', { state: 'returned' as const, dueAt: null }, due, undefined],
    ['a decided one is left alone', { state: 'filed' as const }, due, undefined],
    ['no limit, nothing overdue', { dueAt: null }, due, undefined],
  ])('%s', (_, change, now, deed) => expect(overdueDeed({ ...waiting, ...change }, now)).toBe(deed))
  it('counts the very moment as overdue', () => expect([isOverdue(waiting, before), isOverdue(waiting, due)]).toEqual([false, true]))
})

describe('what a search text means', () => {
  it.each([
    ['91520112', { kind: 'code', from: '91520112', to: '91520112~' }], [' 91520112mayp0001x2 ', { kind: 'code', from: '91520112MAYP0001X2', to: '91520112MAYP0001X2~' }],
    ['云上影城', { kind: 'name', text: '云上影城' }], ['A', { kind: 'name', text: 'A' }], ['91520112MAYP0001X2X', { kind: 'name', text: '91520112MAYP0001X2X' }], ['9%', { kind: 'name', text: '9%' }],
  ])('%s', (typed, search) => expect(readSearch(typed)).toEqual(search))
})

describe('what a gap names', () => {
  const content = { plannedDate: '2020-02-26', headcount: 20, answers: { leaderGroup: true, masks: 3 } as Answers, pledgedAt: '2020-02-24T02:00:00.000Z', fileIds: ['b', 'a'] }
  it.each([
    ['plannedDate', '2020-02-26'], ['/headcount', 20], ['pledge', content.pledgedAt], ['pledged', content.pledgedAt], ['files', ['a', 'b']], ['/fileIds', ['a', 'b']],
    ['masks', 3], ['answers.masks', 3], ['/answers/masks', 3], ['duties', null],
  ])('%s', (field, held) => expect(contentAt(content, field, form)).toEqual(held))
  it('stands for everything when it names no field', () => expect(contentAt(content, 'other', form)).toEqual({ leaderGroup: true, masks: 3, duties: null, meals: null, plannedDate: '2020-02-26', headcount: 20, pledge: content.pledgedAt, files: ['a', 'b'] }))
  it.each(['toString', '__proto__', 'constructor'])('%s is no field', (field) => expect(contentAt(content, field, form)).toHaveProperty('masks', 3))
  const told = (...fields: string[]) => fields.map((field) => ({ field, was: JSON.parse(JSON.stringify(contentAt(content, field, form))) as unknown }))
  it.each<[string, string[], Partial<typeof content>, boolean[]]>([
    ['nothing changed', ['masks', 'files', 'other'], {}, [false, false, false]],
    ['files in another order', ['files'], { fileIds: ['a', 'b'] }, [false]],
    ['another file', ['files', 'masks'], { fileIds: ['a', 'b', 'c'] }, [true, false]],
    ['an answer', ['answers.masks', 'duties'], { answers: { leaderGroup: true, masks: 4 } }, [true, false]],
    ['an answer taken away', ['masks'], { answers: { leaderGroup: true } }, [true]],
    ['an answer to nothing', ['duties'], { answers: { ...content.answers, duties: '厂长' } }, [true]],
    ['a pledge made again', ['pledged'], { pledgedAt: '2020-02-25T02:00:00.000Z' }, [true]],
    ['what a gap names does not count for other papers', ['masks', 'other'], { answers: { leaderGroup: true, masks: 4 } }, [true, false]],
    ['what no gap names counts for other papers', ['masks', 'other'], { headcount: 21 }, [false, true]],
  ])('%s', (_, fields, change, touched) => expect(touchedOf(told(...fields), { ...content, ...change }, form)).toEqual(touched))
  it('the database keeps names in an order of its own', () => {
    const [gap] = told('other')
    const turned = Object.fromEntries(Object.entries(gap!.was as object).reverse())
    expect(touchedOf([{ field: 'other', was: turned }], content, form)).toEqual([false])
  })
})
