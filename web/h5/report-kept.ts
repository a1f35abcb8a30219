// What the phone keeps: for whom it reports, keys of intents that have no receipt yet, receipts, and sealed reports that wait; never an answer in clear.
import type { HealthDay } from '@fugong/contract/health.phones'

export type Slot = 1 | 2
export interface KeptReceipt { number: string; hash: string; day: string; slot: Slot; version: number; employmentId: string; acceptedAt: string }
/** Somebody for whom this phone reports: the token, and the day as it was shown last, with the name shortened. */
export interface Person { token: string; day?: HealthDay }
export interface Kept {
  device?: string; people?: Person[]; /** Token of the one who is shown. */ shown?: string
  /** A claim that waits for the firm. */ ask?: string
  /** Milliseconds by which the server's clock is ahead of this phone's. */ ahead?: number
  keys?: Record<string, string>; receipts?: KeptReceipt[]
}
const NAME = 'fugong.health'
const WAITS = 'fugong.waits.'
/** Receipts that a phone shows again. */
const MOST_RECEIPTS = 60
let memory: Kept = {}
export function kept(): Kept {
  try { memory = (JSON.parse(localStorage.getItem(NAME) || '{}') as Kept) || {} } catch { /* as it is in memory */ }
  return memory
}
function write(all: Kept): void {
  memory = all
  try { localStorage.setItem(NAME, JSON.stringify(all)) } catch { /* lasts as long as the page */ }
}
export const keep = (set: Kept): void => write({ ...kept(), ...set })

// ── for whom ────────────────────────────────────────────────────────────────
export const people = (): Person[] => kept().people || []
export const personShown = (): Person | undefined => { const { shown } = kept(); return people().filter((one) => one.token === shown)[0] || people()[0] }
export function addPerson(token: string): void {
  keep({ people: people().filter((one) => one.token !== token).concat([{ token }]), shown: token, ask: '' })
}
/** 秦雨桐 → 秦**, Sam Carter → S**: enough to tell who is meant on a phone that reports for several. */
export const shortened = (name: string): string => `${Array.from(name)[0] || ''}**`
export function keepDay(token: string, day: HealthDay): void {
  keep({ ahead: Date.parse(day.now) - Date.now(), people: people().map((one) => (one.token === token ? { token, day: { ...day, name: shortened(day.name) } } : one)) })
}
/** Takes somebody off; what belongs to the phone itself stays: its id counts its tries. Receipts go with their person. */
export function forget(token: string): void {
  const gone = people().filter((one) => one.token === token)[0]
  const who = gone && gone.day ? gone.day.employmentId : ''
  keep({ people: people().filter((one) => one.token !== token), shown: '', receipts: (kept().receipts || []).filter((one) => one.employmentId !== who) })
}
/** The server's time by this phone's clock and what was learned of it. */
export const serverNow = (): number => Date.now() + (kept().ahead || 0)
/** The day in Shanghai. */
export const dayAt = (time: number): string => new Date(time + 8 * 3600000).toISOString().slice(0, 10)

// ── keys and receipts ───────────────────────────────────────────────────────
const bytes = (count: number) => Array.from(crypto.getRandomValues(new Uint8Array(count)))
const hex = (numbers: number[]) => numbers.map((one) => (one < 16 ? '0' : '') + one.toString(16)).join('')
/** Bytes as URL-safe base64. */
export const base64 = (numbers: number[] | Uint8Array): string => btoa(Array.from(numbers).map((one) => String.fromCharCode(one)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
/** This phone's random id, made once. */
export function deviceId(): string {
  const { device } = kept()
  if (device) return device
  const text = hex(bytes(16))
  const made = [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `a${text.slice(17, 20)}`, text.slice(20)].join('-')
  keep({ device: made })
  return made
}
/** One version of one slot of somebody. */
export interface Target { who: string; day: string; slot: Slot; version: number }
const nameOf = ({ who, day, slot, version }: Target): string => `${who} ${day} ${slot} ${version}`
/** The key of an intent: kept until its receipt is here, so that a page opened anew, or a second one, goes on with it. */
export function keyFor(target: Target): string {
  const keys = kept().keys || {}
  const before = keys[nameOf(target)]
  if (before) return before
  const made = `${target.day.replace(/-/g, '')}${target.slot}-${base64(bytes(16))}`
  keep({ keys: { ...keys, [nameOf(target)]: made } })
  return made
}
export function dropKey(target: Target): void {
  const keys = { ...kept().keys }
  delete keys[nameOf(target)]
  keep({ keys })
}
export function keepReceipt({ number, hash, day, slot, version, employmentId, acceptedAt }: KeptReceipt): void {
  const { receipts = [] } = kept()
  keep({ receipts: [{ number, hash, day, slot, version, employmentId, acceptedAt }].concat(receipts.filter((one) => one.number !== number)).slice(0, MOST_RECEIPTS) })
  dropKey({ who: employmentId, day, slot, version })
}

// ── what waits: each in a place of its own, so that two pages never write over each other ──
export interface Waiting extends Target {
  key: string; token: string; keyId: string; sealed: string; /** When it was answered, by this phone's clock. */ at: number
  /** The day that the person named because the sealed one was wrong. */ meant?: string
  /** What the server refused it with. */ refused?: { code: string; title: string }
}
let unstored: Waiting[] = []
/** Everything that waits, in the order of its answering. */
export function waiting(): Waiting[] {
  const found = unstored.slice()
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i)!
      if (name.indexOf(WAITS) === 0) found.push(JSON.parse(localStorage.getItem(name)!) as Waiting)
    }
  } catch { /* what is in memory */ }
  return found.sort((a, b) => a.at - b.at || a.version - b.version)
}
export function putWaiting(one: Waiting): void {
  unstored = unstored.filter(({ key }) => key !== one.key)
  try { localStorage.setItem(WAITS + one.key, JSON.stringify(one)) } catch { unstored.push(one) }
}
export function dropWaiting({ key }: Pick<Waiting, 'key'>): void {
  unstored = unstored.filter((one) => one.key !== key)
  try { localStorage.removeItem(WAITS + key) } catch { /* it was only in memory */ }
}
