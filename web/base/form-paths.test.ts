// Values by pointer, labels by pattern, and the order in which faults are told.
import { expect, test } from 'vitest'
import { arrangeIssues, controlId, labelOf, valueAt, withoutPath, withValueAt } from './form-paths.ts'

test('values are read and changed by pointer, the rest stays the same object', () => {
  const before = { name: '甲', workplace: { name: '一号车间', floors: [1, 2] }, other: {} }
  expect(valueAt(before, '/workplace/name')).toBe('一号车间')
  expect(valueAt(before, '/workplace/floors/1')).toBe(2)
  expect(valueAt(before, '/nothing/here')).toBeUndefined()
  const after = withValueAt(before, '/workplace/name', '二号车间')
  expect(after.workplace.name).toBe('二号车间')
  expect(before.workplace.name).toBe('一号车间')
  expect(after.other).toBe(before.other)
})
test('lists stay lists, also when one is added', () => {
  const gaps = { gaps: [{ text: 'a' }] }
  expect(withValueAt(gaps, '/gaps/0/text', 'b')).toEqual({ gaps: [{ text: 'b' }] })
  expect(withValueAt(gaps, '/gaps/1/text', 'c')).toEqual({ gaps: [{ text: 'a' }, { text: 'c' }] })
  expect(withValueAt({} as { a?: { b?: number } }, '/a/b', 1)).toEqual({ a: { b: 1 } })
})
test('pointers may hold escaped slashes', () => expect(valueAt({ 'a/b': { 'c~d': 1 } }, '/a~1b/c~0d')).toBe(1))
test('labels are found by path or by pattern', () => {
  const labels = { '/name': '企业名称', '/gaps/*/text': '缺项' }
  expect(labelOf(labels, '/name')).toBe('企业名称')
  expect(labelOf(labels, '/gaps/3/text')).toBe('缺项')
  expect(labelOf(labels, '/gaps/3')).toBeUndefined()
})
test('faults are told once per entry, in the order of the page, unknown ones last', () => {
  const labels = { '/creditCode': '', '/name': '', '/gaps/*/text': '' }
  const told = arrangeIssues([
    { path: '/elsewhere', code: 'issue.unknown' }, { path: '/gaps/1/text', code: 'issue.text' }, { path: '/name', code: 'issue.required' }, { path: '/gaps/0/text', code: 'issue.text' },
    { path: '/creditCode', code: 'issue.too_short' }, { path: '/creditCode', code: 'issue.credit_code_shape' },
  ], labels)
  expect(told.map(({ path, code }) => `${path} ${code}`)).toEqual(['/creditCode issue.too_short', '/name issue.required', '/gaps/1/text issue.text', '/gaps/0/text issue.text', '/elsewhere issue.unknown'])
})
test('a changed entry loses its faults and those below it', () => {
  const left = withoutPath([{ path: '/a', code: 'x' }, { path: '/a/b', code: 'x' }, { path: '/ab', code: 'x' }], '/a')
  expect(left.map(({ path }) => path)).toEqual(['/ab'])
})
test('control ids hold nothing a selector would trip over', () => expect(controlId('r1', '/workplace/name')).toBe('r1-workplace-name'))
