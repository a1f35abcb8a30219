// Decisions about certificates: the states and what may move them, the number, what a search text means.
import { certificateCheck, readCertificateNumber, type CertificateState } from '@fugong/contract/certificates'

/** Who does a deed: an office, the firm, or the system as a consequence (a new filing, a day that has passed, a firm that is no more). */
export type Side = 'office' | 'firm' | 'system'
export type Deed = 'suspend' | 'resume' | 'revoke' | 'supersede' | 'expire' | 'withdraw' | 'close'
interface Move { who: Side; moves: Partial<Record<CertificateState, CertificateState>> }

/**
 * Deed → who → present state → next state; what is not listed cannot be done. Every state but valid and suspended is for good.
 * A new filing takes the place of a certificate only while that one holds: a stop-work order is ended by its own end, not by declaring again.
 */
export const machine: Readonly<Record<Deed, Move>> = {
  suspend: { who: 'office', moves: { valid: 'suspended' } },
  resume: { who: 'office', moves: { suspended: 'valid' } },
  revoke: { who: 'office', moves: { valid: 'revoked', suspended: 'revoked' } },
  supersede: { who: 'system', moves: { valid: 'superseded' } },
  expire: { who: 'system', moves: { valid: 'expired', suspended: 'expired' } },
  withdraw: { who: 'firm', moves: { valid: 'withdrawn', suspended: 'withdrawn' } },
  close: { who: 'system', moves: { valid: 'closed', suspended: 'closed' } },
}
/** What an office does by hand on a certificate. */
export const officeDeeds = (Object.keys(machine) as Deed[]).filter((deed): deed is OfficeDeed => machine[deed].who === 'office')
export type OfficeDeed = 'suspend' | 'resume' | 'revoke'

export function next(state: CertificateState, deed: Deed): CertificateState | undefined {
  return machine[deed].moves[state]
}

export interface Standing { state: CertificateState; stateSince: string; validUntil: string | null }
/** How a certificate stands on a day in Shanghai: its last day counts whole, and nobody waits for the clock to write down that it is over. */
export function standingOn<S extends Standing>(standing: S, today: string): Pick<S, 'state' | 'stateSince'> {
  const { state, stateSince, validUntil } = standing
  if (validUntil === null || validUntil >= today || !next(state, 'expire')) return { state, stateSince }
  return { state: 'expired', stateSince: dayAfter(validUntil, 1, 'T00:00:00+08:00') }
}
/** The last day of validity of what is issued on `day`, by the days that the table gives; null is open-ended. */
export function lastDay(day: string, days: unknown): string | null {
  return typeof days === 'number' && Number.isInteger(days) && days > 0 ? dayAfter(day, days) : null
}
function dayAfter(day: string, days: number, time?: string): string {
  const after = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  return time ? new Date(`${after}${time}`).toISOString() : after
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** `GY-XXXXX-XXXXX-C` from the city's two letters and ten random bytes; 256 is a multiple of 32, so every character is equally likely. */
export function numberFrom(letters: string, random: Uint8Array): string {
  if (!/^[A-Z]{2}$/.test(letters) || random.length !== 10) throw new Error('A certificate number takes two capitals and ten random bytes')
  const ten = [...random].map((byte) => ALPHABET[byte % 32]!).join('')
  return `${letters}-${ten.slice(0, 5)}-${ten.slice(5)}-${certificateCheck(ten)}`
}

/** The city an area code belongs to (GB/T 2260: the first four digits). */
export function cityOf(areaCode: string): string {
  return `${areaCode.slice(0, 4)}00`
}

export type Search = { kind: 'number'; number: string } | { kind: 'name'; text: string }
/** A whole certificate number is looked up, anything else is sought in the firm's name. */
export function readSearch(typed: string): Search {
  const number = readCertificateNumber(typed)
  return number ? { kind: 'number', number } : { kind: 'name', text: typed }
}
