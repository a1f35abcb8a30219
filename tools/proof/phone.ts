// Phones to be killed: the daily page's own keys, seal, queue and delivery over a storage that lies in a folder, so that what a killed page had stored is there when it is opened again, and two pages share it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Receipt } from '@fugong/contract/health'

type Answer = { ok: true; data: Receipt } | { ok: false; status: number; code: string; title: string; issues: never[] }
interface Target { who: string; day: string; slot: 1 | 2; version: number }
interface Waiting extends Target { key: string; token: string; keyId: string; sealed: string; at: number }
interface Ways { post: (one: Waiting) => Promise<Answer>; wait: (milliseconds: number) => Promise<void>; random: () => number; told: () => void }
// The pages are checked against a browser's types and this against Node's, so they meet at run time only.
const page = (name: string): Promise<unknown> => import(new URL(`../../web/h5/${name}.ts`, import.meta.url).href)
const { deliverAll, passes } = (await page('report-deliver')) as { deliverAll(ways: Ways): Promise<void>; passes(status: number): boolean }
const { keepReceipt, kept, keyFor, putWaiting, waiting } = (await page('report-kept')) as { keepReceipt(receipt: Receipt): void; kept(): { receipts?: { day: string }[] }; keyFor(target: Target): string; putWaiting(one: Waiting): void; waiting(): Waiting[] }
const { sealed } = (await page('report-seal')) as { sealed(content: object, key: string, token: string): Promise<string | undefined> }

export interface PhoneOrders { url: string; token: string; employmentId: string; seal: { id: string; key: string }; days: string[]; /** Where its storage lies. */ store: string; /** One line for each receipt that it had. */ done: string; /** Milliseconds by which its clock is wrong. */ off: number }

interface Kept { getItem(name: string): string | null; setItem(name: string, text: string): void; removeItem(name: string): void; key(index: number): string | null; readonly length: number }
/** As a browser's: each entry is written whole or not at all, and seen by every page of the phone at once. */
function storageIn(folder: string): Kept {
  mkdirSync(folder, { recursive: true })
  const names = () => readdirSync(folder).filter((name) => !name.endsWith('~'))
  const at = (name: string) => join(folder, encodeURIComponent(name))
  return {
    getItem(name) { try { return readFileSync(at(name), 'utf8') } catch { return null } },
    setItem(name, text) {
      const fresh = `${at(name)}.${process.pid}~`
      writeFileSync(fresh, text)
      renameSync(fresh, at(name))
    },
    removeItem: (name) => rmSync(at(name), { force: true }),
    key: (index) => { const name = names()[index]; return name === undefined ? null : decodeURIComponent(name) },
    get length() { return names().length },
  }
}
const own = new AsyncLocalStorage<Kept>()
Object.defineProperty(globalThis, 'localStorage', { get: () => own.getStore() })

async function post(url: string, path: string, token: string, body: object): Promise<Answer> {
  try {
    const answer = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
    const data = (await answer.json()) as Receipt & { code: string; title: string }
    return answer.ok ? { ok: true, data } : { ok: false, status: answer.status, code: data.code, title: data.title, issues: [] }
  } catch {
    return { ok: false, status: 0, code: 'network.failed', title: '', issues: [] }
  }
}
/** One opened page: the person answers for every day that has neither a receipt nor waits, then the page delivers. */
async function use({ url, token, employmentId, seal, days, done, off }: PhoneOrders): Promise<void> {
  const now = () => Date.now() + off
  const received = (receipt: Receipt) => { appendFileSync(done, `${receipt.day}\n`); keepReceipt(receipt) }
  for (const day of days) {
    if ((kept().receipts ?? []).some((one) => one.day === day) || waiting().some((one) => one.day === day)) continue
    const target: Target = { who: employmentId, day, slot: 1, version: 1 }
    const report = { key: keyFor(target), day, slot: 1 as const, answers: { temperature: 36 + Number(day.slice(-1)) / 10 } }
    // A phone whose clock is wrong had no network when it was answered.
    const answer: Answer = off ? { ok: false, status: 0, code: '', title: '', issues: [] } : await post(url, '/api/health/reports', token, report)
    if (answer.ok) { received(answer.data); continue }
    if (!passes(answer.status)) throw new Error(`${day}: ${answer.code}`)
    const at = now()
    putWaiting({ ...target, key: report.key, token, keyId: seal.id, sealed: (await sealed({ ...report, at }, seal.key, token))!, at })
  }
  await deliverAll({
    post: async (one) => {
      const answer = await post(url, '/api/health/sealed-reports', token, { keyId: one.keyId, sealed: one.sealed, sentAt: now() })
      if (answer.ok) appendFileSync(done, `${answer.data.day}\n`)
      return answer
    },
    // The same pauses, forty times as fast.
    wait: (time) => new Promise((resolve) => setTimeout(resolve, time / 40)), random: Math.random, told: () => {},
  })
}
await Promise.all(process.argv.slice(2).map((file) => {
  const orders = JSON.parse(readFileSync(file, 'utf8')) as PhoneOrders
  return own.run(storageIn(orders.store), () => use(orders))
}))
