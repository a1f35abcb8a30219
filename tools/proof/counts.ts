// R16 for the day: counters equal a recount of raw rows in the same snapshot while reports, corrections and folds run and processes are killed; nothing below five can be worked out.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { getDistrictDay, listDistrictFirms, type AreaRow, type FirmRow } from '@fugong/contract/health.days'
import type { City } from '../../server/test/harness.ts'
import { bindPeople, type Reporter } from '../../server/test/reporting.ts'
import { openProofCity } from './city.ts'
import type { Proof } from './proof.ts'
import { random } from './random.ts'

const WORKER = fileURLToPath(new URL('./counts-worker.ts', import.meta.url))
const DAY = '2020-02-24'
const LEAST = 5
export async function proveCounts(proof: Proof): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  const pick = random(16)
  const owner = await cluster.asOwner()
  const workers: ChildProcess[] = []
  try {
    const people = await bindPeople(city, proof.long ? 20_000 : 300)
    await owner.query(`update health.subjects set since = '2020-02-01'`)
    const start = (): ChildProcess => {
      const worker = spawn(process.execPath, ['--import', 'tsx', WORKER, JSON.stringify(cluster.app)], { stdio: ['ignore', 'pipe', 'inherit'] })
      workers.push(worker)
      return worker
    }
    let victim = start()
    await working(victim)
    let sent = 0
    let looks = 0
    let kills = 0
    let over = false
    // Looks go on beside everything else, each in one snapshot of its own.
    const looking = (async () => {
      while (!over) {
        await compare(owner, proof)
        looks += 1
        await pause(40)
      }
    })()
    const killing = (async () => {
      while (!over) {
        // The next one is at work before this one dies, so that somebody always folds.
        const next = start()
        await working(next)
        await pause(pick(400))
        victim.kill('SIGKILL')
        victim = next
        // Whatever a connection was in the middle of is undone; its reports are sent again.
        await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and state <> 'idle' and pid <> pg_backend_pid() order by random() limit 1`, [cluster.app.user]).catch(() => undefined)
        kills += 1
      }
    })()
    const versions = new Map<string, number>()
    for (let from = 0; from < people.length; from += 30) {
      await Promise.all(people.slice(from, from + 30).map(async (who) => { if (await report(city, who, { temperature: 36 + pick(20) / 10, ...(pick(12) ? {} : { contact: true }) })) sent += 1 }))
      await pause(60)
    }
    // Corrections go on until enough was killed in the middle of them.
    for (let turn = 0; kills < (proof.long ? 60 : 2); turn++) {
      await Promise.all(people.slice((turn * 20) % people.length).slice(0, 20).map(async (who) => {
        const version = (versions.get(who.employmentId) ?? 1) + 1
        if (await report(city, who, { temperature: 36 + pick(20) / 10 }, version)) versions.set(who.employmentId, version)
      }))
      await pause(60)
    }
    const corrected = [...versions.values()].reduce((sum, version) => sum + version - 1, 0)
    over = true
    await Promise.all([looking, killing])
    while ((await owner.query('select 1 from health.deltas limit 1')).rows.length) await pause(30)
    for (const worker of workers.splice(0)) worker.kill('SIGKILL')
    await compare(owner, proof)
    const { folded } = (await owner.query<{ folded: number }>('select coalesce(sum(reports), 0)::int as folded from health.counts')).rows[0]!
    if (!folded || !kills || !corrected) proof.broken('nothing was folded, or nobody was killed: this proves nothing')
    await agree(city, owner, proof, sent)
    const trees = proof.long ? 60 : 4
    for (let tree = 0; tree < trees; tree++) await hide(city, owner, proof, pick)
    proof.figure('R16', looks, 'snapshots', `each equal to a recount of raw rows by workplace, day, slot and colour; ${sent} reports and ${corrected} corrections, ${folded} folded, ${kills} folders killed and connections cut; ${trees} trees of colours with nothing below ${LEAST} to be worked out`)
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await owner.end()
    await close()
  }
}
/** Until a folder has folded once. */
const working = (worker: ChildProcess) => new Promise<void>((resolve) => worker.stdout!.once('data', () => resolve()))
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
/** Sends until it is answered; a connection that was cut is no answer. */
async function report(city: City, who: Reporter, answers: object, version?: number): Promise<boolean> {
  const payload = { key: `${DAY.replaceAll('-', '')}1-${randomBytes(16).toString('base64url')}`, day: DAY, slot: 1, answers, ...(version ? { version } : {}) }
  for (let turn = 0; turn < 40; turn++) {
    const answer = await city.http.inject({ method: 'POST', url: '/api/health/reports', headers: { authorization: `Bearer ${who.token}` }, payload })
    if (answer.statusCode < 500) return answer.statusCode === 200
    await pause(60)
  }
  return false
}

// ── the same snapshot ───────────────────────────────────────────────────────
const CELLS = `with counted as (
    select workplace_id, day, slot, level, sum(n)::int as n from (
      select workplace_id, day, slot, level, reports as n from health.counts
      union all select g.w, g.d, g.s, g.l, coalesce(g.a, 1) from health.deltas x cross join unnest(x.workplaces, x.days, x.slots, x.levels, x.amounts) as g (w, d, s, l, a)
    ) both_places group by 1, 2, 3, 4 having sum(n) <> 0
  ), raw as (select workplace_id, day, slot, level, count(*)::int as n from health.reports group by 1, 2, 3, 4)
  select count(*)::int as wrong from counted c full join raw r using (workplace_id, day, slot, level) where c.n is distinct from r.n`
const PLACES = `with raw as (select workplace_id, count(*)::int as people from health.subjects where active and expected group by 1)
  select count(*)::int as wrong from (select workplace_id, people from health.places where people <> 0) p full join raw r using (workplace_id) where p.people is distinct from r.people`
async function compare(owner: pg.Client, proof: Proof): Promise<void> {
  for (const [what, text] of [['reports', CELLS], ['people expected', PLACES]] as const) {
    const { wrong } = (await owner.query<{ wrong: number }>(text)).rows[0]!
    if (wrong) proof.broken(`${wrong} cells of ${what} differ from a recount in the same snapshot`)
  }
}
/** What the city reads through the API is what the rows say, once all is quiet. */
async function agree(city: City, owner: pg.Client, proof: Proof, sent: number): Promise<void> {
  const { n } = (await owner.query<{ n: number }>(`select count(*)::int as n from health.reports where day = '${DAY}' and slot = 1`)).rows[0]!
  const read = await (await city.as('gaohongtao')).call(getDistrictDay)
  if (n !== sent) proof.broken(`${sent} reports were accepted and ${n} are stored`)
  if (read.reported !== n) proof.broken(`the page says ${read.reported} reported, the rows ${n}`)
}

// ── what is hidden ──────────────────────────────────────────────────────────
/** Colours are spread anew; then everything the city reads is put together, as somebody would who wants to know. */
async function hide(city: City, owner: pg.Client, proof: Proof, pick: (below: number) => number): Promise<void> {
  await owner.query('update health.subjects set level = case when random() < $1 then 1 + floor(random() * 3)::int else 0 end', [[0.005, 0.02, 0.1, 0.3][pick(4)]])
  const chief = await city.as('gaohongtao')
  const day = await chief.call(getDistrictDay)
  const firms: FirmRow[] = []
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page: { items: FirmRow[]; next: string | null } = await chief.call(listDistrictFirms, { query: { cursor, limit: 200 } })
    firms.push(...page.items)
    cursor = page.next
  }
  const truth = new Map((await owner.query<{ key: string; n: number }>(`select street_code || ' ' || enterprise_id as key, count(*) filter (where level > 0 and active)::int as n from health.subjects group by 1`)).rows.map(({ key, n }) => [key, n]))
  const keyOf = (row: FirmRow) => `${row.streetCode} ${row.enterpriseId}`
  for (const row of firms) {
    const real = truth.get(keyOf(row)) ?? 0
    if (row.raised !== null && row.raised !== real) proof.broken(`${keyOf(row)} shows ${row.raised} instead of ${real}`)
    if (row.raised !== null && row.raised > 0 && row.raised < LEAST) proof.broken(`${row.raised} is shown for a firm`)
  }
  const solve = (sum: AreaRow, below: readonly { raised: number | null }[], what: string) => {
    if (sum.raised === null) return
    if (sum.raised > 0 && sum.raised < LEAST) proof.broken(`${sum.raised} is shown for a ${what}`)
    const gone = below.filter(({ raised }) => raised === null).length
    const rest = sum.raised - below.reduce((total, { raised }) => total + (raised ?? 0), 0)
    if (gone === 1) proof.broken(`one hidden cell of a ${what} can be worked out as ${rest}`)
    else if (gone && rest < LEAST) proof.broken(`hidden cells of a ${what} come to ${rest}`)
  }
  for (const street of day.streets) solve(street, firms.filter(({ streetCode }) => streetCode === street.code), 'street')
  for (const district of day.districts) {
    solve(district, day.streets.filter(({ code }) => code.startsWith(district.code)), 'district')
    if (district.levels) solve(district, Object.values(district.levels).map((raised) => ({ raised })), 'district by colour')
  }
}
