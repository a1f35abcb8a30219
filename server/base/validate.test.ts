// Requests against their contract: every fault at once, by path, as a code that screens can put into words.
import { describe, expect, test } from 'vitest'
import { Type } from 'typebox'
import { Code, Day, Id, Instant, Line, Nullable, Para, Phone, Strict, endpoint, type Issue } from '@fugong/contract/base'
import { issues as texts } from '@fugong/contract/problems.issues'
import { Problem } from './problem.ts'
import { parserOf } from './validate.ts'

const sample = endpoint({
  method: 'POST', path: '/api/sample/:id', verb: 'sample.do', summary: 'For these tests', params: Strict({ id: Id }),
  query: Strict({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), overdue: Type.Optional(Type.Boolean()) }),
  body: Strict({ name: Line(10), note: Type.Optional(Para(20)), phone: Phone, day: Nullable(Day), kind: Code(['a', 'b']), count: Type.Integer({ minimum: 1 }), tags: Type.Array(Line(5), { maxItems: 2 }), inner: Strict({ code: Line(3) }) }),
  returns: Type.Object({}),
  check: (body) => (body.name === body.inner.code ? [{ path: '/name', code: 'issue.duplicate' }] : []),
})
const parse = parserOf(sample)
const good = { name: '复工', note: '两行\n文字', phone: '13900000001', day: null, kind: 'a', count: 1, tags: [], inner: { code: 'x' } }
const params = { id: '0190b5a0-0000-7000-8000-000000000001' }

function issuesOf(body: unknown, query: unknown = {}, given: unknown = params): Issue[] {
  try {
    parse({ params: given, query, body })
  } catch (error) {
    if (error instanceof Problem) return error.issues
    throw error
  }
  return []
}
const codes = (body: unknown) => Object.fromEntries(issuesOf(body).map((issue) => [issue.path, issue.code]))

describe('a sound request', () => {
  test.each(['1900-02-28', '2000-02-29', '2020-02-29', '2199-12-31', '2020-04-30', '2020-08-31'])('%s is a day', (day) => expect(codes({ ...good, day })).toEqual({}))
  test('passes unchanged', () => expect(parse({ params, query: {}, body: good }).body).toEqual(good))
  test('query values are converted from text', () => expect(parse({ params, query: { limit: '5', overdue: 'true' }, body: good }).query).toEqual({ limit: 5, overdue: true }))
  test('body values are not converted', () => expect(codes({ ...good, count: '1' })).toEqual({ '/count': 'issue.type' }))
  test.each(['䶮㼆𬒈', '欧阳·买买提', "O'Neil & Söhne", '=1+1', '<script>alert(1)</script>'].map((name) => [name]))('text %s is text', (name) => expect(issuesOf({ ...good, note: name.slice(0, 20) })).toEqual([]))
})

describe('faults', () => {
  test('all at once, one per place', () => {
    expect(codes({ name: '', note: 'x'.repeat(21), phone: '12345', day: '2020-2-1', kind: 'c', count: 0, tags: ['123456', 'ok', 'more'], inner: {}, extra: 1 })).toEqual({
      '/name': 'issue.required', '/note': 'issue.too_long', '/phone': 'issue.phone', '/day': 'issue.day', '/kind': 'issue.choice', '/count': 'issue.too_small',
      '/tags': 'issue.too_many', '/tags/0': 'issue.too_long', '/inner/code': 'issue.required', '/extra': 'issue.unknown',
    })
  })
  test('nothing given: everything required is named', () => {
    expect(Object.keys(codes({})).sort()).toEqual(['/count', '/day', '/inner', '/kind', '/name', '/phone', '/tags'])
    expect(codes(undefined)).toEqual({ '': 'issue.type' })
    expect(codes([])).not.toEqual({})
  })
  test.each([['a tab', 'a\tb'], ['a line break', 'a\nb'], ['a null byte', 'a\u0000'], ['a bidirectional override', '\u202Ecba'], ['a lone surrogate', 'a\ud800'], ['a byte order mark', '\ufeffa'], ['blanks only', '   '], ['an escape', '\u001b[31m']])('%s in a line', (_, name) => {
    expect(codes({ ...good, name })).toEqual({ '/name': 'issue.text' })
  })
  test('the contract’s own check runs beside schema faults', () => {
    expect(codes({ ...good, name: 'x', phone: '1' })).toEqual({ '/name': 'issue.duplicate', '/phone': 'issue.phone' })
  })
  test('a check that stumbles adds nothing', () => expect(codes({ ...good, inner: null })).toEqual({ '/inner': 'issue.type' }))
  test('unlisted properties are refused, __proto__ too', () => {
    expect(codes(JSON.parse('{"__proto__":{"admin":true}}'))['/__proto__']).toBe('issue.unknown')
    expect(issuesOf(good, { admin: 'true' }).map((issue) => issue.path)).toEqual(['/admin'])
  })
  test('limits stand in the params', () => expect(issuesOf({ ...good, count: -5 })).toEqual([{ path: '/count', code: 'issue.too_small', params: { limit: 1 } }]))
  test('params are checked', () => expect(issuesOf(good, {}, { id: '../etc' })).toEqual([{ path: '/id', code: 'issue.id' }]))
  test('every code has words', () => {
    const found = [...issuesOf({}), ...issuesOf({ name: '', note: 'x'.repeat(21), phone: '1', day: '1', kind: 'c', count: 0, tags: ['123456', '', ''], inner: 1, extra: 1 })]
    expect(found.length).toBeGreaterThan(12)
    for (const issue of found) expect(texts).toHaveProperty([issue.code])
  })
})

describe('days and moments that no calendar has', () => {
  const moment = parserOf(endpoint({ method: 'POST', path: '/api/moments', verb: 'sample.do', summary: 'For these tests', body: Strict({ at: Instant }), returns: Type.Object({}) }))
  const parsed = (at: string) => () => moment({ params: {}, query: {}, body: { at } })
  // The database takes none of them: let through, each would be a failure of ours and not a fault that is told.
  test.each(['2020-02-30', '2021-02-29', '1900-02-29', '2100-02-29', '2020-04-31', '2020-11-31', '2020-00-10', '9999-12-31', '0000-01-01'])('%s is no day, nor of a moment', (day) => {
    expect(codes({ ...good, day })).toEqual({ '/day': 'issue.day' })
    expect(parsed(`${day}T10:00:00Z`)).toThrow(Problem)
  })
  test.each(['2020-02-29T23:59:59.999Z', '2020-02-24T10:00+08:00', '2199-12-31T23:59:00-12:00'])('%s is a moment', (at) => expect(parsed(at)).not.toThrow())
})
