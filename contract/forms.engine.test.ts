// Forms against answers: what is shown and asked, what is worked out, groups, files, and all faults at once.
import { describe, expect, it } from 'vitest'
import type { Answers, Form, FormField } from './forms.ts'
import { checkAnswers, filesAmong, isRows, look } from './forms.engine.ts'

const text = { zh: '甲', en: 'A' }
const codes = [{ value: 'home', label: text }, { value: 'dorm', label: text }]
const field = (code: string, type: FormField['type'], more: Partial<FormField> = {}): FormField => ({ code, type, label: text, ...more })
const page = (code: string, fields: FormField[], visibleWhen?: string) => ({ code, title: text, fields, ...(visibleWhen ? { visibleWhen } : {}) })
const formOf = (...pages: Form['pages']): Form => ({ code: 'a.form', version: 1, name: text, areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: text, pages })
const faults = (form: Form, answers: Answers, complete = true, known = {}) => checkAnswers(form, answers, '/answers', complete, known).map(({ path, code }) => `${path} ${code}`)

const watched = formOf(
  page('people', [field('returned', 'integer', { required: true, min: 0 }), field('place', 'code', { codes, required: true, visibleWhen: 'returned > 0' }), field('room', 'text', { visibleWhen: 'place == "dorm"', requiredWhen: 'returned > 5' })]),
  page('site', [field('closed', 'boolean', { required: true })], 'workplace_scene == "site"'),
  page('stock', [field('masks', 'integer', { required: true }), field('each', 'number', { computed: 'masks / declaration_headcount' }), field('short', 'para', { requiredWhen: 'each < 2', check: { when: 'size(short) > 3', message: { zh: '请说清楚', en: 'Say more' } } })]),
)

describe('what is shown', () => {
  it.each<[Answers, object, string[]]>([
    [{}, {}, ['returned', 'masks', 'each', 'short']],
    [{ returned: 0 }, {}, ['returned', 'masks', 'each', 'short']],
    [{ returned: 3 }, {}, ['returned', 'place', 'masks', 'each', 'short']],
    [{ returned: 3, place: 'dorm' }, {}, ['returned', 'place', 'room', 'masks', 'each', 'short']],
    // A hidden answer no longer counts: the room hangs on a place that is not asked.
    [{ returned: 0, place: 'dorm' }, { facts: { workplace_scene: 'site' } }, ['returned', 'closed', 'masks', 'each', 'short']],
  ])('%j with %j', (answers, known, shown) => {
    const view = look(watched, answers, known)
    expect(watched.pages.flatMap(({ fields }) => fields).filter(({ code }) => view.field(code).shown).map(({ code }) => code)).toEqual(shown)
  })
  it('requires by condition', () => {
    expect(look(watched, { returned: 6, place: 'dorm' }).field('room').required).toBe(true)
    expect(look(watched, { returned: 5, place: 'dorm' }).field('room').required).toBe(false)
    expect(look(watched, { masks: 10 }, { facts: { declaration_headcount: 10 } }).field('short').required).toBe(true)
    expect(look(watched, { masks: 10 }).field('short').required).toBe(false)
  })
  it('unknown names are nowhere', () => {
    const view = look(watched, { nothing: 1 })
    expect(view.field('nothing')).toMatchObject({ shown: false, value: null })
    expect(view.rowField('people', 0, 'x').shown).toBe(false)
    expect(view.page('nowhere')).toBe(true)
  })
})
describe('what counts', () => {
  it('leaves out what is hidden and puts in what is worked out', () => {
    expect(look(watched, { returned: 0, place: 'home', room: '3', masks: 30, each: 99, closed: true }, { facts: { declaration_headcount: 12 } }).effective()).toEqual({ returned: 0, masks: 30, each: 2.5 })
    expect(look(watched, { masks: 30 }, { facts: { declaration_headcount: 0 } }).effective()).toEqual({ masks: 30 })
  })
  it('a circle that slipped in ends', () => {
    const circle = formOf(page('p', [field('a', 'number', { computed: 'b + 1' }), field('b', 'number', { computed: 'a + 1' })], 'a > 1'))
    expect(look(circle, {}).effective()).toEqual({})
  })
})
describe('faults', () => {
  it('are told all at once, hidden fields none', () => {
    expect(faults(watched, { returned: -1, place: 'away', masks: 1.5, stranger: 1 })).toEqual(['/answers/stranger issue.unknown', '/answers/returned issue.too_small', '/answers/masks issue.form_integer'])
    expect(faults(watched, { returned: 2, place: 'away' })).toEqual(['/answers/place issue.choice', '/answers/masks issue.required'])
    expect(faults(watched, {})).toEqual(['/answers/returned issue.required', '/answers/masks issue.required'])
    expect(faults(watched, {}, false)).toEqual([])
    expect(faults(watched, { returned: 0, masks: 1, each: 'x' })).toEqual([])
  })
  it('of type are told, however conditions use the answer', () => {
    const form = formOf(page('p', [field('several', 'codes', { codes }), field('name', 'text'), field('n', 'integer'), field('x', 'text', { required: true, visibleWhen: '!("home" in several) && !name.startsWith("a") && size(several) < 1' }), field('y', 'number', { computed: 'n + 1' })]))
    expect(faults(form, { several: 3, name: true, n: '4' })).toEqual(['/answers/several issue.type', '/answers/name issue.type', '/answers/n issue.type'])
    expect(look(form, { several: 3, name: 'b', n: '4' }).field('x').shown).toBe(true)
    expect(look(form, { n: '4' }).field('y').value).toBeNull()
  })
  it('of a rule come in the author’s words, and not before it can be worked out', () => {
    expect(checkAnswers(watched, { returned: 0, masks: 1, short: '缺' }, '', true)).toEqual([{ path: '/short', code: 'issue.form_check', params: { zh: '请说清楚', en: 'Say more' } }])
    expect(faults(watched, { returned: 0, masks: 1, short: '缺口罩一百' })).toEqual([])
    const later = formOf(page('p', [field('from', 'day'), field('to', 'day', { check: { when: 'to >= from && to >= today', message: text } })]))
    expect(faults(later, { to: '2020-02-01' })).toEqual([])
    expect(faults(later, { from: '2020-02-02', to: '2020-02-01' })).toEqual(['/answers/to issue.form_check'])
    expect(faults(later, { from: '2020-02-02', to: '2020-02-03' }, true, { today: '2020-02-24' })).toEqual(['/answers/to issue.form_check'])
  })
  const id = '0170a1b2-0000-7000-8000-000000000001'
  it.each<[FormField, unknown, string | undefined]>([
    [field('x', 'boolean'), 'yes', 'type'], [field('x', 'integer'), 2.5, 'form_integer'], [field('x', 'number', { max: 3 }), 4, 'too_large'], [field('x', 'number'), Number.NaN, 'type'], [field('x', 'codes', { codes }), ['home', 'dorm'], undefined],
    [field('x', 'codes', { codes }), ['home', 'home'], 'duplicate'], [field('x', 'codes', { codes }), ['other'], 'choice'], [field('x', 'codes', { codes, max: 1 }), ['home', 'dorm'], 'too_many'], [field('x', 'codes', { codes, min: 2 }), ['home'], 'too_few'], [field('x', 'codes', { codes }), 'home', 'type'],
    [field('x', 'day'), '2020-02-30', 'day'], [field('x', 'moment'), '2020-02-24T09:30:00+08:00', undefined], [field('x', 'moment'), '2020-02-30T09:30:00Z', 'instant'], [field('x', 'area'), '520103', undefined], [field('x', 'area'), '5201', 'area'],
    [field('x', 'phone'), '13900000000', undefined], [field('x', 'phone'), '0851-85988888', undefined], [field('x', 'phone'), '12345', 'form_phone'], [field('x', 'creditCode'), '91520112MAYP0001X2', undefined], [field('x', 'creditCode'), '9152O112', 'credit_code_shape'],
    [field('x', 'file'), [id], undefined], [field('x', 'file'), ['../etc'], 'id'], [field('x', 'text', { pattern: '[A-Z]{3}' }), 'ABC', undefined], [field('x', 'text', { pattern: '[A-Z]{3}' }), 'ABCD', 'format'], [field('x', 'text', { pattern: '(' }), 'any', undefined], [field('x', 'text', { min: 3 }), '两字', 'too_short'],
    [field('x', 'text'), 'a\nb', 'text'], [field('x', 'para'), 'a\nb', undefined], [field('x', 'para'), '   ', 'text'], [field('x', 'text'), [], 'type'], [field('x', 'para'), [{ a: 1 }], 'type'], [field('x', 'group', { fields: [field('y', 'text') as never] }), ['a'], 'type'],
  ])('%j takes %j: %s', (one, answer, code) => expect(checkAnswers(formOf(page('p', [one])), { x: answer as never }, '', true).map((issue) => issue.code)).toEqual(code ? [`issue.${code}`] : []))
})
describe('groups', () => {
  const team = formOf(page('p', [
    field('rooms', 'group', { min: 1, max: 3, required: true, fields: [field('name', 'text', { required: true }), field('beds', 'integer', { required: true, min: 1 }), field('people', 'integer', { check: { when: 'people <= beds', message: text } }), field('free', 'number', { computed: 'beds - people' }), field('why', 'text', { visibleWhen: 'free < 0 || large', requiredWhen: 'free < 0' })] as never }),
    field('large', 'boolean'), field('total', 'number', { computed: 'sum(rooms, "beds")' }), field('left', 'number', { computed: 'sum(rooms, "free")' }), field('many', 'text', { visibleWhen: 'size(rooms) > 1' }),
  ]))
  const rows = (...all: object[]) => ({ rooms: all }) as Answers
  it('check each row, with the path of its field', () => {
    expect(faults(team, rows({ name: 'a', beds: 2, people: 1 }, { beds: 0, people: 3, extra: 1 }))).toEqual(['/answers/rooms/1/extra issue.unknown', '/answers/rooms/1/name issue.required', '/answers/rooms/1/beds issue.too_small', '/answers/rooms/1/people issue.form_check', '/answers/rooms/1/why issue.required'])
    expect(faults(team, {})).toEqual(['/answers/rooms issue.required'])
    expect(faults(team, rows({}, {}, {}, {}), false)).toEqual(['/answers/rooms issue.too_many'])
  })
  it('work out rows, sums and what hangs on how many there are', () => {
    const answers = { ...rows({ name: 'a', beds: 2, people: 1 }, { name: 'b', beds: 4, people: 4, why: '满' }), large: false, many: 'x' }
    const view = look(team, answers)
    expect([view.field('total').value, view.field('left').value, view.field('many').shown, view.rowField('rooms', 0, 'free').value, view.rowField('rooms', 1, 'why').shown, view.rowField('rooms', 7, 'free').value]).toEqual([6, 1, true, 1, false, null])
    expect(view.effective()).toEqual({ rooms: [{ name: 'a', beds: 2, people: 1, free: 1 }, { name: 'b', beds: 4, people: 4, free: 0 }], large: false, total: 6, left: 1, many: 'x' })
    expect(isRows((answers as Answers)["rooms"])).toBe(true)
  })
})
it('files are found wherever they are named', () => {
  const id = (n: number) => `0170a1b2-0000-7000-8000-00000000000${n}`
  expect(filesAmong({ a: [id(1)], b: [{ c: [id(2)], d: 'x' }, { c: [id(1)] }] as never, e: id(3), f: ['x'], g: null })).toEqual([id(1), id(2)])
})
