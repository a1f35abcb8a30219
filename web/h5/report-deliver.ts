// Delivers a report: under one key until its receipt is here, with growing pauses that differ from phone to phone; and what the phone keeps of it.
import type { Receipt } from '@fugong/contract/health'
import type { Answer as Given } from '@fugong/contract/forms'
import type { Answer } from './kit.ts'

export interface Report { key: string; day: string; slot: 1 | 2; answers: Record<string, Given> }
export interface Ways { post: (report: Report) => Promise<Answer<Receipt>>; wait: (milliseconds: number) => Promise<void>; random: () => number; /** Told before each pause: how many tries have failed. */ told: (failed: number) => void }
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 20000
/** Tries before the person is asked to try again by hand: some two minutes. */
export const TRIES = 10
/** Between half and all of 1, 2, 4 … seconds: phones that were refused together do not come again together. */
export const pauseAfter = (failed: number, random: number): number => Math.min(LONGEST_PAUSE, FIRST_PAUSE * Math.pow(2, failed - 1)) * (0.5 + random / 2)
/** What may be over in a moment: no network, a busy or failing server. Everything else is an answer. */
export const passes = (status: number): boolean => status === 0 || status === 429 || status >= 500
export async function deliver(report: Report, { post, wait, random, told }: Ways): Promise<Answer<Receipt>> {
  for (let failed = 1; ; failed++) {
    const answer = await post(report)
    if (answer.ok || !passes(answer.status) || failed >= TRIES) return answer
    told(failed)
    await wait(pauseAfter(failed, random()))
  }
}

// ── what the phone keeps: token, key of an intent that has no receipt yet, receipts; never an answer ──
const NAME = 'fugong.health'
export interface KeptReceipt { number: string; hash: string; day: string; slot: 1 | 2; acceptedAt: string }
export interface Kept { device?: string; token?: string; key?: string; receipts?: KeptReceipt[] }
/** Receipts that a phone shows again. */
const MOST_RECEIPTS = 30
let memory: Kept = {}
export function kept(): Kept {
  try { memory = (JSON.parse(localStorage.getItem(NAME) || '{}') as Kept) || {} } catch { /* as it is in memory */ }
  return memory
}
export function keep(set: Kept): void {
  memory = { ...kept(), ...set }
  try { localStorage.setItem(NAME, JSON.stringify(memory)) } catch { /* lasts as long as the page */ }
}
/** Everything but the phone's own id, which counts its tries. */
export function forget(): void {
  const { device } = kept()
  memory = device ? { device } : {}
  try { localStorage.setItem(NAME, JSON.stringify(memory)) } catch { /* lasts as long as the page */ }
}
const bytes = (count: number) => Array.from(crypto.getRandomValues(new Uint8Array(count)))
const hex = (numbers: number[]) => numbers.map((one) => (one < 16 ? '0' : '') + one.toString(16)).join('')
/** This phone's random id, made once. */
export function deviceId(): string {
  const { device } = kept()
  if (device) return device
  const text = hex(bytes(16))
  const made = [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `a${text.slice(17, 20)}`, text.slice(20)].join('-')
  keep({ device: made })
  return made
}
/** The key of the intent for a day and slot: kept until its receipt is here, so that a page opened anew goes on with it. */
export function keyFor(day: string, slot: 1 | 2): string {
  const begin = `${day.replace(/-/g, '')}${slot}-`
  const { key } = kept()
  if (key && key.indexOf(begin) === 0) return key
  const made = begin + btoa(String.fromCharCode.apply(null, bytes(16))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  keep({ key: made })
  return made
}
export function keepReceipt({ number, hash, day, slot, acceptedAt }: KeptReceipt): void {
  const { receipts = [] } = kept()
  keep({ key: '', receipts: [{ number, hash, day, slot, acceptedAt }].concat(receipts.filter((one) => one.number !== number)).slice(0, MOST_RECEIPTS) })
}
