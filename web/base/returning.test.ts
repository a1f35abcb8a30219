// The way back through the entries that a window made.
import { expect, test } from 'vitest'
import { Trail, keepAt, keptAt } from './returning.ts'

const list = { pathname: '/console/enterprises', search: '?q=影城', key: 'a' }
const firm = { pathname: '/console/enterprises/1', search: '', key: 'b' }
const tab = { ...firm, search: '?tab=history', key: 'c' }
const walked = (...steps: [typeof list, 'PUSH' | 'REPLACE' | 'POP'][]) => {
  const trail = new Trail()
  for (const [place, way] of steps) trail.visit(place, way)
  return trail
}

test('a list that lies behind is stepped back to, over the tabs of the page in between', () => {
  expect(walked([list, 'POP'], [firm, 'PUSH']).stepsTo(list.pathname)).toBe(-1)
  expect(walked([list, 'POP'], [firm, 'PUSH'], [tab, 'PUSH']).stepsTo(list.pathname)).toBe(-2)
})
test('what is not behind is led to by a link: opened directly, after a reload, or only ahead', () => {
  expect(walked([firm, 'POP']).stepsTo(list.pathname)).toBeUndefined()
  expect(walked([list, 'POP'], [firm, 'PUSH'], [{ ...firm, key: 'z' }, 'POP']).stepsTo(list.pathname)).toBeUndefined()
  expect(walked([firm, 'POP'], [list, 'PUSH'], [firm, 'POP']).stepsTo(list.pathname)).toBeUndefined()
})
test('a replaced address stays one entry, and a new way cuts off what lay ahead', () => {
  expect(walked([list, 'POP'], [{ ...list, search: '', key: 'a2' }, 'REPLACE'], [firm, 'PUSH']).stepsTo(list.pathname)).toBe(-1)
  expect(walked([list, 'POP'], [firm, 'PUSH'], [list, 'POP'], [{ ...firm, pathname: '/console', key: 'd' }, 'PUSH'], [tab, 'PUSH']).stepsTo(list.pathname)).toBe(-2)
})
test('what a page keeps is found again under its own entry, and the oldest is let go', () => {
  keepAt('first', 1)
  for (let n = 0; n < 200; n++) keepAt(`other ${n}`, n)
  expect([keptAt('first'), keptAt('other 0'), keptAt('other 199')]).toEqual([undefined, 0, 199])
})
