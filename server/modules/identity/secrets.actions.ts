// Passwords, time-based codes and one-time secrets: made, hashed and checked here and nowhere else.
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { OTP } from 'otplib'
import { toString as toQr } from 'qrcode'
import type { Ctx } from '../../base/context.ts'
import { maskPhone, newSecret } from '../../base/crypto.ts'

// argon2id with 19 MiB and two passes, the library's default and the OWASP minimum: some 30 ms a try on a small machine.
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'))

let nobodysHash: Promise<string> | undefined
/** Checks a password; without a hash it works as long on nobody's, so that time does not tell which usernames exist. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const against = passwordHash ?? (await (nobodysHash ??= hashPassword(newSecret())))
  const matches = await verify(against, password.normalize('NFC'))
  return matches && passwordHash !== undefined
}

const totp = new OTP({ strategy: 'totp' })
const PERIOD_S = 30
const epochOf = (now: Date) => Math.floor(now.getTime() / 1000)
export const newTotpSecret = (): string => totp.generateSecret()
/** The time step a code belongs to, within one step before or after now; undefined when it does not match. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  // Checked from the step's start: counted from the moment itself, a tolerance of one period would reach two steps back.
  const epoch = epochOf(now) - (epochOf(now) % PERIOD_S)
  const result = totp.verifySync({ secret, token: code, epoch, epochTolerance: PERIOD_S })
  return result.valid ? epoch / PERIOD_S + result.delta : undefined
}
export function codeNow(secret: string, now: Date): { code: string; secondsLeft: number } {
  return { code: totp.generateSync({ secret, epoch: epochOf(now) }), secondsLeft: PERIOD_S - (epochOf(now) % PERIOD_S) }
}
/** What an authenticator app takes: the address and its QR code as SVG. */
export async function totpEnrolment(secret: string, username: string): Promise<{ totpUri: string; totpQr: string }> {
  const totpUri = totp.generateURI({ issuer: '复工 Fugong', label: username, secret })
  return { totpUri, totpQr: await toQr(totpUri, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) }
}

export const newPhoneCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')
/** A code is kept as a keyed hash bound to its phone: a table of a million hashes of bare codes would open it. */
export const hashPhoneCode = (ctx: Ctx, phoneIndex: Buffer, code: string): Buffer => ctx.sealer.blind('phone code', `${phoneIndex.toString('hex')} ${code}`)
export const indexPhone = (ctx: Ctx, phone: string): Buffer => ctx.sealer.blind('phone', phone)
export const sealPhone = (ctx: Ctx, phone: string): Buffer => ctx.sealer.seal('phone', phone)
export const openPhone = (ctx: Ctx, sealed: Buffer): string => ctx.sealer.open('phone', sealed)
/** Everything that is kept of a phone: sealed, indexed as a whole and by its last four digits, masked. */
export const phoneColumns = (ctx: Ctx, phone: string) => ({ phoneSealed: sealPhone(ctx, phone), phoneIndex: indexPhone(ctx, phone), phoneTail: indexTail(ctx, phone.slice(-4)), phoneMasked: maskPhone(phone) })
export const noPhone = { phoneSealed: null, phoneIndex: null, phoneTail: null, phoneMasked: null }
/** Keyed like every index, for its own purpose: of ten thousand tails a bare hash would hide none. */
export const indexTail = (ctx: Ctx, tail: string): Buffer => ctx.sealer.blind('phone tail', tail)
export const sealTotp = (ctx: Ctx, secret: string): Buffer => ctx.sealer.seal('totp', secret)
export const openTotp = (ctx: Ctx, sealed: Buffer): string => ctx.sealer.open('totp', sealed)

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** A password for a fictional person: four groups of four, without signs that look alike; some 79 bits. */
export function newSamplePassword(): string {
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('')).join('-')
}
