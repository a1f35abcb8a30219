// Groups of firms: no firm stands above itself on any day, whatever the order in which relations are stated.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closesCircle, overlap, type Edge } from './relations.rules.ts'

const edge = (parentId: string, childId: string, from = '2020-01-01', until: string | null = null): Edge => ({ parentId, childId, from, until })

describe('overlap', () => {
  it.each([
    [['2020-01-01', null], ['2021-01-01', null], true], [['2020-01-01', '2020-02-01'], ['2020-02-01', null], true], [['2020-01-01', '2020-01-31'], ['2020-02-01', null], false], [['2020-03-01', null], ['2020-01-01', '2020-02-01'], false],
  ] as const)('%j and %j: %s', ([a, b], [c, d], shared) => expect([overlap({ from: a, until: b }, { from: c, until: d }), overlap({ from: c, until: d }, { from: a, until: b })]).toEqual([shared, shared]))
})
describe('closesCircle', () => {
  it('refuses itself, its child, and whoever stands further below', () => {
    expect(closesCircle([], edge('a', 'a'))).toBe(true)
    expect(closesCircle([edge('a', 'b')], edge('b', 'a'))).toBe(true)
    expect(closesCircle([edge('a', 'b'), edge('b', 'c'), edge('c', 'd')], edge('d', 'a'))).toBe(true)
    expect(closesCircle([edge('a', 'b'), edge('b', 'c')], edge('a', 'c'))).toBe(false)
  })
  it('does not mind what had ended before', () => {
    expect(closesCircle([edge('a', 'b', '2018-01-01', '2019-12-31')], edge('b', 'a', '2020-01-01'))).toBe(false)
    expect(closesCircle([edge('a', 'b', '2018-01-01', '2020-01-01')], edge('b', 'a', '2020-01-01'))).toBe(true)
  })
  it('keeps any set of relations that is built through it free of circles', () => {
    const firm = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    fc.assert(fc.property(fc.array(fc.tuple(firm, firm), { maxLength: 25 }), (wished) => {
      const edges: Edge[] = []
      for (const [parent, child] of wished) if (!closesCircle(edges, edge(parent, child))) edges.push(edge(parent, child))
      // An order from top to bottom exists: take away who has no parent until nobody is left.
      let left = new Set('abcdef')
      for (;;) {
        const tops = [...left].filter((id) => !edges.some((one) => one.childId === id && left.has(one.parentId)))
        if (!tops.length) break
        left = new Set([...left].filter((id) => !tops.includes(id)))
      }
      expect([...left]).toEqual([])
    }), { numRuns: 400 })
  })
})
