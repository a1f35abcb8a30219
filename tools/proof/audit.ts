// R10: random edits, insertions, deletions, reorderings and cut tails of the audit, each by someone with the owner's rights; all must be found.
import { join } from 'node:path'
import type pg from 'pg'
import { verifyAudit } from '../../server/base/audit.ts'
import { systemClock } from '../../server/base/clock.ts'
import { createSealer } from '../../server/base/crypto.ts'
import { dbOn, openDatabase } from '../../server/base/db.ts'
import { createLog } from '../../server/base/log.ts'
import { createMetrics } from '../../server/base/metrics.ts'
import { asSystem, type Services } from '../../server/base/request.ts'
import { sealOnce } from '../../server/base/worker.ts'
import { openCluster } from './cluster.ts'
import { random } from './random.ts'
import type { Proof } from './proof.ts'

const BLOCKS = 6
const PER_BLOCK = 5
type Forgery = { name: string; statement: (pick: (n: number) => number) => string }
const at = (n: number) => `(select id from base.events order by xid, id offset ${n} limit 1)`
const EVENTS = BLOCKS * PER_BLOCK
const columns = ['name', 'subject_kind', 'subject_id', 'actor_kind', 'request_id']
const forgeries: Forgery[] = [
  { name: 'edit', statement: (pick) => `update base.events set ${columns[pick(columns.length)]} = 'forged' where id = ${at(pick(EVENTS))}` },
  { name: 'edit of payload', statement: (pick) => `update base.events set payload = payload || '{"day":"forged"}' where id = ${at(pick(EVENTS))}` },
  { name: 'edit of time', statement: (pick) => `update base.events set at = at + make_interval(secs => ${pick(1000) + 1}) where id = ${at(pick(EVENTS))}` },
  { name: 'deletion', statement: (pick) => `delete from base.events where id = ${at(pick(EVENTS))}` },
  { name: 'insertion', statement: (pick) => `insert into base.events select gen_random_uuid(), xid, at, name, subject_kind, subject_id || 'x', actor_kind, actor_id, unit_id, seeing_as, request_id, payload from base.events where id = ${at(pick(EVENTS))}` },
  { name: 'reordering', statement: (pick) => { const a = pick(EVENTS); const b = (a + 1 + pick(EVENTS - 1)) % EVENTS; return `update base.events e set subject_id = o.subject_id, payload = o.payload, at = o.at from base.events o where (e.id = ${at(a)} and o.id = ${at(b)}) or (e.id = ${at(b)} and o.id = ${at(a)})` } },
  { name: 'cut tail', statement: (pick) => { const keep = pick(BLOCKS); return `delete from base.events where xid >= coalesce((select xid_to from base.audit_blocks where no = ${keep}), '0'::xid8); delete from base.audit_blocks where no > ${keep}` } },
  { name: 'removed block', statement: (pick) => `delete from base.audit_blocks where no = ${pick(BLOCKS) + 1}` },
  { name: 'rewritten block', statement: (pick) => `update base.audit_blocks set root = sha256('${pick(1e6)}'::bytea) where no = ${pick(BLOCKS) + 1}` },
]

export async function proveAudit(proof: Proof): Promise<void> {
  const rounds = proof.long ? 10_000 : 400
  const cluster = await openCluster()
  const database = openDatabase(cluster.app, { size: 4 })
  const services: Services = { database, clock: systemClock, log: createLog('silent'), sealer: createSealer(Buffer.alloc(32, 1)), verbs: {}, recordVerbs: new Set() }
  const headsFile = join(cluster.folder, 'heads.jsonl')
  const intruder = await cluster.asOwner()
  try {
    for (let block = 0; block < BLOCKS; block++) {
      for (let i = 0; i < PER_BLOCK; i++) await asSystem(services, async (ctx) => ctx.announce('calendar.day_set', { kind: 'day', id: `${block}-${i}` }, { day: `${block}-${i}`, kind: 'holiday' }))
      await sealOnce({ services, headsFile, metrics: createMetrics() })
    }
    const untouched = await asSystem(services, (ctx) => verifyAudit(ctx, headsFile))
    if (untouched.faults.length || untouched.events !== EVENTS) proof.broken(`an untouched audit does not verify: ${untouched.faults.join('; ')}`)
    const { missed, forged } = await forge(intruder, headsFile, rounds, proof)
    proof.figure('R10', `${forged - missed}/${forged}`, 'found', `random forgeries of ${forgeries.length} kinds over ${EVENTS} events in ${BLOCKS} blocks`)
  } finally {
    await intruder.end()
    await database.close()
    await cluster.stop()
  }
}

/** Each forgery happens in a transaction that is verified from inside and rolled back, so that every one meets the true audit. */
async function forge(intruder: pg.Client, headsFile: string, rounds: number, proof: Proof): Promise<{ missed: number; forged: number }> {
  const pick = random(20200224)
  let missed = 0
  let forged = 0
  await intruder.query('alter table base.events disable trigger all; alter table base.audit_blocks disable trigger all')
  for (let round = 0; round < rounds; round++) {
    const forgery = forgeries[round % forgeries.length]!
    await intruder.query('begin')
    const statement = forgery.statement(pick)
    const touched = await intruder.query(statement)
    const report = await verifyAudit({ db: dbOn(intruder) }, headsFile)
    await intruder.query('rollback')
    const changed = [touched].flat().some((result) => (result.rowCount ?? 0) > 0)
    if (changed) forged += 1
    if (changed && !report.faults.length) {
      missed += 1
      proof.broken(`${forgery.name} was not found: ${statement}`)
    }
  }
  return { missed, forged }
}
