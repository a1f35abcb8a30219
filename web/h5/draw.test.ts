// The page that draws again hashes as everyone does and comes to the published result, or says which step does not hold.
import { createHash } from 'node:crypto'
import { workedDraw } from '@fugong/contract/spotchecks.vectors'
import { describe, expect, it } from 'vitest'
import { redraw, sha256, type Told } from './draw.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const told = (): Told => structuredClone(workedDraw)
describe('drawing again', () => {
  it.each(['', 'abc', '复工', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '证'.repeat(1000)])('hashes %s', (text) => expect(sha256(text)).toBe(hash(text)))
  it('comes to the same result', () => expect(redraw(told())).toEqual({ commitment: true, list: true, rates: true, result: true, inspectors: true }))
  it.each<[string, (draw: Told) => Partial<Told>, string]>([
    ['another seed', () => ({ seed: hash('another') }), 'commitment'], ['another list', (draw) => ({ list: draw.list.slice(1) }), 'list'], ['another stratum', (draw) => ({ list: draw.list.map((one, i) => (i ? one : { ...one, stratum: 'high/site/vital/review' })) }), 'list'],
    ['more taken', (draw) => ({ strata: draw.strata.map((one) => ({ ...one, take: one.take + 1 })) }), 'rates'], ['one left out', (draw) => ({ drawn: draw.drawn.slice(1) }), 'result'], ['another block', () => ({ blockHash: hash('block') }), 'result'],
    ['another inspector', (draw) => ({ drawn: draw.drawn.map((one) => ({ ...one, inspectors: ['zz'] })) }), 'inspectors'],
  ])('sees %s', (_, change, step) => expect(redraw({ ...told(), ...change(told()) })).toMatchObject({ [step]: false }))
})
