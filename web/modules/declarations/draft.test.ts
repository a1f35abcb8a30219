// Cases for the firm's draft: partial saving, steps of fields, and merging after someone else's change.
import type { Form } from '@fugong/contract/forms'
import { describe, expect, it } from 'vitest'
import { correctedAt, faultsOf, gapsByStep, mergeDrafts, pathOfField, savable, stepOfField, stepsOf, type Draft } from './draft.ts'

const label = { zh: '项', en: 'Item' }
const form: Form = {
  code: 'declaration.plan', version: 1, name: label, areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: label,
  pages: [
    { code: 'mechanism', title: label, fields: [{ code: 'duties', type: 'para', label, required: true, max: 5 }] },
    { code: 'supplies', title: label, fields: [{ code: 'masks', type: 'number', label, required: true, min: 0 }] },
  ],
}
const draft = (changes: Partial<Draft> = {}): Draft => ({ plannedDate: '2020-02-24', headcount: 12, answers: { duties: '好', masks: 3 }, pledged: false, fileIds: [], ...changes })

describe('what the register says wrongly', () => {
  it.each([['enterprise.industryCode', '/portal/enterprises/f1/facts/identity'], ['enterprise.name', '/portal/enterprises/f1?tab=facts'], ['workplace.address', '/portal/enterprises/f1?tab=places'], ['declaration.headcount', undefined], [undefined, undefined]])('%s is put right at %s', (source, path) => expect(correctedAt('f1', source)).toBe(path))
})
describe('steps', () => {
  it('come in the order of the form', () => expect(stepsOf(form)).toEqual(['plan', 'page.mechanism', 'page.supplies', 'files', 'pledge', 'check']))
  it.each([['masks', 'page.supplies', '/answers/masks'], ['/answers/duties', 'page.mechanism', '/answers/duties'], ['files', 'files', '/fileIds'], ['pledge', 'pledge', '/pledged'], ['headcount', 'plan', '/headcount']])('%s stands on %s', (field, step, path) => {
    expect(stepOfField(field, form)).toBe(step)
    expect(pathOfField(field)).toBe(path)
  })
  it('an unknown field leads to the first step', () => expect(stepOfField('elsewhere', form)).toBe('plan'))
})

describe('gaps', () => {
  const gap = (field: string) => ({ field, text: '补', touched: false })
  it('stand on the steps of their fields, and what names none with the last', () => {
    const by = gapsByStep(['masks', 'answers.masks', 'headcount', 'files', 'pledge', 'other', 'gone'].map(gap), form)
    expect(Object.fromEntries([...by].map(([step, gaps]) => [step, gaps.map(({ field }) => field)]))).toEqual({ 'page.supplies': ['masks', 'answers.masks'], plan: ['headcount'], files: ['files'], pledge: ['pledge'], check: ['other', 'gone'] })
  })
  it('are none when none was told', () => expect(gapsByStep([], form).size).toBe(0))
})

describe('faults', () => {
  it('are none in a complete draft', () => expect(faultsOf(draft({ pledged: true, fileIds: ['one'] }), form, true)).toEqual([]))
  it('name everything that is missing at once', () => {
    expect(faultsOf({ plannedDate: null, headcount: null, answers: { duties: '' }, pledged: false, fileIds: [] }, form, true).map((issue) => issue.path)).toEqual(['/plannedDate', '/headcount', '/answers/duties', '/answers/masks', '/fileIds', '/pledged'])
  })
  it('leave an unfinished draft alone', () => expect(faultsOf({ plannedDate: null, headcount: null, answers: {}, pledged: false, fileIds: [] }, form, false)).toEqual([]))
})

describe('saving', () => {
  it('leaves out what is wrong and keeps the rest', () => {
    expect(savable(draft({ headcount: 0, answers: { duties: '六个字的分工', masks: 3 } }), form)).toEqual({ plannedDate: '2020-02-24', answers: { masks: 3 }, pledged: false, fileIds: [] })
  })
  it('leaves out what the server refused', () => expect(savable(draft(), form, ['/plannedDate'])).not.toHaveProperty('plannedDate'))
  it('sends an emptied text as no answer', () => expect(savable(draft({ answers: { duties: '' } }), form).answers).toEqual({ duties: null }))
  it('does not send answers that the form no longer asks for', () => expect(savable(draft({ answers: { old: 1, masks: 2 } }), form).answers).toEqual({ masks: 2 }))
})

describe('merging', () => {
  const base = draft()
  it('takes theirs where I changed nothing', () => expect(mergeDrafts(base, base, draft({ headcount: 99 })).headcount).toBe(99))
  it('keeps mine where I changed something', () => {
    const merged = mergeDrafts(base, draft({ headcount: 7, answers: { duties: '我的', masks: 3 } }), draft({ headcount: 99, answers: { duties: '他的', masks: 8 } }))
    expect(merged).toMatchObject({ headcount: 7, answers: { duties: '我的', masks: 8 } })
  })
})
