// Forms on the phone: the same engine as everywhere, over trees that travelled as JSON; faults in words; typed text; nothing that a phone of 2017 lacks.
import { checkAnswers, look, treesOf } from '@fugong/contract/forms.engine'
import { faultsOf } from '@fugong/contract/forms.faults'
import type { Answers, Form, FormField } from '@fugong/contract/forms'
import { lookAt, type FormTrees } from '@fugong/contract/forms.work'
import { issues } from '@fugong/contract/problems.issues'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { answerText, errorsOf, idOf, nameCode, pageOfPath, pagesOf, shownAs, typed, withAnswer } from './form-answers.ts'
import formZh from './form.zh.json'
import { learn } from './kit.ts'
import zh from './zh.json'

learn({ zh: formZh, en: {} })
const label = (zh: string) => ({ zh, en: zh })
const sent = (form: Form): FormTrees => JSON.parse(JSON.stringify(treesOf(form))) as FormTrees

// ── generated forms ─────────────────────────────────────────────────────────
const CODES = [{ value: 'home', label: label('居家') }, { value: 'dorm', label: label('宿舍') }]
const conditions = ['n > 2', 'b == true', 'c == "dorm"', 'has(answers.n) && n < 5', '"home" in several', 'size(rooms) > 1', 'sum(rooms, "beds") >= 3', 'workplace_scene == "site"', 'd <= today', 'n >', 'nobody == 1', 'n / m > 1.5']
const expression = fc.option(fc.constantFrom(...conditions), { nil: undefined })
const more = fc.record({ visibleWhen: expression, requiredWhen: expression, required: fc.option(fc.boolean(), { nil: undefined }), check: fc.option(fc.constantFrom(...conditions).map((when) => ({ when, message: label('不符') })), { nil: undefined }) })
const defined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
const TYPES: [string, FormField['type'], object][] = [['n', 'integer', { min: 0, max: 9 }], ['m', 'number', {}], ['b', 'boolean', {}], ['c', 'code', { codes: CODES }], ['several', 'codes', { codes: CODES, max: 1 }], ['d', 'day', {}], ['s', 'text', { max: 4, pattern: '[a-z]+' }], ['p', 'phone', {}], ['k', 'text', { known: 'workplace.name' }]]
const inner = fc.record({ beds: more, why: more }).map(({ beds, why }) => [{ ...defined(beds), code: 'beds', type: 'integer', label: label('床') }, { ...defined(why), code: 'why', type: 'text', label: label('原因') }])
const form: fc.Arbitrary<Form> = fc.record({ set: fc.array(more, { minLength: TYPES.length, maxLength: TYPES.length }), rows: inner, group: more, pages: fc.tuple(expression, expression), total: fc.constantFrom('sum(rooms, "beds")', 'n + m', 'm / n') }).map(({ set, rows, group, pages, total }) => ({
  code: 'a.form', version: 1, name: label('表'), areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: label('自拟'),
  pages: [
    defined({ code: 'one', title: label('一'), visibleWhen: pages[0], fields: TYPES.slice(0, 5).map(([code, type, own], at) => ({ ...defined(set[at]!), ...own, code, type, label: label(code) }) as FormField) }),
    defined({ code: 'two', title: label('二'), visibleWhen: pages[1], fields: [...TYPES.slice(5).map(([code, type, own], at) => ({ ...defined(set[at + 5]!), ...own, code, type, label: label(code) }) as FormField), { ...defined(group), code: 'rooms', type: 'group', label: label('房间'), fields: rows, max: 2 } as FormField, { code: 'total', type: 'number', label: label('合计'), computed: total } as FormField] }),
  ],
}))
const scalar = fc.constantFrom<unknown[]>(0, 1, 3, 5.5, -1, '', 'ab', 'abcde', 'home', 'dorm', '2020-02-20', '2020-02-30', true, false, null, '13900000001', ['home'], ['home', 'dorm'], ['x'], '\u202e')
const answers = fc.record(Object.fromEntries([...TYPES.map(([code]) => [code, fc.option(scalar, { nil: undefined })]), ['rooms', fc.option(fc.array(fc.record({ beds: scalar, why: scalar }), { maxLength: 3 }), { nil: undefined })], ['stranger', fc.option(fc.constant(1), { nil: undefined, freq: 5 })]])).map((given) => defined(given) as Answers)
const known = fc.constantFrom({}, { facts: { workplace_scene: 'site', workplace_name: '厂' }, today: '2020-02-24' }, { facts: { workplace_scene: 'office' }, today: '2020-02-10' })

describe('a form that travelled as JSON', () => {
  it('shows, works out and refuses what the form itself does', () => {
    let faulty = 0
    let hidden = 0
    fc.assert(fc.property(form, answers, known, fc.boolean(), (one, given, facts, complete) => {
      const trees = sent(one)
      const [here, there] = [look(one, given, facts), lookAt(trees, given, facts)]
      for (const page of one.pages) {
        expect(there.page(page.code)).toBe(here.page(page.code))
        for (const field of page.fields) {
          expect(there.field(field.code)).toEqual(here.field(field.code))
          if (!here.field(field.code).shown) hidden += 1
        }
      }
      expect(there.effective()).toEqual(here.effective())
      const faults = checkAnswers(one, given, '', complete, facts)
      faulty += faults.length
      expect(faultsOf(trees, given, '', complete, facts)).toEqual(faults)
      // Every fault has words here, and never those of another fault.
      for (const fault of faults) if (fault.code !== 'issue.form_check') expect({ ...zh, ...formZh }).toHaveProperty([fault.code], issues[fault.code as keyof typeof issues].zh)
    }), { numRuns: 400 })
    // Neither all shown nor all sound: the comparison above had something to compare.
    expect(faulty).toBeGreaterThan(50)
    expect(hidden).toBeGreaterThan(50)
  })
  it('carries neither its texts of conditions nor what only authors need', () => {
    const text = JSON.stringify(sent({ code: 'a.form', version: 3, name: label('表'), areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: label('出处'), note: label('说明'), pages: [{ code: 'p', title: label('页'), fields: [{ code: 'x', type: 'text', dict: 'enterprise.name', label: label('甲'), known: 'workplace.name', visibleWhen: 'x == "1"' }] }] }))
    expect(text).not.toMatch(/出处|说明|enterprise\.name|effectiveFrom/)
    expect(text).toContain('"known":"workplace_name"')
  })
})

describe('on the page', () => {
  const team = sent({
    code: 'a.form', version: 1, name: label('表'), areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: label('自拟'),
    pages: [{ code: 'one', title: label('一'), fields: [{ code: 'n', type: 'integer', label: label('人数'), unit: label('人') }] }, { code: 'none', title: label('无'), visibleWhen: 'n > 1', fields: [{ code: 'x', type: 'text', label: label('原因') }] }, { code: 'two', title: label('二'), fields: [{ code: 'rooms', type: 'group', label: label('房间'), fields: [{ code: 'bed', type: 'text', label: label('床位'), required: true }] }] }],
  })
  it('pages with nothing to show are passed over', () => {
    expect(pagesOf(team, lookAt(team, {})).map((page) => page.code)).toEqual(['one', 'two'])
    expect(pagesOf(team, lookAt(team, { n: 2 })).map((page) => page.code)).toEqual(['one', 'none', 'two'])
    expect([pageOfPath(team.pages, '/rooms/0/bed'), pageOfPath(team.pages, '/token')]).toEqual([2, -1])
  })
  it('faults stand under the id of their field, the first of each, with its name', () => {
    const faults = faultsOf(team, { n: 1.5, rooms: [{}, { bed: 'a' }] as never }, '', true) as never
    expect(errorsOf(team, faults)).toEqual({ n: '人数应为整数', 'rooms-0-bed': '请填写床位' })
    expect(errorsOf(team, [{ path: '/n', code: 'issue.form_check', params: { zh: '请说清楚', en: 'Say more' } }, { path: '/n', code: 'issue.type' }])).toEqual({ n: '请说清楚' })
    expect(idOf('/rooms/0/bed')).toBe('rooms-0-bed')
  })
  it('one answer changes and the others stay', () => {
    const before: Answers = { n: 1, rooms: [{ bed: 'a' }, { bed: 'b' }] }
    expect(withAnswer(before, '/n', 2)).toEqual({ n: 2, rooms: before['rooms'] })
    expect(withAnswer(before, '/rooms/1/bed', 'c')).toEqual({ n: 1, rooms: [{ bed: 'a' }, { bed: 'c' }] })
    expect(before['rooms']).toEqual([{ bed: 'a' }, { bed: 'b' }])
  })
  it.each<[Parameters<typeof typed>[0], string, unknown]>([
    ['number', ' ３６．５ ', 36.5], ['number', '1,200', 1200], ['number', '36.', '36.'], ['number', '-2', -2], ['integer', '', null], ['integer', '三', '三'], ['phone', '+86 139 0000 0001', '13900000001'], ['phone', '0851-85988888', '0851-85988888'],
    ['creditCode', ' 91520103ma6dfake0e', '91520103MA6DFAKE0E'], ['moment', '2020-02-24T09:30', '2020-02-24T09:30:00+08:00'], ['moment', '', null], ['text', ' 张三 ', ' 张三 '], ['text', '', null], ['day', '2020-02-24', '2020-02-24'],
  ])('%s typed as “%s” is %j', (type, text, answer) => expect(typed(type, text)).toBe(answer))
  it('answers are read back in words', () => {
    const of = (type: FormField['type'], answer: unknown, own: object = {}) => answerText({ code: 'x', type, label: label('甲'), ...own } as never, answer as never)
    expect([of('boolean', false), of('number', 36.555, { unit: label('℃') }), of('code', 'dorm', { codes: CODES }), of('codes', ['home', 'dorm'], { codes: CODES }), of('moment', '2020-02-24T09:30:00+08:00'), of('text', null), of('codes', [])]).toEqual(['否', '36.56 ℃', '宿舍', '居家、宿舍', '2020-02-24 09:30', '未填写', '未填写'])
    // Codes that were chosen from a list are read back by their names, and only they.
    nameCode('420100', label('武汉市'))
    expect([of('area', '420100'), of('text', '420100'), answerText({ code: 'x', type: 'text', label: label('甲') }, '420100', true), of('area', '999999')]).toEqual(['武汉市', '420100', '武汉市', '999999'])
    expect([shownAs('moment', '2020-02-24T09:30:00+08:00'), shownAs('number', 0), shownAs('text', null)]).toEqual(['2020-02-24T09:30', '0', ''])
  })
})

// Written after browsers of 2017: the build lowers syntax, not what the browser itself must bring.
const sources = [...['form.tsx', 'form-fields.tsx', 'form-answers.ts', 'join.tsx', 'report.tsx', 'report-bind.tsx', 'report-normal.tsx', 'report-answers.ts', 'report-deliver.ts', 'report-proof.tsx', 'report-hash.ts', 'kit.ts', 'parts.tsx', 'c.tsx'].map((file) => `web/h5/${file}`), 'contract/forms.work.ts', 'contract/forms.faults.ts', 'contract/expressions.work.ts']
test.each(sources)('%s uses nothing that Android 8 lacks', (file) => {
  const text = readFileSync(file, 'utf8')
  expect(text.match(/\.(flatMap|flat|at|replaceAll|matchAll|findLast|toSorted|finally|allSettled)\(|Object\.fromEntries|structuredClone|globalThis|\\p\{|\(\?<[=!]|BigInt/g)).toBeNull()
})
