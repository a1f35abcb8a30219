// Marks of pages: what a list wrote is read again, and what the database could not take is refused before it gets there.
import { describe, expect, it } from 'vitest'
import { Problem } from './problem.ts'
import { cutPage, readMark, writeMark } from './paging.ts'

const id = '00000000-0000-7000-8000-000000000001'
const refusal = (cursor: string) => { try { readMark('due', cursor); return undefined } catch (error) { return error instanceof Problem ? error.issues : error } }

describe('a mark', () => {
  it('is read as it was written, and none is none', () => {
    const mark = { moment: '2020-02-29T23:59:59.999Z', id }
    expect(readMark('due', writeMark('due', mark))).toEqual(mark)
    expect(readMark('due', undefined)).toBeUndefined()
  })
  it.each([
    ['of another list', writeMark('issued', { moment: '2020-02-24T00:00:00.000Z', id })], ['of a day that no month has', writeMark('due', { moment: '2020-02-30T00:00:00.000Z', id })], ['of the year nought', writeMark('due', { moment: '0000-01-01T00:00:00.000Z', id })],
    ['of a thirteenth month', writeMark('due', { moment: '2020-13-01T00:00:00.000Z', id })], ['of no record', writeMark('due', { moment: '2020-02-24T00:00:00.000Z', id: 'x' })], ['with more behind it', `${writeMark('due', { moment: '2020-02-24T00:00:00.000Z', id: `${id} x` })}`], ['of nothing', ''],
  ])('%s is refused', (_, cursor) => expect(refusal(cursor)).toEqual([{ path: '/cursor', code: 'issue.cursor' }]))
  it('stands only where a page follows', () => {
    const markOf = (moment: string) => ({ moment, id })
    expect(cutPage(['2020-02-24T00:00:00.000Z', '2020-02-23T00:00:00.000Z'], 1, 'due', markOf)).toEqual({ items: ['2020-02-24T00:00:00.000Z'], next: writeMark('due', markOf('2020-02-24T00:00:00.000Z')) })
    expect(cutPage(['2020-02-24T00:00:00.000Z'], 1, 'due', markOf).next).toBeNull()
  })
})
