// The workshop of forms without a screen: moving and comparing parts, conditions as rows, which faults are shown.
import { describe, expect, it } from 'vitest'
import type { DictionaryField } from '@fugong/contract/fields'
import type { Form, FormField } from '@fugong/contract/forms'
import { variablesAt } from '@fugong/contract/forms.check'
import { operatorsFor, rowsOf, textOf } from './conditions.ts'
import { changesOf, documentOf, fieldAt, freshCode, fromDictionary, insertAfter, mergeFaults, moveBy, pathOf, removeAt, spotOf } from './document.ts'

const text = (zh: string) => ({ zh, en: zh })
const field = (code: string, more: Partial<FormField> = {}): FormField => ({ code, type: 'text', label: text(code), ...more })
const form: Form = {
  code: 'a.form', version: 1, name: text('表'), areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: text('自拟'),
  pages: [{ code: 'p', title: text('一'), fields: [field('a'), field('b', { type: 'integer' }), field('g', { type: 'group', fields: [field('x') as never, field('y') as never] })] }, { code: 'q', title: text('二'), fields: [field('c', { type: 'code', codes: [{ value: 'one', label: text('甲') }] })] }],
}
const order = (one: Form) => one.pages.map((page) => page.fields.map(({ code }) => code).join(' '))

describe('a document', () => {
  it.each([[null], [5], [{}], [{ pages: [null, { fields: [5, { type: 'group' }] }] }]])('%j can be worked on', (body) => expect(documentOf(body, '2020-03-01T00:00:00Z')).toMatchObject({ name: { zh: '', en: '' }, effectiveFrom: '2020-03-01T00:00:00Z' }))
  it('keeps what it does not know', () => expect(documentOf({ ...form, more: 1 }, '')).toMatchObject({ ...form, more: 1 }))
  it.each([['/pages/1/fields/0/label/zh', '1/0'], ['/pages/0/fields/2/fields/1/code', '0/2/1'], ['/pages/0/title', '0'], ['/name/zh', '']])('the fault at %s lies in %s', (path, spot) => { expect(spotOf(path)).toBe(spot); if (spot) expect(path.startsWith(pathOf(spotOf(path)))).toBe(true) })
  it('moves within a page, over to the next, and no further', () => {
    expect(order(moveBy(form, '0/0', 1).form)).toEqual(['b a g', 'c'])
    expect(moveBy(form, '0/2', 1)).toMatchObject({ spot: '1/0' })
    expect(order(moveBy(form, '0/2', 1).form)).toEqual(['a b', 'g c'])
    expect(order(moveBy(form, '1/0', -1).form)).toEqual(['a b g c', ''])
    expect(moveBy(form, '0/0', -1)).toEqual({ form, spot: '0/0' })
    expect(moveBy(form, '0', 1).form.pages.map(({ code }) => code)).toEqual(['q', 'p'])
    expect(fieldAt(moveBy(form, '0/2/0', 1).form, '0/2/0')!.code).toBe('y')
  })
  it('takes out and puts in at every depth', () => {
    expect(order(removeAt(form, '0/1'))).toEqual(['a g', 'c'])
    expect(fieldAt(removeAt(form, '0/2/0'), '0/2')!.fields).toHaveLength(1)
    expect(insertAfter(form, '0/2/1', field('z')).spot).toBe('0/2/2')
    expect([freshCode(form), freshCode(form, 'a'), freshCode(form, 'Masks!')]).toEqual(['field', 'a2', 'asks'])
  })
  it('takes a field of the dictionary with its check and its source', () => {
    const entry = { code: 'workplace.address', version: 1, name: text('地址'), type: 'text', max: 200, check: 'size(value) > 3', source: 'workplace.address', sensitivity: 'open', purpose: text('核查'), areaCode: '520100', effectiveFrom: '' } as DictionaryField
    expect(fromDictionary(form, entry)).toMatchObject({ code: 'address', dict: 'workplace.address', known: 'workplace.address', max: 200, check: { when: 'size(address) > 3' } })
  })
})
describe('changes', () => {
  it('are told by code: added, removed, changed, moved', () => {
    const after: Form = { ...form, name: text('新表'), pages: [{ ...form.pages[0]!, fields: [field('b', { type: 'number' }), field('a'), field('n')] }, { code: 'r', title: text('三'), fields: [field('g', { type: 'group', fields: [field('x') as never] })] }] }
    expect(changesOf(form, after).map(({ what, kind, code }) => `${what} ${kind} ${code}`)).toEqual(['changed head ', 'added page r', 'removed page q', 'changed field b', 'moved field a', 'added field n', 'moved field g', 'moved field x', 'removed field y', 'removed field c'])
    expect(changesOf(form, form)).toEqual([])
    expect(changesOf(null, form).every(({ what }) => what === 'added')).toBe(true)
  })
})
describe('conditions', () => {
  const { variables } = variablesAt(form)
  it.each([['b > 3'], ['b > 3 && c == "one"'], ['has(answers.a) || !has(answers.c)'], ['c in ["one"]'], ['b == 2'], ['a != "x"'], ['workplace_scene == "site"']])('%s is rows and comes back', (cel) => expect(textOf(rowsOf(cel)!, variables)).toBe(cel))
  it.each([['b + 1 > 3'], ['b > 3 && (c == "one" || has(answers.a))'], ['b > '], ['b > a'], ['size(g) > 1']])('%s is more than rows can say', (cel) => expect(rowsOf(cel)).toBeUndefined())
  it('a row without a field makes nothing', () => expect(textOf({ join: 'all', rows: [{ field: '', operator: '==', value: '' }] }, variables)).toBeUndefined())
  it('offers what a field allows', () => expect([operatorsFor({ type: 'boolean' })[0], operatorsFor({ type: 'texts' })[0], operatorsFor(variables.get('c')).includes('in'), operatorsFor(undefined).includes('>')]).toEqual(['true', 'holds', true, false]))
})
it('the editor’s own word on a fault is newer than the server’s', () => {
  expect(mergeFaults([{ path: '/pages/0/fields/0/code', code: 'issue.duplicate' }], [{ path: '/pages/0/fields/1/visibleWhen', code: 'issue.expression_name' }, { path: '/name/en', code: 'issue.required' }, { path: '/pages/0/fields/0/code', code: 'issue.format' }])).toEqual([{ path: '/pages/0/fields/0/code', code: 'issue.duplicate' }, { path: '/name/en', code: 'issue.required' }])
})
