// The daily page without a browser: what “normal” says, what waits and how it is delivered, what the phone keeps, seals, proofs.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { treesOf } from '@fugong/contract/forms.engine'
import type { Form } from '@fugong/contract/forms'
import type { Receipt } from '@fugong/contract/health'
import type { HealthDay } from '@fugong/contract/health.phones'
import { createSealer } from '../../server/base/crypto.ts'
import { openSeal, publicSealKey } from '../../server/modules/health/seal.actions.ts'
import type { Answer } from './kit.ts'
import { measuresOf, normalAnswers, readOut, sameAgain, stepped } from './report-answers.ts'
import { deliverAll, passes, pauseAfter } from './report-deliver.ts'
import { checkProof } from './report-hash.ts'
import { addPerson, dayAt, deviceId, dropWaiting, forget, keep, keepDay, keepReceipt, kept, keyFor, people, personShown, putWaiting, serverNow, shortened, waiting, type Waiting } from './report-kept.ts'
import { sealed } from './report-seal.ts'
import { slotsOf } from './report-slots.ts'

const form = treesOf(JSON.parse(readFileSync('packs/epidemic-2020/forms/health.daily.json', 'utf8')) as Form)
const stored = new Map<string, string>()
beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value), removeItem: (key: string) => void stored.delete(key), key: (at: number) => [...stored.keys()][at] ?? null, get length() { return stored.size } })
  return () => { keep({ keys: {} }); vi.unstubAllGlobals() }
})

describe('a normal day', () => {
  it('says no to what is asked and nothing to what is not', () => {
    expect(normalAnswers(form)).toEqual({ contact: false, diagnosis: 'none', travelled: false })
    expect(readOut(form, normalAnswers(form)).map(({ code }) => code)).toEqual(['symptoms', 'contact', 'diagnosis', 'travelled'])
    expect(measuresOf(form).map(({ code }) => code)).toEqual(['temperature'])
  })
  it('the same again is what still fits the form, measured anew', () => {
    const before = { temperature: 36.4, symptoms: ['cough'], contact: true, travelled: false, travelledTo: '样例市', gone: 'x' }
    expect(sameAgain(form, before)).toEqual({ symptoms: ['cough'], contact: true, travelled: false })
    expect(readOut(form, sameAgain(form, before)).map(({ code }) => code)).toEqual(['symptoms', 'contact', 'travelled'])
  })
  it.each([[undefined, 0.1, 36.5], [undefined, -0.1, 36.5], [36.5, 0.1, 36.6], [36.9, 0.1, 37], [37, -0.1, 36.9], [43, 0.1, 43], [34, -0.1, 34], ['36..5', 0.1, 36.5]])('%s and one step of %s is %s', (value, by, next) => {
    expect(stepped({ min: 34, max: 43 }, value, by)).toBe(next)
  })
})

const WHO = 'e'
const receipt: Receipt = { number: 'N', hash: 'H', day: '2020-02-24', slot: 1, version: 1, employmentId: WHO, acceptedAt: '2020-02-24T00:00:00.000Z', commitment: 'c', level: 'green', because: { zh: '', en: '' } }
const refusal = (status: number, code = 'x'): Answer<Receipt> => ({ ok: false, status, code, title: code, issues: [] })
const target = { who: WHO, day: '2020-02-24', slot: 1 as const, version: 1 }
const waits = (key: string, over: Partial<Waiting> = {}): Waiting => ({ ...target, key, token: 't', keyId: '202002', sealed: 'x', at: 1, ...over })
/** Delivers what waits, each try answered in turn by key; the last answer goes on. */
async function deliver(answers: Record<string, Answer<Receipt>[]>) {
  const sent: string[] = []
  const pauses: number[] = []
  const told: [number, string | undefined][] = []
  await deliverAll({ post: async ({ key }) => { sent.push(key); const mine = answers[key]!; return mine.length > 1 ? mine.shift()! : mine[0]! }, wait: async (time) => void pauses.push(time), random: () => 1, told: (failed, got) => void told.push([failed, got?.number]) })
  return { sent, pauses, told }
}
const accepted = (number: string, over: Partial<Receipt> = {}): Answer<Receipt> => ({ ok: true, data: { ...receipt, number, ...over } })

describe('delivery', () => {
  it('goes on under the same key until the receipt is here, and only then lets go', async () => {
    putWaiting(waits('a'))
    const { sent, pauses, told } = await deliver({ a: [refusal(0), refusal(503), refusal(500), accepted('N1')] })
    expect([sent, pauses, told]).toEqual([['a', 'a', 'a', 'a'], [1000, 2000, 4000], [[1, undefined], [2, undefined], [3, undefined], [0, 'N1']]])
    expect([waiting(), kept().receipts?.map(({ number }) => number)]).toEqual([[], ['N1']])
  })
  it('in the order of answering: a report before its correction', async () => {
    putWaiting(waits('c', { at: 30, version: 2 }))
    putWaiting(waits('a', { at: 10 }))
    putWaiting(waits('b', { at: 30, slot: 2, version: 1 }))
    expect((await deliver({ a: [accepted('1')], b: [accepted('2', { slot: 2 })], c: [accepted('3', { version: 2 })] })).sent).toEqual(['a', 'b', 'c'])
  })
  it.each([401, 409, 410, 422])('what is refused with %s stays with its reason, is not sent again, and holds nobody up', async (status) => {
    putWaiting(waits('a', { at: 1 }))
    putWaiting(waits('b', { at: 2, slot: 2 }))
    const { sent } = await deliver({ a: [refusal(status, 'health.day_outside')], b: [accepted('N2', { slot: 2 })] })
    expect([sent, waiting().map(({ key, refused }) => [key, refused?.code])]).toEqual([['a', 'b'], [['a', 'health.day_outside']]])
    // The person names the day: it goes again, under the same seal.
    const { refused: _, ...rest } = waiting()[0]!
    putWaiting({ ...rest, meant: '2020-02-24' })
    expect((await deliver({ a: [accepted('N1')] })).sent).toEqual(['a'])
    expect(waiting()).toEqual([])
  })
  it('what another page of the phone delivered meanwhile is not brought back', async () => {
    putWaiting(waits('a'))
    await deliverAll({ post: async () => { dropWaiting({ key: 'a' }); return refusal(422) }, wait: async () => {}, random: () => 1, told: () => {} })
    expect(waiting()).toEqual([])
  })
  it('pauses grow to a limit and differ from phone to phone', () => {
    expect([pauseAfter(1, 0), pauseAfter(1, 1), pauseAfter(3, 0.5), pauseAfter(30, 1)]).toEqual([500, 1000, 3000, 60000])
    expect([0, 429, 500, 503].every(passes)).toBe(true)
    expect([200, 401, 404, 409, 422].some(passes)).toBe(false)
  })
})

describe('what the phone keeps', () => {
  it('one key for a version of a slot of somebody until its receipt is here, then another', () => {
    const key = keyFor(target)
    expect(key).toMatch(/^202002241-[A-Za-z0-9_-]{22}$/)
    expect(keyFor({ ...target })).toBe(key)
    const others = [keyFor({ ...target, slot: 2 }), keyFor({ ...target, version: 2 }), keyFor({ ...target, who: 'f' })]
    expect(new Set([key, ...others]).size).toBe(4)
    keepReceipt(receipt)
    expect([keyFor(target) === key, keyFor({ ...target, slot: 2 }) === others[0]]).toEqual([false, true])
    expect(kept().receipts).toEqual([{ number: 'N', hash: 'H', day: '2020-02-24', slot: 1, version: 1, employmentId: WHO, acceptedAt: receipt.acceptedAt }])
  })
  it('an id of its own, which outlives a binding, and never an answer or a whole name', () => {
    const id = deviceId()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    addPerson('t1')
    keepDay('t1', { name: '秦雨桐', employmentId: WHO, now: new Date().toISOString() } as HealthDay)
    keepReceipt({ ...receipt, ...({ answers: { temperature: 39 }, level: 'red' } as object) })
    expect([...stored.values()].join()).not.toMatch(/temperature|red|because|雨/)
    expect(shortened('Sam Carter')).toBe('S**')
    forget('t1')
    expect([deviceId(), kept().receipts, people()]).toEqual([id, [], []])
  })
  it('several people, each with their own receipts; taking one off leaves the others', () => {
    for (const token of ['t1', 't2']) { addPerson(token); keepDay(token, { name: token, employmentId: `e-${token}`, now: new Date().toISOString() } as HealthDay) }
    expect([personShown()!.token, people().map(({ token }) => token)]).toEqual(['t2', ['t1', 't2']])
    for (const token of ['t1', 't2']) keepReceipt({ ...receipt, number: token, employmentId: `e-${token}` })
    forget('t2')
    expect([personShown()!.token, kept().receipts!.map(({ number }) => number)]).toEqual(['t1', ['t1']])
  })
  it('learns how wrong its clock is', () => {
    vi.useFakeTimers({ now: Date.parse('2021-02-24T01:00:00Z') })
    addPerson('t1')
    keepDay('t1', { name: 'x', employmentId: WHO, now: '2020-02-24T15:30:00Z' } as HealthDay)
    expect(dayAt(serverNow())).toBe('2020-02-24')
    vi.advanceTimersByTime(45 * 60_000)
    expect(dayAt(serverNow())).toBe('2020-02-25')
    vi.useRealTimers()
  })
  it('works where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', { getItem: () => { throw new Error('denied') }, setItem: () => { throw new Error('denied') }, removeItem: () => { throw new Error('denied') }, key: () => { throw new Error('denied') }, length: 1 })
    expect(keyFor({ ...target, day: '2020-02-25' })).toBe(keyFor({ ...target, day: '2020-02-25' }))
    putWaiting(waits('a'))
    expect(waiting().map(({ key }) => key)).toEqual(['a'])
    dropWaiting({ key: 'a' })
    expect(waiting()).toEqual([])
  })
})

describe('a report that is sealed', () => {
  it('opens with the server’s key and the phone’s token, and says nothing of itself', async () => {
    const sealer = createSealer(Buffer.alloc(32, 3))
    const now = new Date('2020-02-24T02:00:00Z')
    const { id, key } = publicSealKey({ sealer, now })
    const content = { key: 'k', day: '2020-02-24', slot: 1, answers: { temperature: 38.5, travelledTo: '样例市' }, at: 5 }
    const [text, again] = [(await sealed(content, key, 'token'))!, (await sealed(content, key, 'token'))!]
    expect(openSeal({ sealer, now }, { keyId: id, sealed: text, token: 'token' }, 2)).toEqual(content)
    expect(() => openSeal({ sealer, now }, { keyId: id, sealed: text, token: 'other' }, 2)).toThrow('health.seal_unreadable')
    expect([text === again, Buffer.from(text, 'base64url').includes('38.5')]).toEqual([false, false])
  })
  it('is not made where the browser cannot', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    expect(await sealed({}, 'x', 't')).toBeUndefined()
  })
})

describe('what of a day is shown', () => {
  const slot = { day: '2020-02-24', slot: 1 as const, number: 'N', version: 2, acceptedAt: null, by: 'self' as const, correctable: true }
  const day = { today: '2020-02-24', slots: [slot], earlier: [{ ...slot, day: '2020-02-23' }] } as unknown as HealthDay
  it('received and waiting beside each other; the next version counts both', () => {
    const { slots, earlier } = slotsOf(day, '2020-02-24', [waits('a', { version: 3 }), waits('b', { day: '2019-01-01', meant: '2020-02-23', version: 1 })])
    expect([slots[0]!.waits, slots[0]!.last, earlier[0]!.waits, earlier[0]!.last]).toEqual([true, 3, true, 2])
  })
  it('without a network the next day begins with nothing known', () => {
    const { slots, earlier } = slotsOf(day, '2020-02-25', [waits('a', { day: '2020-02-25' })])
    expect([slots, earlier]).toEqual([[{ ...slot, day: '2020-02-25', number: null, version: 0, by: null, correctable: false, waits: true, last: 1 }], []])
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
