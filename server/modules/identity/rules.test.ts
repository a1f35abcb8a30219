// Tables of cases for the pure decisions of identity.
import { describe, expect, it } from 'vitest'
import { addressKey, addressPrefix, areaWithin, canDo, countAsTwo, counting, isCity, isKnown, isWeak, resendWait, slowDown, waitFor, type Tries } from './rules.ts'

const now = new Date('2020-02-24T02:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
const tries = (failures: number, secondsAgo: number, known = false): Tries => ({ failures, lastAt: ago(secondsAgo), knownAt: known ? ago(secondsAgo) : null })

describe('slowing down', () => {
  it.each([[0, 0], [4, 0], [5, 2], [6, 4], [7, 8], [9, 32], [13, 512], [14, 900], [40, 900], [5000, 900]])('after %i failures of an account from one network: %i s', (failures, seconds) => {
    expect(slowDown(failures, 'pair')).toBe(seconds)
  })
  it.each([[29, 0], [30, 2], [34, 32], [35, 60], [999, 60]])('after %i failures from one address: %i s', (failures, seconds) => {
    expect(slowDown(failures, 'address')).toBe(seconds)
  })
  it('counts failures for an hour', () => {
    expect(counting(undefined, now)).toBe(0)
    expect(counting(tries(7, 3599), now)).toBe(7)
    expect(counting(tries(7, 3600), now)).toBe(0)
  })
  it('waits from the last failure on, by whichever count asks for most', () => {
    expect(waitFor({}, now)).toBe(0)
    expect(waitFor({ pair: tries(5, 0) }, now)).toBe(2)
    expect(waitFor({ pair: tries(7, 3) }, now)).toBe(5)
    expect(waitFor({ pair: tries(7, 8) }, now)).toBe(0)
    expect(waitFor({ pair: tries(5, 0), address: tries(34, 0) }, now)).toBe(32)
  })
  it('spaces tries on an account by two seconds at most, however many failed', () => {
    expect(waitFor({ account: tries(4, 0) }, now)).toBe(0)
    for (const failures of [5, 50, 1_000_000]) expect(waitFor({ account: tries(failures, 0) }, now)).toBe(2)
    expect(waitFor({ account: tries(1_000_000, 2) }, now)).toBe(0)
  })
  it('does not hold up an address the account is known at', () => {
    expect(waitFor({ pair: tries(0, 60, true), account: tries(1_000_000, 0) }, now)).toBe(0)
    expect(isKnown(tries(0, 29 * 86_400, true), now)).toBe(true)
    expect(isKnown(tries(0, 31 * 86_400, true), now)).toBe(false)
    // Its own failures count there too.
    expect(waitFor({ pair: tries(5, 0, true), account: tries(9, 0) }, now)).toBe(2)
  })
})

describe('networks', () => {
  it.each([
    ['10.1.2.3', '10.1.2.0/24'], ['::ffff:10.1.2.3', '10.1.2.0/24'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s lies in %s', (address, prefix) => expect(addressPrefix(address)).toBe(prefix))
})

describe('phone codes', () => {
  const hour = (secondsAgo: number, sent: number) => ({ hourAt: ago(secondsAgo), sent })
  it.each([
    ['never sent', undefined, {}, 0], ['just sent', ago(0), {}, 60], ['59 s ago', ago(59), {}, 1], ['60 s ago', ago(60), {}, 0],
    ['five from this network in this hour', ago(100), { network: hour(1800, 5) }, 1800], ['four from it', ago(100), { network: hour(1800, 4) }, 0], ['five in an hour that is over', ago(100), { network: hour(3601, 5) }, 0],
    ['ten from unknown networks', ago(100), { network: hour(1800, 1), unknown: hour(3000, 10) }, 600], ['nine from them', ago(100), { unknown: hour(3000, 9) }, 0],
  ])('%s', (_what, last, hours, seconds) => expect(resendWait(last, hours, now)).toBe(seconds))
  it.each([['10.1.2.3', '10.1.2.3'], ['::ffff:10.1.2.3', '10.1.2.3'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64']])('tries from %s are counted under %s', (address, key) => expect(addressKey(address)).toBe(key))
})

describe('passwords', () => {
  it.each([
    'short-1!', 'elevenchars', '123456789012', '987654321098', 'abcdefghijklmn', 'aaaaaaaaaaaaaa', 'abababababab', 'password1234', 'Password2020!', 'P@ssw0rd2020!!',
    'qwertyuiop123', 'fugong202002', 'Guiyang-2020-02', 'woaini5201314', 'admin-admin-admin', 'luyuanming-ok-12', 'xxLUYUANMINGxx', '１２３４５６７８９０１２',
  ])('%s is weak', (password) => expect(isWeak(password, 'luyuanming')).toBe(true))
  it.each(['k7mq-x3vp-9tdw-hn4c', 'correct horse battery staple', '南明河畔的樱花三月才开得好看', 'Zunyi!road_71 winter', 'testimony under oath 9', '83Q1-27z8-5b26'])('%s is strong', (password) => {
    expect(isWeak(password, 'luyuanming')).toBe(false)
  })
})

describe('areas', () => {
  it.each([
    ['520000', '520103', true], ['520100', '520103', true], ['520100', '520171', true], ['520100', '520103020', true], ['520100', '520200', false], ['520100', '520100', true],
    ['520103', '520103', true], ['520103', '520103020', true], ['520103', '520102', false], ['520103', '520100', false], ['520103020', '520103020901', true], ['520103020', '520103021', false],
  ])('%s holds %s: %s', (outer, inner, expected) => expect(areaWithin(outer, inner)).toBe(expected))
  it('knows a city by its code', () => {
    expect(['520100', '520103', '520103020', '520103020900'].map(isCity)).toEqual([true, false, false, false])
  })
})

describe('what can be done to a person', () => {
  const all = { id: 'me', may: () => true }
  const nothing = { id: 'me', may: () => false }
  it.each([
    ['a colleague', { self: false, active: true, recovery: null }, all, ['grant', 'endGrant', 'deactivate', 'requestRecovery']],
    ['myself', { self: true, active: true, recovery: null }, all, ['endGrant', 'deactivate']],
    ['myself in recovery', { self: true, active: true, recovery: { requestedById: 'other' } }, all, ['endGrant', 'deactivate']],
    ['a recovery I asked for', { self: false, active: true, recovery: { requestedById: 'me' } }, all, ['grant', 'endGrant', 'deactivate', 'cancelRecovery']],
    ['a recovery another asked for', { self: false, active: true, recovery: { requestedById: 'other' } }, all, ['grant', 'endGrant', 'deactivate', 'confirmRecovery', 'cancelRecovery']],
    ['a recovery asked for by whom I made', { self: false, active: true, recovery: { requestedById: 'other', barred: true } }, all, ['grant', 'endGrant', 'deactivate', 'cancelRecovery']],
    ['an inactive person', { self: false, active: false, recovery: null }, all, []],
    ['without the verbs', { self: false, active: true, recovery: { requestedById: 'other' } }, nothing, []],
  ])('%s', (_what, person, administrator, expected) => expect(canDo(person, administrator)).toEqual(expected))
})

describe('two administrators', () => {
  const one = (personId: string, givenBy: string | null, hours: number) => ({ personId, givenBy, givenAt: ago(hours * 3600) })
  const old = 100
  it.each([
    ['of long standing', [one('a', null, old), one('b', null, old)], true],
    ['one made by the other, with a third', [one('a', null, old), one('b', 'a', old), one('c', null, old)], false],
    ['the other way round', [one('a', 'b', old), one('b', null, old), one('c', null, old)], false],
    ['one made by the other, with nobody else', [one('a', null, old), one('b', 'a', old)], true],
    ['one made by the other, with a third of the same making', [one('a', null, old), one('b', 'a', old), one('c', 'a', old)], true],
    ['one of yesterday, with a third', [one('a', null, old), one('b', 'c', 71), one('c', null, old)], false],
    ['one of 72 hours', [one('a', null, old), one('b', 'c', 72), one('c', null, old)], true],
    ['one of yesterday, with another of yesterday', [one('a', null, old), one('b', null, 20), one('c', null, 20)], true],
    ['one made by the other and confirmed by a third since', [one('a', null, old), one('b', 'a', old), one('b', 'c', old), one('c', null, old)], true],
  ])('%s: %#', (_what, administrators, expected) => {
    expect(countAsTwo('a', 'b', administrators, now)).toBe(expected)
    expect(countAsTwo('b', 'a', administrators, now)).toBe(expected)
  })
})
