// R2: one key tried five times in parallel through a proxy that loses a fifth of the answers after the commit: one row, the same receipt byte for byte; another body under the key is refused.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { bindPeople } from '../../server/test/reporting.ts'
import { openProofCity } from './city.ts'
import { openCuttingProxy } from './cutting.ts'
import type { Proof } from './proof.ts'
import { random } from './random.ts'

const TODAY = '2020-02-24'
const TRIES = 5
const AT_ONCE = 40
interface Told { status: number; text: string }

export async function proveRepeated(proof: Proof): Promise<void> {
  const reports = proof.long ? 20_000 : 120
  const { city, cluster, close } = await openProofCity()
  const pick = random(2)
  try {
    await city.http.listen({ host: '127.0.0.1', port: 0 })
    const proxy = await openCuttingProxy(`http://127.0.0.1:${(city.http.server.address() as AddressInfo).port}`, () => pick(5) === 0)
    const owner = await cluster.asOwner()
    try {
      const people = await bindPeople(city, reports)
      const send = async (token: string, body: object): Promise<Told | undefined> => {
        try {
          const answer = await fetch(`${proxy.url}/api/health/reports`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
          return { status: answer.status, text: await answer.text() }
        } catch {
          return undefined
        }
      }
      /** What came of a key: five at once, then again while no answer got through. */
      const insist = async (token: string, body: object): Promise<Told[]> => {
        const told = (await Promise.all(Array.from({ length: TRIES }, () => send(token, body)))).filter((one) => one !== undefined)
        for (let again = 0; !told.length && again < 50; again++) { const one = await send(token, body); if (one) told.push(one) }
        return told
      }
      let receipts = 0
      let refused = 0
      const one = async (at: number) => {
        const { token, employmentId } = people[at]!
        // Every third is corrected under a key of its own: a version is one like a report is one.
        for (const version of at % 3 ? [undefined] : [undefined, 2]) {
          const body = { key: `${TODAY.replaceAll('-', '')}1-${randomBytes(16).toString('base64url')}`, day: TODAY, slot: 1, ...(version ? { version } : {}), answers: { temperature: (version ? 374 : 360 + pick(9)) / 10 } }
          const told = await insist(token, body)
          const texts = new Set(told.map(({ text }) => text))
          if (!told.length) proof.broken(`${employmentId}: no answer ever came`)
          else if (texts.size !== 1 || told.some(({ status }) => status !== 200)) proof.broken(`${employmentId}: ${texts.size} different answers for one key (${[...new Set(told.map(({ status }) => status))].join(', ')})`)
          else receipts += 1
          const others = await insist(token, { ...body, answers: { temperature: 39.9 } })
          if (others.some(({ status }) => status !== 409)) proof.broken(`${employmentId}: another body under the key was answered ${others.map(({ status }) => status).join(', ')}`)
          refused += others.length
        }
      }
      for (let from = 0; from < reports; from += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, reports - from) }, (_, i) => one(from + i)))
      const { rows: [counted] } = await owner.query<{ rows: number; people: number; earlier: number; leaves: number; cells: number }>(`select (select count(*)::int from health.reports) as rows, (select count(distinct employment_id)::int from health.reports) as people,
        (select count(*)::int from health.superseded) as earlier, (select coalesce(sum(cardinality(positions)), 0)::int from health.batches) as leaves,
        (select coalesce(sum(reports), 0)::int from health.counts) + (select coalesce(sum(coalesce(a, 1)), 0)::int from health.deltas d, unnest(d.levels, d.amounts) as g (l, a)) as cells`)
      const corrected = Math.ceil(reports / 3)
      const wanted = { rows: reports, people: reports, earlier: corrected, leaves: reports + corrected, cells: reports }
      for (const [what, count] of Object.entries(wanted)) if (counted![what as keyof typeof wanted] !== count) proof.broken(`${what}: ${counted![what as keyof typeof wanted]} instead of ${count}`)
      proof.figure('R2', `${receipts}/${reports + corrected}`, 'once', `each key five times at once, ${proxy.cut} of ${proxy.cut + proxy.passed} answers lost after the commit, ${corrected} corrections among them; ${refused} times another body under the key, all refused; rows, leaves and counts equal`)
    } finally {
      await owner.end()
      await proxy.close()
    }
  } finally {
    await close()
  }
}
