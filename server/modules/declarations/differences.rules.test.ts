// What differs between two states of a declaration: each field once, in the order of the form, whatever order the database keeps.
import { describe, expect, it } from 'vitest'
import type { Form } from '@fugong/contract/forms'
import { differencesOf, type Snapshot } from './differences.rules.ts'

const text = { zh: '题', en: 'Question' }
const form: Form = {
  code: 'declaration.plan', version: 1, name: text, areaCode: '520100', effectiveFrom: '2020-02-10T00:00:00+08:00', source: text,
  pages: [{ code: 'one', title: text, fields: [{ code: 'leader', type: 'boolean', label: text }, { code: 'masks', type: 'integer', label: text }, { code: 'rooms', type: 'group', label: text, fields: [{ code: 'beds', type: 'integer', label: text }] }] }],
}
const before: Snapshot = {
  firm: { name: '甲厂', creditCode: '91520103MAYT0001X0', industryCode: '3982', class: 'general', kind: 'company', size: 'small' }, workplace: { name: '一车间', scene: 'park', address: '样例路 1 号' },
  plannedDate: '2020-02-26', headcount: 20, level: 'medium', procedure: 'review', answers: { leader: true, masks: 300, rooms: [{ beds: 2 }] }, files: [{ name: '方案.pdf', sha256: 'aa' }, { name: '平面图.png', sha256: 'bb' }],
}
const codes = (after: Snapshot) => differencesOf(before, after, form).map(({ code }) => code)

describe('differences', () => {
  it('are none between a thing and itself', () => expect(codes(structuredClone(before))).toEqual([]))
  it('name what was and what is', () => expect(differencesOf(before, { ...before, headcount: 24 }, form)).toEqual([{ code: 'headcount', before: 20, after: 24 }]))
  it.each<[string, Partial<Snapshot>, string[]]>([
    ['an answer', { answers: { ...before.answers, masks: 301 } }, ['masks']],
    ['an answer taken away', { answers: { leader: true, rooms: [{ beds: 2 }] } }, ['masks']],
    ['rows of a group', { answers: { ...before.answers, rooms: [{ beds: 2 }, { beds: 1 }] } }, ['rooms']],
    ['names in another order', { answers: { rooms: [{ beds: 2 }], masks: 300, leader: true } }, []],
    ['the same papers under other names', { files: [{ name: '平面图（新）.png', sha256: 'bb' }, { name: '方案.pdf', sha256: 'aa' }] }, []],
    ['another paper under the same name', { files: [{ name: '方案.pdf', sha256: 'cc' }, { name: '平面图.png', sha256: 'bb' }] }, ['files']],
    ['the firm, the place, the level, then the plan in their order', { plannedDate: null, level: 'low', firm: { ...before.firm, class: 'vital' }, workplace: { ...before.workplace, address: '样例路 2 号' }, answers: { ...before.answers, leader: false } }, ['firm.class', 'workplace.address', 'level', 'plannedDate', 'leader']],
    ['what the form does not ask', { answers: { ...before.answers, gone: 'x' } }, []],
  ])('%s', (_, change, expected) => expect(codes({ ...before, ...change })).toEqual(expected))
})
