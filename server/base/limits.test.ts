// Limits as data: the version in force at a moment, and a plain fault where there is none.
import { expect, it } from 'vitest'
import { limitsOf, noticeOf, noticeVersion } from './limits.ts'

it('gives the version in force', () => {
  expect(limitsOf<{ jobAboveRows: number }>('exports', '520100', new Date('2020-02-24T00:00:00Z'))).toMatchObject({ version: 1, jobAboveRows: 20_000 })
  expect(limitsOf<{ maxBytes: Record<string, number> }>('files', '', new Date('2026-01-01T00:00:00Z')).maxBytes['pdf']).toBeLessThanOrEqual(10 * 1024 * 1024)
})
it('says what is missing', () => {
  expect(() => limitsOf('exports', '520100', new Date('2019-12-01T00:00:00Z'))).toThrow(/No version of limits-exports/)
  expect(() => limitsOf('nothing', '520100', new Date())).toThrow(/limits-nothing/)
})
it('gives the privacy notice that one agrees to, in both languages and nothing beside', () => {
  for (const [name, version] of [['people', 1], ['health', 2]] as const) expect(noticeOf(name, new Date('2020-02-24T00:00:00Z'))).toEqual({ version, text: { zh: expect.stringMatching(/\p{Script=Han}/u) as string, en: expect.stringMatching(/\w/) as string } })
  // Somebody agreed to the one before: its words stay.
  expect(noticeVersion('health', 1)).toEqual(noticeOf('health', new Date('2020-02-01T00:00:00Z')).text)
  expect(noticeVersion('health', 1)).not.toEqual(noticeVersion('health', 2))
  expect(() => noticeOf('health', new Date('2010-01-01T00:00:00Z'))).toThrow(/No version of notice-health/)
})
