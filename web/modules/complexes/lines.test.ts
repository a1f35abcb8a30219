// Pasted lists of tenants as people copy them: from a sheet, with commas, with blanks, with lines that lack something.
import { expect, it } from 'vitest'
import { readLines } from './lines.ts'

const tenant = { creditCode: '91520115MAYP00116U', name: '湖畔书店', shop: '3 层 306', headcount: 12 }
it.each([['tabs', '91520115mayp00116u\t湖畔书店\t3 层 306\t12'], ['commas', '91520115MAYP00116U,湖畔书店,3 层 306,12'], ['full-width commas', '91520115MAYP00116U，湖畔书店，3 层 306，12'], ['blanks', '91520115MAYP00116U  湖畔书店  3 层 306  12']])('%s', (_, text) => {
  expect(readLines(text)).toEqual([{ number: 1, missing: [], tenant }])
})
it('passes over empty lines and says what a line lacks', () => {
  expect(readLines('\n\n91520115MAYP00116U\t湖畔书店\t\n')).toEqual([{ number: 3, missing: ['shop'], tenant: undefined }])
  expect(readLines('')).toEqual([])
})
it.each([['', null], ['0', null], ['约 12', null], ['7', 7]])('a headcount of “%s”', (heads, headcount) => {
  expect(readLines(`91520115MAYP00116U\t湖畔书店\t3 层 306\t${heads}`)[0]!.tenant).toMatchObject({ headcount })
})
