// R14: workers are killed in the middle of jobs and deliveries; each effect must arrive exactly once at a receiver that deduplicates, and a lost job be retaken within 60 s.
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openCluster, type Cluster } from './cluster.ts'
import { random } from './random.ts'
import type { Proof } from './proof.ts'

const WORKER = fileURLToPath(new URL('./delivery-worker.ts', import.meta.url))

export async function proveDelivery(proof: Proof): Promise<void> {
  const jobs = proof.long ? 2000 : 150
  const kills = proof.long ? 100 : 8
  const cluster = await openCluster()
  const pick = random(14)
  const owner = await cluster.asOwner()
  const workers: ChildProcess[] = []
  try {
    await owner.query(`create schema receiver; create table receiver.effects (kind text, id text, at timestamptz not null default clock_timestamp());
      grant usage on schema receiver to fugong_app; grant insert, select on all tables in schema receiver to fugong_app`)
    await owner.query(`insert into base.jobs (id, name, payload, run_at) select gen_random_uuid(), 'proof.job', to_jsonb(n), now() - interval '1 day' from generate_series(1, $1) n`, [jobs])
    await owner.query(`insert into base.events (id, at, name, subject_kind, subject_id, actor_kind, request_id, payload) select gen_random_uuid(), now(), 'calendar.day_set', 'proof', n::text, 'system', 'proof', '{}' from generate_series(1, $1) n`, [jobs])
    const start = () => workers.push(spawn(process.execPath, ['--import', 'tsx', WORKER, JSON.stringify(cluster.app)], { stdio: ['ignore', 'ignore', 'inherit'] }))
    start()
    start()
    for (let kill = 0; kill < kills; kill++) {
      await pause(600 + pick(1200))
      const victim = workers.splice(pick(workers.length), 1)[0]!
      victim.kill('SIGKILL')
      start()
    }
    const waited = await finished(cluster, jobs, proof.long ? 600_000 : 120_000)
    const lost = await owner.query<{ kind: string; missing: number; doubled: number }>(`
      select k.kind, $1 - count(distinct e.id)::int as missing, (count(e.id) - count(distinct e.id))::int as doubled
      from (values ('job'), ('event')) k(kind) left join receiver.effects e on e.kind = k.kind group by k.kind`, [jobs])
    for (const row of lost.rows) {
      if (row.missing) proof.broken(`${row.missing} ${row.kind} effects never arrived`)
      if (row.doubled) proof.broken(`${row.doubled} ${row.kind} effects arrived twice`)
    }
    // After the last kill everything left is either waiting or held by a dead worker: all of it must be through within a minute.
    if (waited > 60_000) proof.broken(`a lost job was not retaken within 60 s: ${(waited / 1000).toFixed(0)} s`)
    proof.figure('R14', `${jobs * 2 - lost.rows.reduce((sum, row) => sum + row.missing + row.doubled, 0)}/${jobs * 2}`, 'once', `${kills} workers killed; all lost jobs retaken and done ${(waited / 1000).toFixed(0)} s after the last kill`)
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await owner.end()
    await cluster.stop()
  }
}

async function finished(cluster: Cluster, jobs: number, limit: number): Promise<number> {
  const began = Date.now()
  const watcher = await cluster.asOwner()
  try {
    while (Date.now() - began < limit) {
      const { rows } = await watcher.query<{ waiting: number; delivered: number }>("select (select count(*)::int from base.jobs where name = 'proof.job') as waiting, (select count(distinct id)::int from receiver.effects where kind = 'event') as delivered")
      if (!rows[0]!.waiting && rows[0]!.delivered >= jobs) return Date.now() - began
      await pause(200)
    }
    return limit
  } finally {
    await watcher.end()
  }
}
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
