// Decisions about certificates: the states and what may move them, the number, what a search text means.
import { certificateCheck, readCertificateNumber, type CertificateState } from '@fugong/contract/certificates'

export type Deed = 'suspend' | 'resume' | 'revoke'

/** Deed → present state → next state; what is not listed cannot be done. Revocation is for good. */
export const machine: Readonly<Record<Deed, Partial<Record<CertificateState, CertificateState>>>> = {
  suspend: { valid: 'suspended' },
  resume: { suspended: 'valid' },
  revoke: { valid: 'revoked', suspended: 'revoked' },
}
export const deeds = Object.keys(machine) as Deed[]

export function next(state: CertificateState, deed: Deed): CertificateState | undefined {
  return machine[deed][state]
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
