// R13: phones that lose their network, are killed in the middle and opened twice: each report is delivered exactly once and for its day, or the phone still shows that it waits.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publicSealKey } from '../../server/modules/health/index.ts'
import { bindPeople } from '../../server/test/reporting.ts'
import { openProofCity } from './city.ts'
import { openCuttingProxy } from './cutting.ts'
import type { PhoneOrders } from './phone.ts'
import type { Proof } from './proof.ts'
import { random } from './random.ts'

const PHONE = fileURLToPath(new URL('./phone.ts', import.meta.url))
const DAYS = ['2020-02-21', '2020-02-22', '2020-02-23', '2020-02-24']
const YEAR_MS = 366 * 86_400_000
interface Stored { employmentId: string; day: string; version: number; level: number }

export async function provePhones(proof: Proof): Promise<void> {
  const count = proof.long ? 400 : 20
  const killing = proof.long ? 120_000 : 5000
  const folder = mkdtempSync(join(tmpdir(), 'fugong-phones-'))
  const { city, cluster, close } = await openProofCity()
  const pick = random(13)
  const running: { at: number; page: ChildProcess }[] = []
  try {
    await city.http.listen({ host: '127.0.0.1', port: 0 })
    const proxy = await openCuttingProxy(`http://127.0.0.1:${(city.http.server.address() as AddressInfo).port}`, () => pick(4) === 0)
    const owner = await cluster.asOwner()
    try {
      const people = await bindPeople(city, count)
      const seal = publicSealKey({ sealer: city.system_.services.sealer, now: city.clock.now() })
      const files = people.map(({ employmentId, token }, at) => {
        const file = join(folder, `${at}.json`)
        // A tenth have a clock that is a year off and never learned better; theirs must be refused and kept.
        const wrong = at % 10 === 9
        const orders: PhoneOrders = { url: proxy.url, token, employmentId, seal, days: wrong ? DAYS.map((day) => day.replace('2020', '2021')) : DAYS, off: wrong ? YEAR_MS : 0, store: join(folder, `${at}.store`), done: join(folder, `${at}.acknowledged`) }
        writeFileSync(file, JSON.stringify(orders))
        return file
      })
      // One process is one opened page of each of its phones, so that starting does not cost more than it proves.
      const groups = Array.from({ length: 4 }, (_, part) => files.filter((_file, at) => at % 4 === part))
      const open = (at: number) => { const page = spawn(process.execPath, ['--import', 'tsx', PHONE, ...groups[at]!], { stdio: ['ignore', 'ignore', 'inherit'] }); running.push({ at, page }); return page }
      let kills = 0
      const until = Date.now() + killing
      proxy.away = true
      groups.forEach((_, at) => open(at))
      while (Date.now() < until) {
        await pause(300 + pick(400))
        proxy.away = pick(3) === 0
        // Mostly the page is killed and opened again; now and then a second one is opened beside it.
        const at = pick(groups.length)
        for (const one of pick(4) ? running.filter((other) => other.at === at) : []) { if (one.page.exitCode === null && one.page.kill('SIGKILL')) kills += 1; running.splice(running.indexOf(one), 1) }
        open(at)
      }
      for (const { page } of running.splice(0)) page.kill('SIGKILL')
      proxy.away = false
      // The network is back for good: every phone is opened once more and left open until it rests.
      await Promise.all(groups.map((_, at) => new Promise<void>((resolve, reject) => { open(at).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a phone ended with ${code}`)))) })))
      const stored = (await owner.query<Stored>(`select employment_id as "employmentId", to_char(day, 'YYYY-MM-DD') as day, version, level from health.reports union all select employment_id, to_char(day, 'YYYY-MM-DD'), version, level from health.superseded`)).rows
      let delivered = 0
      let shown = 0
      for (const file of files) {
        const { employmentId, days, store, done } = JSON.parse(readFileSync(file, 'utf8')) as PhoneOrders
        const mine = stored.filter((one) => one.employmentId === employmentId)
        const texts = readdirSync(store).filter((name) => !name.endsWith('~')).map((name) => ({ name, text: readFileSync(join(store, name), 'utf8') }))
        const waits = texts.filter(({ name }) => name.startsWith('fugong.waits.')).map(({ text }) => JSON.parse(text) as { day: string; refused?: { code: string } })
        const acknowledged = new Set(existsSync(done) ? readFileSync(done, 'utf8').split('\n').filter(Boolean) : [])
        for (const day of days) {
          const rows = mine.filter((one) => one.day === day)
          const waiting = waits.filter((one) => one.day === day)
          if (rows.length > 1) proof.broken(`${employmentId} ${day}: stored ${rows.length} times`)
          if (!rows.length && !waiting.length) proof.broken(`${employmentId} ${day}: neither stored nor shown as waiting`)
          if (acknowledged.has(day) && !rows.length) proof.broken(`${employmentId} ${day}: the phone had a receipt and nothing is stored`)
          if (waiting.some(({ refused }) => !refused)) proof.broken(`${employmentId} ${day}: still on its way when everything rested`)
          if (rows.length && waiting.length) proof.broken(`${employmentId} ${day}: stored, and shown as waiting`)
          if (rows.length) delivered += 1
          else if (waiting.every(({ refused }) => refused?.code === 'health.day_outside')) shown += 1
        }
        const strange = mine.filter(({ day }) => !days.includes(day))
        if (strange.length) proof.broken(`${employmentId}: stored for ${strange.map(({ day }) => day).join(', ')}, which nobody answered for`)
        if (texts.some(({ text }) => /36\.\d|temperature/.test(text))) proof.broken(`${employmentId}: answers lie on the phone in clear`)
      }
      const batches = (await owner.query<{ leaves: number }>('select coalesce(sum(cardinality(positions)), 0)::int as leaves from health.batches')).rows[0]!.leaves
      if (batches !== stored.length) proof.broken(`${batches} receipts for ${stored.length} reports`)
      proof.figure('R13', `${delivered + shown}/${count * DAYS.length}`, 'accounted', `${delivered} delivered once for their day, ${shown} refused for a wrong clock and still shown; ${kills} pages killed, ${proxy.cut} answers lost, two pages of a phone at once`)
    } finally {
      await owner.end()
      await proxy.close()
    }
  } finally {
    for (const { page } of running) page.kill('SIGKILL')
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
