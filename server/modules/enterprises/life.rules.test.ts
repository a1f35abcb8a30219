// The life of a firm: what may follow what, on which days, and which facts it sets.
import { describe, expect, it } from 'vitest'
import { lifeEventIssues, lifeEvents, type LifeEvent, type RecordLifeEvent } from '@fugong/contract/enterprises.register'
import { dayAfter, dayFaults, patchOf, refusalOf } from './life.rules.ts'

describe('refusalOf', () => {
  const allowed: Record<string, LifeEvent[]> = { active: ['founded', 'renamed', 'moved', 'recoded', 'merged', 'closed'], closed: ['founded', 'reopened'], merged: ['founded'] }
  for (const state of ['active', 'closed', 'merged'] as const) {
    it(`a firm that is ${state}`, () => expect(lifeEvents.filter((kind) => refusalOf(kind, state) === undefined)).toEqual(lifeEvents.filter((kind) => allowed[state]!.includes(kind))))
  }
  it('says why', () => expect([refusalOf('closed', 'closed'), refusalOf('reopened', 'active'), refusalOf('reopened', 'merged')]).toEqual(['enterprises.not_active', 'enterprises.not_closed', 'enterprises.not_closed']))
})

describe('dayFaults', () => {
  const firm = { knownFrom: '2020-01-10', stateSince: null }
  const today = '2020-02-24'
  const code = (kind: LifeEvent, day: string, of = firm as { knownFrom: string; stateSince: string | null }) => dayFaults(kind, day, of, today).map((issue) => [issue.code, issue.params?.['limit']].filter(Boolean).join(' '))
  it.each<[LifeEvent, string, string[]]>([
    ['renamed', '2020-01-09', ['issue.too_early 2020-01-10']], ['renamed', '2020-01-10', []], ['renamed', '2020-02-24', []], ['moved', '2020-03-01', []],
    ['closed', '2021-02-24', []], ['closed', '2021-02-25', ['issue.too_far 2021-02-24']], ['founded', '1998-05-04', []], ['founded', '2020-02-25', ['issue.future']], ['recoded', '2020-02-25', ['issue.future']], ['recoded', '2020-01-01', ['issue.too_early 2020-01-10']],
  ])('%s on %s', (kind, day, faults) => expect(code(kind, day)).toEqual(faults))
  it('endings follow one another', () => {
    const closed = { knownFrom: '2020-01-10', stateSince: '2020-02-20' }
    expect(code('reopened', '2020-02-19', closed)).toEqual(['issue.too_early 2020-02-20'])
    expect(code('reopened', '2020-02-20', closed)).toEqual([])
    expect(code('renamed', '2020-02-15', closed)).toEqual([])
  })
  it('days are counted over months, years and leap days', () => expect([dayAfter('2020-02-28', 2), dayAfter('2019-12-31', 1), dayAfter('2020-02-24', 366)]).toEqual(['2020-03-01', '2020-01-01', '2021-02-24']))
})

describe('patchOf', () => {
  const firm = { name: '甲公司', formerNames: ['老甲'] }
  it('keeps former names, each once, and forgets one that is taken up again', () => {
    expect(patchOf('renamed', '2020-02-24', { name: '乙公司' }, firm)).toEqual({ name: '乙公司', formerNames: ['老甲', '甲公司'] })
    expect(patchOf('renamed', '2020-02-24', { name: '老甲' }, firm)).toEqual({ name: '老甲', formerNames: ['甲公司'] })
  })
  it('takes building and park away with the old address', () => expect(patchOf('moved', '2020-02-24', { districtCode: '520111', streetCode: '520111010', address: '新路 1 号' }, firm)).toEqual({ districtCode: '520111', streetCode: '520111010', zoneCode: null, address: '新路 1 号', building: null, park: null }))
  it('sets states with their day', () => {
    expect(patchOf('closed', '2020-02-24', {}, firm)).toEqual({ state: 'closed', stateSince: '2020-02-24' })
    expect(patchOf('reopened', '2020-03-01', {}, firm)).toEqual({ state: 'active', stateSince: '2020-03-01' })
    expect(patchOf('merged', '2020-02-24', { survivorId: 'x' }, firm)).toEqual({ state: 'merged', stateSince: '2020-02-24', mergedInto: 'x' })
    expect(patchOf('founded', '1998-05-04', {}, firm)).toEqual({ foundedOn: '1998-05-04' })
    expect(patchOf('recoded', '2020-02-24', { creditCode: 'y' }, firm)).toEqual({ creditCode: 'y' })
  })
})

describe('what an event must and may say', () => {
  const told = (kind: LifeEvent, more: Partial<RecordLifeEvent> = {}) => lifeEventIssues({ revision: 1, kind, effectiveOn: '2020-02-24', reason: '变更', ...more }).map((issue) => `${issue.path} ${issue.code}`)
  it('everything that is missing', () => {
    expect(told('renamed')).toEqual(['/name issue.required'])
    expect(told('moved')).toEqual(['/districtCode issue.required', '/streetCode issue.required', '/address issue.required'])
    expect([told('merged'), told('recoded'), told('closed'), told('reopened'), told('founded')]).toEqual([['/survivorCode issue.required'], ['/creditCode issue.required'], [], [], []])
  })
  it('everything that has no place in it', () => expect(told('closed', { name: '乙', survivorCode: '520103600123456' })).toEqual(['/name issue.unknown', '/survivorCode issue.unknown']))
  it('a code is checked as at registration', () => {
    expect(told('recoded', { creditCode: '123' })).toEqual(['/creditCode issue.credit_code_shape'])
    expect(told('recoded', { creditCode: '91350203M0001QAY9B' })[0]).toMatch(/_check$/)
    expect(told('recoded', { creditCode: '91350203M0001QAY9B', creditCodeReason: '执照如此' })).toEqual([])
    expect(told('recoded', { creditCode: '520103600123456' })).toEqual([])
  })
})
