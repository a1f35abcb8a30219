// P16: opening a declaration through the full path (session, check, rights, scope, key of the intent, transaction, event, commit) against a bare Fastify POST, alternating in one run.
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { SESSION_COOKIE } from '../../server/base/http.ts'
import { fire, median, post, type Load } from './load.ts'
import type { Figure, Ready } from './figure.ts'
import { message } from './message.ts'

const SERVER = fileURLToPath(new URL('./declaring-server.ts', import.meta.url))
const ROUNDS = 5
const PER_ROUND = 3000
const CONNECTIONS = 64

export async function measureDeclaring(figure: Figure): Promise<void> {
  const child = fork(SERVER, [String((ROUNDS + 1) * PER_ROUND)], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    const ready = await message<Ready>(child)
    const headers = { 'x-fugong': '1', cookie: `${SESSION_COOKIE}=${ready.cookie}` }
    const requests = ready.workplaces.map((workplaceId) => post('/api/declarations', { enterpriseId: ready.enterpriseId, workplaceId }, { ...headers, 'idempotency-key': randomUUID() }))
    const bare = Array.from({ length: PER_ROUND * 4 }, () => post('/', { enterpriseId: ready.enterpriseId, workplaceId: ready.workplaces[0] }))
    const full: Load[] = []
    const plain: Load[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const one = await fire({ port: ready.port, connections: CONNECTIONS, requests: requests.slice(round * PER_ROUND, (round + 1) * PER_ROUND) })
      const other = await fire({ port: ready.bare, connections: CONNECTIONS, requests: bare })
      if (one.statuses['200'] !== PER_ROUND) throw new Error(`not every declaration was opened: ${JSON.stringify(one.statuses)}`)
      // The first round warms up.
      if (round > 0) { full.push(one); plain.push(other) }
    }
    child.send('count')
    const stored = await message<number>(child)
    const ratios = full.map((one, i) => one.perSecond / plain[i]!.perSecond)
    figure('P16', median(ratios).toFixed(3), 'ratio', `opening ${Math.round(median(full.map((one) => one.perSecond)))}/s (p50 ${median(full.map((one) => one.p50)).toFixed(1)} ms, p99 ${median(full.map((one) => one.p99)).toFixed(1)} ms) ÷ bare Fastify POST ${Math.round(median(plain.map((one) => one.perSecond)))}/s, ${CONNECTIONS} connections, median of ${ROUNDS}; ${stored} rows counted of ${(ROUNDS + 1) * PER_ROUND}`)
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}
