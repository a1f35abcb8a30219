// Tables of cases for the decisions about certificates.
import { describe, expect, it } from 'vitest'
import { certificateCheck, certificateStates, readCertificateNumber, type CertificateState } from '@fugong/contract/certificates'
import { cityOf, lastDay, machine, next, numberFrom, officeDeeds, readSearch, standingOn, type Deed } from './rules.ts'

describe('states', () => {
  const deeds = Object.keys(machine) as Deed[]
  const allowed: [CertificateState, Deed, CertificateState][] = [
    ['valid', 'suspend', 'suspended'], ['suspended', 'resume', 'valid'], ['valid', 'revoke', 'revoked'], ['suspended', 'revoke', 'revoked'], ['valid', 'supersede', 'superseded'],
    ['valid', 'expire', 'expired'], ['suspended', 'expire', 'expired'], ['valid', 'withdraw', 'withdrawn'], ['suspended', 'withdraw', 'withdrawn'], ['valid', 'close', 'closed'], ['suspended', 'close', 'closed'],
  ]
  it.each(allowed)('%s, %s → %s', (state, deed, to) => expect(next(state, deed)).toBe(to))
  it('allow nothing else', () => {
    const found = certificateStates.flatMap((state) => deeds.filter((deed) => next(state, deed)).map((deed) => `${state} ${deed}`))
    expect(found.sort()).toEqual(allowed.map(([state, deed]) => `${state} ${deed}`).sort())
  })
  it.each(['revoked', 'superseded', 'expired', 'withdrawn', 'closed'] as const)('never leave %s', (state) => expect(deeds.filter((deed) => next(state, deed))).toEqual([]))
  it('are moved by hand by offices in three ways only', () => expect(officeDeeds).toEqual(['suspend', 'resume', 'revoke']))
  const since = '2020-02-24T02:00:00.000Z'
  it.each([
    ['valid', null, 'valid', since], ['valid', '2020-03-01', 'valid', since], ['valid', '2020-02-29', 'expired', '2020-02-29T16:00:00.000Z'], ['suspended', '2020-02-29', 'expired', '2020-02-29T16:00:00.000Z'], ['revoked', '2020-02-29', 'revoked', since], ['expired', '2020-02-29', 'expired', since],
  ] as const)('%s with the last day %s stands on 1 March as %s since %s', (state, validUntil, shown, shownSince) => {
    expect(standingOn({ state, stateSince: since, validUntil }, '2020-03-01')).toEqual({ state: shown, stateSince: shownSince })
  })
  it.each([[30, '2020-03-25'], [1, '2020-02-25'], [null, null], [0, null], [-1, null], [1.5, null], ['30', null], [undefined, null]])('with %s days from 24 February hold until %s', (days, until) => expect(lastDay('2020-02-24', days)).toBe(until))
})

describe('numbers', () => {
  it('have two letters, ten characters and their check character', () => {
    const number = numberFrom('GY', Uint8Array.from([0, 1, 2, 31, 32, 63, 64, 128, 254, 255]))
    expect(number).toBe(`GY-012Z0-Z00YZ-${certificateCheck('012Z0Z00YZ')}`)
    expect(readCertificateNumber(number)).toBe(number)
  })
  it('can be read as they are typed', () => {
    const number = numberFrom('GY', Uint8Array.from([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]))
    expect(readCertificateNumber(number.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o'))).toBe(number)
  })
  it('show every single wrong character', () => {
    const number = numberFrom('GY', Uint8Array.from([9, 18, 27, 4, 13, 22, 31, 8, 17, 26]))
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    for (let at = 3; at < number.length; at++) {
      if (number[at] === '-') continue
      for (const other of alphabet) if (other !== number[at]) expect(readCertificateNumber(number.slice(0, at) + other + number.slice(at + 1))).toBeUndefined()
    }
  })
  it.each([['gy', 10], ['G', 10], ['GYX', 10], ['GY', 9], ['GY', 11]])('are not made from %s and %d bytes', (letters, bytes) => expect(() => numberFrom(letters, new Uint8Array(bytes))).toThrow())
})

it.each([['520103', '520100'], ['520171', '520100'], ['520181', '520100'], ['520103020', '520100']])('%s lies in city %s', (area, city) => expect(cityOf(area)).toBe(city))

describe('a search text', () => {
  const number = numberFrom('GY', new Uint8Array(10))
  it('is a number when it reads as one', () => expect(readSearch(number.toLowerCase())).toEqual({ kind: 'number', number }))
  it.each(['样例', 'GY-00000-00000-1', 'GY', "'; drop table"])('is a piece of a name otherwise: %s', (typed) => expect(readSearch(typed)).toEqual({ kind: 'name', text: typed }))
})
