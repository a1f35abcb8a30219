// Decisions about cases as tables of cases: the machine, when a step is over, standing against the limit, sound and faulty kinds, figures.
import { describe, expect, it } from 'vitest'
import { lampKind } from '../../test/casing.ts'
import { bandsOf, mondays, quantile, weeksOf } from './figures.rules.ts'
import { kindFaults } from './kinds.rules.ts'
import type { CaseKind } from './ports.ts'
import { FAR, isRefusal, nextState, officeDeeds, standingOf, stepIsOver } from './rules.ts'

const { kind } = lampKind()

describe('the machine of a kind', () => {
  it.each([
    ['underReview', 'check', { note: '好' }, 'checked'], ['underReview', 'decide', { outcome: 'bad', reason: '无' }, 'refused'], ['checked', 'decide', { outcome: 'good', reason: '有' }, 'settled'], ['returned', 'supplement', {}, 'underReview'], ['underReview', 'accept', {}, 'settled'],
  ])('%s: %s leads on', (state, deed, given, to) => expect(nextState(kind, state, deed, given)).toMatchObject({ to }))
  it.each([['returned', 'check'], ['settled', 'decide'], ['underReview', 'film'], ['underReview', 'nothing'], ['underReview', 'constructor']])('%s: %s is refused', (state, deed) => expect(nextState(kind, state, deed, {})).toMatchObject({ code: 'cases.state_refused' }))
  it.each([
    ['decide', {}, ['/outcome', '/reason']], ['decide', { outcome: 'toString', reason: ' ' }, ['/outcome', '/reason']], ['check', { note: '' }, ['/note']], ['giveBack', {}, ['/reason']],
  ])('%s tells all that is missing', (deed, given, paths) => {
    const refused = nextState(kind, 'underReview', deed, given)
    expect(isRefusal(refused) && refused.issues?.map(({ path }) => path)).toEqual(paths)
  })
  it('asks for evidence as a file', () => expect(nextState(kind, 'checked', 'film', { note: '好', fileIds: [] })).toMatchObject({ issues: [{ path: '/fileIds' }] }))
  it.each([['underReview', true, ['giveBack', 'check', 'decide']], ['underReview', false, ['giveBack', 'check']], ['returned', true, []], ['checked', false, ['film']]] as const)('%s, lead %s: offices can do %j', (state, lead, deeds) => expect(officeDeeds(kind, state, lead)).toEqual(deeds))
})

describe('a step is over', () => {
  const part = (role: string, state: string, step = 1) => ({ role, state, step })
  it.each([
    [[part('lead', 'open')], 'all', false], [[part('lead', 'done'), part('help', 'open')], 'all', false], [[part('lead', 'done'), part('help', 'open')], 'lead', true], [[part('lead', 'open'), part('help', 'done')], 'lead', false],
    [[part('lead', 'moved'), part('lead', 'open')], 'lead', false], [[part('lead', 'moved'), part('lead', 'done')], 'all', true], [[part('help', 'done'), part('help', 'open')], 'lead', false], [[part('lead', 'done'), part('lead', 'coming', 2)], 'all', true],
  ] as const)('%j by %s: %s', (parts, ends, over) => expect(stepIsOver(parts, 1, ends)).toBe(over))
})

describe('standing', () => {
  const now = '2020-02-24T02:00:00.000Z'
  it.each([
    ['2020-02-24T02:00:00.000Z', '2020-02-24T01:00:00.000Z', null, null, 'overdue'], ['2020-02-24T02:00:00.001Z', '2020-02-24T02:00:00.000Z', null, null, 'soon'], ['2020-02-25T02:00:00.000Z', '2020-02-24T03:00:00.000Z', null, null, 'running'],
    [FAR, FAR, 'supplement', null, 'paused'], [FAR, FAR, null, null, 'none'], ['2020-02-24T01:00:00.000Z', FAR, 'supplement', null, 'overdue'], ['2020-02-24T01:00:00.000Z', FAR, null, now, 'none'],
  ])('due %s, soon %s, paused %s, ended %s: %s', (dueAt, soonAt, pausedFor, endedAt, standing) => expect(standingOf({ dueAt, soonAt, pausedFor, endedAt }, now)).toBe(standing))
})

describe('a kind', () => {
  it('that is sound has no faults', () => expect(kindFaults(kind)).toEqual([]))
  const faulty = (change: Partial<CaseKind>) => kindFaults({ ...kind, ...change }).join('\n')
  const deed = (more: Partial<CaseKind['deeds'][string]>) => ({ ...kind.deeds, extra: { name: { zh: '甲', en: 'A' }, from: ['underReview'], to: 'checked', who: 'unit' as const, ...more } })
  it.each([
    ['opens in a state nobody knows', { opens: 'gone' }, 'unknown state gone'],
    ['has a state that is never reached', { states: { ...kind.states, lost: { name: { zh: '甲', en: 'A' }, waitingFor: 'none' as const } } }, 'state lost is never reached'],
    ['has a state without a way out', { states: { ...kind.states, stuck: { name: { zh: '甲', en: 'A' }, waitingFor: 'office' as const } }, deeds: deed({ to: 'stuck' }) }, 'nothing leads out of stuck'],
    ['leads to an unknown state', { deeds: deed({ to: 'gone' }) }, 'unknown state gone'],
    ['begins a deed in an ended state', { deeds: deed({ from: ['settled'] }) }, 'which has ended'],
    ['has a deed that begins nowhere', { deeds: deed({ from: [] }) }, 'begins nowhere'],
    ['has no English', { deeds: deed({ name: { zh: '甲', en: ' ' } }) }, 'no text in both languages'],
    ['goes by an outcome it does not ask for', { deeds: deed({ to: { a: 'checked' }, outcomes: { a: { zh: '甲', en: 'A' } } }) }, 'does not ask for it'],
    ['has an outcome without a text', { deeds: deed({ to: { a: 'checked' }, needs: ['outcome'] }) }, 'outcome a of extra has no text'],
    ['pauses for an unknown reason', { states: { ...kind.states, returned: { ...kind.states['returned']!, pausedFor: 'rain' } } }, 'unknown reason rain'],
    ['offers in bulk what the firm does', { deeds: deed({ who: 'firm', bulk: true }) }, 'not for an office'],
    ['offers in bulk what needs evidence', { deeds: deed({ bulk: true, needs: ['evidence'] }) }, 'asks for evidence'],
    ['offers in bulk what no room decides', { decide: undefined as never }, 'the room cannot decide it'],
    ['has a code that is none', { code: 'Lamp 1' }, 'is no code'],
  ] as [string, Partial<CaseKind>, string][])('that %s is refused', (_, change, fault) => expect(faulty(change)).toContain(fault))
  it('tells all its faults at once', () => expect(kindFaults({ ...kind, opens: 'gone', deeds: deed({ to: 'nowhere', from: [] }) }).length).toBeGreaterThan(2))
})

describe('figures', () => {
  it.each([[[1, 2, 3, 4], 0.5, 2], [[1, 2, 3, 4], 0.9, 4], [[7], 0.9, 7], [[], 0.5, 0], [[1, 1, 1, 9], 0.5, 1]])('of %j the share %s lies at %s', (values, share, expected) => expect(quantile(values.map((value) => ({ value, count: 1 })), share)).toBe(expected))
  it('weighs what comes together', () => expect(quantile([{ value: 1, count: 9 }, { value: 5, count: 1 }], 0.9)).toBe(1))
  it('counts ages into bands, their bounds included', () => expect(bandsOf([{ value: 0, count: 1 }, { value: 8, count: 2 }, { value: 8.1, count: 1 }, { value: 80, count: 1 }, { value: 81, count: 4 }])).toEqual([3, 1, 0, 1, 4]))
  it.each([['2020-02-24', ['2020-02-17', '2020-02-24']], ['2020-03-01', ['2020-02-17', '2020-02-24']], ['2020-01-01', ['2019-12-23', '2019-12-30']]])('weeks up to %s', (today, expected) => expect(mondays(today, 2)).toEqual(expected))
  it('have no rate in a week without any, which is not nought', () => {
    expect(weeksOf([{ week: '2020-02-24', kept: 3, missed: 1, unjudged: 2, paused: 1 }, { week: '2020-02-17', kept: 0, missed: 0, unjudged: 1, paused: 0 }], ['2020-02-10', '2020-02-17', '2020-02-24']).map(({ rate }) => rate)).toEqual([null, null, 0.75])
  })
})
