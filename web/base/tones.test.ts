// Cases for the state that a reader is shown.
import { expect, test } from 'vitest'
import { shownState, toneOfDeclaration } from './tones.ts'

const at = '2020-02-24T02:00:00.000Z'
test.each([
  ['filed with its certificate', { state: 'filed', submittedAt: at, certificateState: 'valid' }, 'filed', 'good'],
  ['filed and suspended since, in a list', { state: 'filed', submittedAt: at, certificateState: 'suspended' }, 'suspended', 'warn'],
  ['filed and revoked since, by itself', { state: 'filed', submittedAt: at, certificate: { state: 'revoked' } }, 'revoked', 'bad'],
  ['filed and taken over by another', { state: 'filed', submittedAt: at, certificateState: 'superseded' }, 'superseded', 'neutral'],
  ['filed and run out', { state: 'filed', submittedAt: at, certificateState: 'expired' }, 'expired', 'warn'],
  ['filed, the certificate not known', { state: 'filed', submittedAt: at, certificate: null }, 'filed', 'good'],
  ['withdrawn after submission', { state: 'withdrawn', submittedAt: at, certificateState: null }, 'withdrawn', 'neutral'],
  ['a draft given up', { state: 'withdrawn', submittedAt: null, certificateState: null }, 'discarded', 'neutral'],
  ['under review', { state: 'underReview', submittedAt: at }, 'underReview', 'info'],
])('%s', (_, declared, state, tone) => {
  expect(shownState(declared)).toBe(state)
  expect(toneOfDeclaration(state)).toBe(tone)
})
