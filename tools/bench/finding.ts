// P14: finding firms among half a million, and a district's declarations among a million, through the API as the application's own role.
import { listDeclarations } from '@fugong/contract/declarations'
import { listEnterprises } from '@fugong/contract/enterprises'
import { openCity, type City, type Someone } from '../../server/test/harness.ts'
import { initialsOf } from '../../server/base/pinyin.ts'
import { searchKey } from '../../server/base/grams.ts'
import { openCluster } from '../proof/cluster.ts'
import { random } from '../proof/random.ts'
import { connect } from '../../server/base/migrate.ts'
import { fillRegister } from './register.ts'
import type { Figure } from './figure.ts'

/** Full size, or smaller through the environment where only the way is tried. */
const FIRMS = Number(process.env['BENCH_FIRMS'] ?? 500_000)
const DECLARATIONS = Number(process.env['BENCH_DECLARATIONS'] ?? FIRMS * 2)
const SEARCHES = 300
/** A reviewer of a district, a commander of the city, an officer of a city's department. */
const readers = { reviewer: 'tianyuqing', commander: 'gaohongtao', officer: 'wenguangyu' } as const

export async function measureFinding(figure: Figure): Promise<void> {
  const cluster = await openCluster()
  const city = await openCity({ now: '2020-02-24T02:00:00Z', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { LOG_LEVEL: 'silent' } })
  const owner = await connect({ ...cluster.superuser, database: 'fugong' })
  try {
    const began = performance.now()
    await fillRegister(owner, { firms: FIRMS, declarations: DECLARATIONS, say: (line) => console.error(`${((performance.now() - began) / 1000).toFixed(0)} s ${line}`) })
    const filled = ((performance.now() - began) / 1000).toFixed(0)
    const firms = (await owner.query<Known>('select name, credit_code as "creditCode" from enterprises.enterprises tablesample bernoulli (2) repeatable (7) limit 5000')).rows
    const size = (await owner.query<{ pieces: string; grams: string }>("select count(*)::text as pieces, pg_size_pretty(pg_total_relation_size('enterprises.grams')) as grams from enterprises.grams")).rows[0]!
    console.error(`${size.pieces} pieces, ${size.grams}`)
    await measure(city, firms, figure, `${FIRMS} firms, filled in ${filled} s`)
  } finally {
    await owner.end()
    await city.close()
    await cluster.stop()
  }
}
interface Known { name: string; creditCode: string }
async function measure(city: City, firms: readonly Known[], figure: Figure, notes: string): Promise<void> {
  const all: number[] = []
  for (const [role, username] of Object.entries(readers)) {
    const who = await city.as(username)
    for (const [kind, asked] of Object.entries(searches(firms))) {
      const times = await timed(who, asked)
      all.push(...times)
      figure('P14', percentile(times, 0.95), 'ms p95', `${kind} by a ${role}: p50 ${percentile(times, 0.5)}, longest ${percentile(times, 1)}, ${times.length} searches; ${notes}`)
    }
  }
  figure('P14', percentile(all, 0.95), 'ms p95', `all searches: p50 ${percentile(all, 0.5)}; ${notes}`)
  for (const [role, username, query] of [['reviewer', readers.reviewer, {}], ['commander', readers.commander, { district: '520103' }], ['officer', readers.officer, {}]] as const) {
    const who = await city.as(username)
    const times: number[] = []
    for (const state of [undefined, 'underReview', 'filed', 'returned', undefined] as const) {
      for (let round = 0; round < 12; round++) {
        let cursor: string | undefined
        for (let page = 0; page < 3; page++) {
          const from = performance.now()
          const answer = await who.call(listDeclarations, { query: { limit: 50, ...query, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } })
          times.push(performance.now() - from)
          if (!answer.next) break
          cursor = answer.next
        }
      }
    }
    figure('P14', percentile(times, 0.95), 'ms p95', `a district’s declarations by a ${role}: p50 ${percentile(times, 0.5)}, longest ${percentile(times, 1)}, ${times.length} pages among ${DECLARATIONS}`)
  }
}
/** What people type, cut from names and codes of firms drawn at random: common words come as often as they stand in names. */
function searches(firms: readonly Known[]): Record<string, string[]> {
  const pick = random(14)
  const drawn = Array.from({ length: SEARCHES }, () => firms[pick(firms.length)]!)
  const part = (text: string, length: number) => { const signs = [...text]; const at = pick(Math.max(1, signs.length - length + 1)); return signs.slice(at, at + length).join('') }
  return {
    'two characters': drawn.map(({ name }) => part(searchKey(name), 2)),
    'four characters': drawn.map(({ name }) => part(searchKey(name), 4)),
    'initials (3 to 5)': drawn.map(({ name }) => part(initialsOf(name)[0]!, 3 + pick(3))),
    'part of a code (4 to 8)': drawn.map(({ creditCode }) => part(creditCode, 4 + pick(5))),
  }
}
async function timed(who: Someone, asked: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (const q of [...asked.slice(0, 20), ...asked]) {
    const from = performance.now()
    await who.call(listEnterprises, { query: { q, limit: 50 } })
    times.push(performance.now() - from)
  }
  // The first twenty warm up connections and caches, as any server that is not just started has them.
  return times.slice(20)
}
function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10
}
