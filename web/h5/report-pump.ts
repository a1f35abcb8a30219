// Sends what waits on the phone, one loop for the whole page, and seals what could not be sent; whoever shows it is told.
import type { Receipt } from '@fugong/contract/health'
import type { HealthDay } from '@fugong/contract/health.phones'
import { send } from './kit.ts'
import { deliverAll, type Report } from './report-deliver.ts'
import { putWaiting, type Target } from './report-kept.ts'
import { sealed } from './report-seal.ts'

type Told = (failed: number, receipt?: Receipt) => void
let watchers: Told[] = []
/** Calls back whenever something was received, refused or failed once more; answers how to end it. */
export function watch(told: Told): () => void {
  watchers = watchers.concat(told)
  return () => { watchers = watchers.filter((one) => one !== told) }
}
let running = false
let wake: (() => void) | undefined
/** Begins to deliver, or goes on at once when it rests between two tries. */
export async function pump(after = 0): Promise<void> {
  if (running) { if (wake && !after) wake(); return }
  running = true
  // The two ways to the server: a try has just failed, so the next one waits its turn.
  const rest = (time: number) => new Promise<void>((done) => { const timer = setTimeout(done, time); wake = () => { clearTimeout(timer); done() } })
  if (after) await rest(1000 * (0.5 + Math.random() / 2))
  await deliverAll({
    post: ({ keyId, sealed: text, meant, token }) => send<Receipt>('POST', '/api/health/sealed-reports', { keyId, sealed: text, sentAt: Date.now(), ...(meant ? { day: meant } : {}) }, token),
    wait: rest, random: Math.random, told: (failed, receipt) => watchers.forEach((one) => one(failed, receipt)),
  })
  running = false
}
if (typeof window !== 'undefined') window.addEventListener('online', () => void pump())

/** Seals a report and keeps it; false when this browser cannot. */
export async function store(report: Report, target: Target, seal: HealthDay['seal'], token: string): Promise<boolean> {
  const at = Date.now()
  const text = await sealed({ ...report, at }, seal.key, token)
  if (!text) return false
  putWaiting({ ...target, key: report.key, token, keyId: seal.id, sealed: text, at })
  return true
}
