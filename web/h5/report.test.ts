// The daily page without a browser: what “normal” says, steps of a temperature, one key until the receipt is here, pauses that differ.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { treesOf } from '@fugong/contract/forms.engine'
import type { Form } from '@fugong/contract/forms'
import type { Receipt } from '@fugong/contract/health'
import type { Answer } from './kit.ts'
import { meantBy, measuresOf, normalAnswers, stepped } from './report-answers.ts'
import { deliver, deviceId, forget, keepReceipt, kept, keyFor, passes, pauseAfter, TRIES, type Report } from './report-deliver.ts'
import { checkProof } from './report-hash.ts'

const form = treesOf(JSON.parse(readFileSync('packs/epidemic-2020/forms/health.daily.json', 'utf8')) as Form)
const stored = new Map<string, string>()
beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) })
  return () => { forget(); vi.unstubAllGlobals() }
})

describe('a normal day', () => {
  it('says no to what is asked and nothing to what is not', () => {
    expect(normalAnswers(form)).toEqual({ contact: false, diagnosis: 'none', travelled: false })
    expect(meantBy(form).map(({ code }) => code)).toEqual(['symptoms', 'contact', 'diagnosis', 'travelled'])
    expect(measuresOf(form).map(({ code }) => code)).toEqual(['temperature'])
  })
  it.each([[undefined, 0.1, 36.5], [undefined, -0.1, 36.5], [36.5, 0.1, 36.6], [36.9, 0.1, 37], [37, -0.1, 36.9], [43, 0.1, 43], [34, -0.1, 34], ['36..5', 0.1, 36.5]])('%s and one step of %s is %s', (value, by, next) => {
    expect(stepped({ min: 34, max: 43 }, value, by)).toBe(next)
  })
})

const report: Report = { key: '202002241-AAAAAAAAAAAAAAAAAAAAAA', day: '2020-02-24', slot: 1, answers: { contact: false } }
const receipt: Receipt = { number: 'N', hash: 'H', day: '2020-02-24', slot: 1, employmentId: 'e', acceptedAt: '2020-02-24T00:00:00.000Z', commitment: 'c', level: 'green', because: { zh: '', en: '' } }
const refusal = (status: number): Answer<Receipt> => ({ ok: false, status, code: 'x', title: 'x', issues: [] })
async function tried(answers: Answer<Receipt>[]) {
  const sent: Report[] = []
  const pauses: number[] = []
  const told: number[] = []
  const answer = await deliver(report, { post: async (given) => { sent.push(given); return answers[Math.min(sent.length, answers.length) - 1]! }, wait: async (time) => void pauses.push(time), random: () => 1, told: (failed) => void told.push(failed) })
  return { answer, sent, pauses, told }
}
describe('delivery', () => {
  it('goes on under the same key, with the same answers, until the receipt is here', async () => {
    const { answer, sent, pauses, told } = await tried([refusal(0), refusal(503), refusal(500), { ok: true, data: receipt }])
    expect(answer).toEqual({ ok: true, data: receipt })
    expect(sent).toEqual([report, report, report, report])
    expect([pauses, told]).toEqual([[1000, 2000, 4000], [1, 2, 3]])
  })
  it.each([401, 409, 410, 422])('a refusal with %s is an answer and is not tried again', async (status) => {
    expect((await tried([refusal(status)])).sent).toHaveLength(1)
  })
  it('ends after so many tries, and says what the last one said', async () => {
    const { answer, sent } = await tried([refusal(0)])
    expect([answer.ok, sent.length]).toEqual([false, TRIES])
  })
  it('pauses grow to a limit and differ from phone to phone', () => {
    expect([pauseAfter(1, 0), pauseAfter(1, 1), pauseAfter(3, 0.5), pauseAfter(30, 1)]).toEqual([500, 1000, 3000, 20000])
    expect([0, 429, 500, 503].every(passes)).toBe(true)
    expect([200, 401, 404, 409, 422].some(passes)).toBe(false)
  })
})

describe('what the phone keeps', () => {
  it('one key for a day and slot until its receipt is here, then another', () => {
    const key = keyFor('2020-02-24', 1)
    expect(key).toMatch(/^202002241-[A-Za-z0-9_-]{22}$/)
    expect(keyFor('2020-02-24', 1)).toBe(key)
    expect(keyFor('2020-02-24', 2)).toMatch(/^202002242-/)
    const evening = keyFor('2020-02-24', 2)
    keepReceipt({ ...receipt, slot: 2 })
    expect(keyFor('2020-02-24', 2)).not.toBe(evening)
    expect(kept().receipts).toEqual([{ number: 'N', hash: 'H', day: '2020-02-24', slot: 2, acceptedAt: receipt.acceptedAt }])
  })
  it('an id of its own, which outlives a binding, and never an answer', () => {
    const id = deviceId()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    keepReceipt({ ...receipt, ...({ answers: { temperature: 39 }, level: 'red' } as object) })
    expect([...stored.values()].join()).not.toMatch(/temperature|red|because/)
    forget()
    expect([deviceId(), kept().receipts]).toEqual([id, undefined])
  })
  it('works where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', { getItem: () => { throw new Error('denied') }, setItem: () => { throw new Error('denied') } })
    expect(keyFor('2020-02-25', 1)).toBe(keyFor('2020-02-25', 1))
  })
})

describe('the check of a receipt', () => {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const [mine, twin, above] = ['a', 'b', 'c'].map((text) => sha(Buffer.from(text))) as [Buffer, Buffer, Buffer]
  const root = sha(Buffer.of(1), above, sha(Buffer.of(1), mine, twin)).toString('hex')
  const proof = { hash: mine.toString('hex'), path: [{ side: 'right' as const, hash: twin.toString('hex') }, { side: 'left' as const, hash: above.toString('hex') }], root }
  it('follows the path to the root', async () => {
    expect(await checkProof(proof.hash, proof)).toEqual({ result: 'holds', root })
    expect(await checkProof(proof.hash, { ...proof, root: null })).toEqual({ result: 'open' })
  })
  it('finds what was changed', async () => {
    expect((await checkProof(twin.toString('hex'), proof)).result).toBe('fails')
    expect((await checkProof(proof.hash, { ...proof, path: [...proof.path].reverse() })).result).toBe('fails')
    expect((await checkProof(proof.hash, { ...proof, root: proof.hash })).result).toBe('fails')
  })
  it('says when the browser cannot', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    expect(await checkProof(proof.hash, proof)).toEqual({ result: 'unable' })
  })
})
