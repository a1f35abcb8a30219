// Which units a row of the table of routes leads to: missing ones replaced and said, nobody twice, steps in order.
import { describe, expect, it } from 'vitest'
import type { RouteUnit } from '@fugong/contract/declarations'
import { settle, soughtAt, wishesOf, type Place } from './route.rules.ts'

const place: Place = { districtCode: '520103', streetCode: '520103020', zoneCode: null, communityCode: null, department: 'commerce', cityCode: '520100' }
const row = (lead: string | null, leadElse: string | null = null, together: string | null = null, togetherElse: string | null = null, then: string | null = null) => ({ lead, leadElse, together, togetherElse, then })
const there = (...units: RouteUnit[]) => (unit: RouteUnit) => (units.includes(unit) ? { id: unit } : undefined)
const shown = (steps: ReturnType<typeof settle>) => steps.map((step) => step.map((node) => `${node.role} ${node.unitId}${node.wanted ? ` for ${node.wanted}` : ''}`))

describe('where a unit is looked for', () => {
  it.each<[RouteUnit, Partial<Place>, unknown]>([
    ['street', {}, { kind: 'streetOffice', areaCode: '520103020', department: null }],
    ['department', {}, { kind: 'department', areaCode: '520103', department: 'commerce' }],
    ['cityDepartment', {}, { kind: 'department', areaCode: '520100', department: 'commerce' }],
    ['department', { department: null }, undefined],
    ['taskForce', {}, { kind: 'districtTaskForce', areaCode: '520103', department: null }],
    ['command', {}, { kind: 'commandCentre', areaCode: '520100', department: null }],
    ['zoneCommittee', {}, undefined],
    ['zoneCommittee', { zoneCode: '520171' }, { kind: 'zoneCommittee', areaCode: '520171', department: null }],
    ['community', {}, undefined],
    ['community', { communityCode: '520103020901' }, { kind: 'community', areaCode: '520103020901', department: null }],
  ])('%s with %j', (unit, change, sought) => expect(soughtAt(unit, { ...place, ...change })).toEqual(sought))
})

describe('the units of a declaration', () => {
  it.each<[string, ReturnType<typeof row>, RouteUnit[], string[][]]>([
    ['one alone', row('zoneCommittee'), ['zoneCommittee', 'taskForce'], [['lead zoneCommittee']]],
    ['two together', row('street', 'taskForce', 'department', 'taskForce'), ['street', 'department', 'taskForce'], [['lead street', 'help department']]],
    ['the stand-in of a missing helper', row('street', 'taskForce', 'department', 'taskForce'), ['street', 'taskForce'], [['lead street', 'help taskForce for department']]],
    ['a missing helper without a stand-in is left out', row('street', null, 'department'), ['street', 'taskForce'], [['lead street']]],
    ['the stand-in of a missing lead', row('community', 'street'), ['street', 'taskForce'], [['lead street for community']]],
    ['nothing but the task force', row('community', 'street'), ['taskForce'], [['lead taskForce for community']]],
    ['nothing but the command centre', row('community', 'street'), ['command'], [['lead command for community']]],
    ['nobody at all', row('community', 'street'), [], []],
    ['one unit that would stand twice', row('community', 'taskForce', 'department', 'taskForce'), ['taskForce'], [['lead taskForce for community']]],
    ['one after the other', row('street', null, 'department', null, 'taskForce'), ['street', 'department', 'taskForce'], [['lead street', 'help department'], ['lead taskForce']]],
    ['a second step of the same unit is none', row('community', 'taskForce', null, null, 'taskForce'), ['taskForce'], [['lead taskForce for community']]],
    ['a row that names nobody', row(null), ['taskForce'], []],
    ['a word that is no unit', row('mayor', 'taskForce'), ['taskForce'], []],
  ])('%s', (_, outputs, units, expected) => expect(shown(settle(wishesOf(outputs), there(...units)))).toEqual(expected))
})
