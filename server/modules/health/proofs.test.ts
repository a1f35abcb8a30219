// Proof of receipts: from any receipt to the signed root of its day, checked with nothing but hashes and a public key; also when the reports are gone.
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReceiptRoots, proveReceipt, rootText, sendReport, type Receipt, type ReceiptProof } from '@fugong/contract/health'
import { sql } from '../../base/db.ts'
import { follow } from '../../base/tree.ts'
import { openCity, type City } from '../../test/harness.ts'
import { bindPeople, type Reporter } from '../../test/reporting.ts'
import { closeDays } from './proofs.actions.ts'

let city: City
let people: Reporter[]
const receipts: Receipt[] = []
beforeAll(async () => {
  city = await openCity()
  people = await bindPeople(city, 12)
  // Some together and some alone, so that batches of several sizes make the day.
  receipts.push(...await Promise.all(people.slice(0, 7).map((who) => send(who))))
  for (const who of people.slice(7)) receipts.push(await send(who))
})
afterAll(() => city.close())
async function send({ token }: Reporter): Promise<Receipt> {
  const answer = await city.http.inject({ method: 'POST', url: sendReport.path, headers: { authorization: `Bearer ${token}` }, payload: { key: `202002241-${randomBytes(16).toString('base64url')}`, day: '2020-02-24', slot: 1, answers: {} } })
  expect(answer.statusCode).toBe(200)
  return answer.json<Receipt>()
}
const proof = (number: string): Promise<ReceiptProof> => city.anonymous().call(proveReceipt, { params: { number } })
const holds = ({ hash }: Receipt, { path, root, acceptedOn: day, count, signature, publicKey }: ReceiptProof): boolean => {
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey!, 'base64')]), format: 'der', type: 'spki' })
  return follow(Buffer.from(hash, 'hex'), path).toString('hex') === root && verify(null, Buffer.from(rootText({ day, count: count!, root: root! })), key, Buffer.from(signature!, 'base64'))
}

describe('a receipt', () => {
  it('is in its batch at once, and has no signed root until its day is over for an hour', async () => {
    for (const at of ['2020-02-24T15:59:00Z', '2020-02-24T16:59:00Z']) {
      city.clock.set(at)
      await city.system(closeDays)
      expect(await proof(receipts[0]!.number)).toMatchObject({ hash: receipts[0]!.hash, acceptedOn: '2020-02-24', root: null, signature: null })
    }
    expect((await city.anonymous().call(listReceiptRoots)).items).toEqual([])
  })
  it('of the first and the last and each between leads to the one signed root', async () => {
    city.clock.set('2020-02-24T17:01:00Z')
    await city.system(closeDays)
    const proofs = await Promise.all(receipts.map(({ number }) => proof(number)))
    expect(proofs.every((one, i) => holds(receipts[i]!, one))).toBe(true)
    expect(new Set(proofs.map(({ root }) => root)).size).toBe(1)
    expect(proofs[0]).toMatchObject({ count: 12, closedAt: '2020-02-24T17:01:00.000Z' })
    // Another's path, or another count, proves nothing.
    expect(holds(receipts[0]!, proofs[11]!)).toBe(false)
    expect(holds(receipts[0]!, { ...proofs[0]!, count: 11 })).toBe(false)
    const { items } = await city.anonymous().call(listReceiptRoots)
    expect(items).toEqual([expect.objectContaining({ day: '2020-02-24', count: 12, root: proofs[0]!.root, signature: proofs[0]!.signature })])
  })
  it('is found as a person types it, and not where there is none', async () => {
    const { number } = receipts[3]!
    expect((await proof(number.toLowerCase().replaceAll('-', ' '))).number).toBe(number)
    for (const other of ['00000-00000-0000', 'x', number.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) expect(await city.anonymous().refused(proveReceipt, { params: { number: other } })).toMatchObject({ status: 404 })
  })
  it('is signed once, and proves itself when the reports of its day are erased', async () => {
    const before = await proof(receipts[0]!.number)
    await city.system(closeDays)
    await city.system(({ db }) => sql`select health.drop_day('2020-02-24')`.execute(db))
    expect(await proof(receipts[0]!.number)).toEqual(before)
    expect(holds(receipts[0]!, before)).toBe(true)
  })
})
