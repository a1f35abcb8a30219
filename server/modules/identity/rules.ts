// Decisions of identity: how long a next try must wait, which passwords are weak, which areas a unit covers, what can be done to a person.

// ── throttle ────────────────────────────────────────────────────────────────
/** Failures counted under one key; `knownAt` is set once the account signed in from that address. */
export interface Tries { failures: number; lastAt: string; knownAt: string | null }
const MINUTE = 60_000
/** Failures this long ago no longer count. */
export const FORGET_MS = 60 * MINUTE
/** An address stays known to an account for 30 days after the last sign-in from it. */
const KNOWN_MS = 30 * 24 * 60 * MINUTE
/** One office behind one address has many people, so an address as a whole is slowed later and less. */
const LIMITS = { pair: { free: 5, longest: 15 * 60 }, address: { free: 30, longest: 60 } } as const
const ACCOUNT_FREE = 5
const ACCOUNT_SPACING_S = 2

/** Seconds to wait after so many failures: nothing below the free ones, then 2, 4, 8 … up to the longest. */
export function slowDown(failures: number, kind: keyof typeof LIMITS): number {
  const { free, longest } = LIMITS[kind]
  return failures < free ? 0 : Math.min(longest, 2 ** Math.min(20, failures - free + 1))
}
/** Failures that still count now. */
export function counting(tries: Tries | undefined, now: Date): number {
  return tries && now.getTime() - Date.parse(tries.lastAt) < FORGET_MS ? tries.failures : 0
}
export function isKnown(pair: Tries | undefined, now: Date): boolean {
  return Boolean(pair?.knownAt && now.getTime() - Date.parse(pair.knownAt) < KNOWN_MS)
}
/**
 * Seconds until the next try is heard, 0 for at once. `pair` is the account from this address, `address` the address
 * as a whole, `account` the account from anywhere: the last spaces tries by 2 s at most and never holds up an address
 * from which the account signed in before, so that nobody can shut another person out from elsewhere.
 */
export function waitFor(tries: { pair?: Tries; address?: Tries; account?: Tries }, now: Date): number {
  const left = (one: Tries | undefined, seconds: number) => (one && seconds ? Math.ceil((Date.parse(one.lastAt) - now.getTime()) / 1000 + seconds) : 0)
  const spaced = !isKnown(tries.pair, now) && counting(tries.account, now) >= ACCOUNT_FREE
  return Math.max(
    0,
    left(tries.pair, slowDown(counting(tries.pair, now), 'pair')),
    left(tries.address, slowDown(counting(tries.address, now), 'address')),
    spaced ? left(tries.account, ACCOUNT_SPACING_S) : 0,
  )
}
/** The network an address belongs to: /24 of IPv4, /64 of IPv6 (one household or phone owns as much). */
export function addressPrefix(address: string): string {
  const mapped = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.\d+$/i.exec(address)
  if (mapped) return `${mapped[1]}.${mapped[2]}.${mapped[3]}.0/24`
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** What tries from one address are counted under: the address, of IPv6 its /64, in which one household could choose among 2^64. */
export function addressKey(address: string): string {
  const prefix = addressPrefix(address)
  return prefix.endsWith('/24') ? address.replace(/^::ffff:/i, '') : prefix
}

// ── phone codes ─────────────────────────────────────────────────────────────
export const CODE_MS = 5 * MINUTE
export const CODE_TRIES = 5
export const RESEND_MS = MINUTE
/**
 * Codes a phone may be sent within an hour at the wish of one network, and of all networks together from which nobody has
 * signed in with this phone: a stranger who uses up the latter does not shut out its owner, who comes from a known one.
 */
export const CODES_PER_HOUR = { network: 5, unknown: 10 } as const
const HOUR_MS = 60 * MINUTE
/** Codes sent in the hour that began at `hourAt`. */
export interface CodeHour { hourAt: string; sent: number }
/** Seconds until another code may be sent to a phone: a minute after the last one, and when the hours that are used up are over. */
export function resendWait(lastAt: string | undefined, hours: { network?: CodeHour | undefined; unknown?: CodeHour | undefined }, now: Date): number {
  const used = (hour: CodeHour | undefined, most: number) => (hour && hour.sent >= most ? Date.parse(hour.hourAt) + HOUR_MS : 0)
  const until = Math.max(lastAt ? Date.parse(lastAt) + RESEND_MS : 0, used(hours.network, CODES_PER_HOUR.network), used(hours.unknown, CODES_PER_HOUR.unknown))
  return Math.max(0, Math.ceil((until - now.getTime()) / 1000))
}

// ── passwords and names ─────────────────────────────────────────────────────
export const PASSWORD_LENGTH = 12
/** Words that long passwords are lazily made of, as they remain when digits, signs and look-alike letters are undone. */
const COMMON = ['password', 'passw', 'qwerty', 'qwertyuiop', 'asdfgh', 'zxcvbn', 'administrator', 'admin', 'letmein', 'welcome', 'woaini', 'iloveyou', 'fugong', 'guiyang', 'guizhou', 'monkey', 'dragon', 'sunshine', 'princess', 'mima', 'changeme', 'default', 'test', 'user', 'root', 'abc', 'abcdef', 'qaz', 'wsx', 'qazwsx']
/** Whether a password is too short, common, of one pattern, or holds the username. */
export function isWeak(password: string, username: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  const signs = Array.from(plain)
  if (signs.length < PASSWORD_LENGTH || new Set(signs).size < 5) return true
  if (username.length >= 3 && plain.includes(username.toLowerCase())) return true
  // Runs such as 123456789012 or abcdefghijkl.
  const steps = signs.slice(1).filter((sign, index) => { const step = sign.codePointAt(0)! - signs[index]!.codePointAt(0)!; return Math.abs(step) <= 1 || step === -9 })
  if (steps.length >= (signs.length - 1) * 0.8) return true
  const undone = plain.replace(/[@4]/g, 'a').replace(/[0]/g, 'o').replace(/[1!|]/g, 'i').replace(/[3]/g, 'e').replace(/[$5]/g, 's').replace(/7/g, 't')
  return [plain, undone].some((text) => leftOver(text) < 5)
}
/** Letters that remain when common words, digits and signs are taken away. */
function leftOver(text: string): number {
  let rest = text
  for (const word of [...COMMON].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, ' ')
  return rest === text ? Infinity : rest.replace(/[^\p{L}]/gu, '').length
}

// ── grants ──────────────────────────────────────────────────────────────────
/** Grants that end sooner do not count when the last administrators are counted. */
export const NEAR_END_MS = 7 * 24 * 60 * MINUTE
/** Whether an area lies within another: codes nest by their digits; a city (ending in 00) holds all with its first four. */
export function areaWithin(outer: string, inner: string): boolean {
  return inner.startsWith(outer.length === 6 && outer.endsWith('00') ? (outer.endsWith('0000') ? outer.slice(0, 2) : outer.slice(0, 4)) : outer)
}
export const isCity = (areaCode: string) => areaCode.length === 6 && areaCode.endsWith('00')

/** An administrator's grant in force: whose, who gave it, when. */
export interface Administrator { personId: string; givenBy: string | null; givenAt: string }
/** A younger administrator has not been seen by the others yet. */
const SETTLED_MS = 72 * 60 * MINUTE
/**
 * Whether two administrators count as two where both are needed: neither made the other one and both have been it for 72
 * hours, or else one person would be both. Where nobody else could stand in, whoever there is must do.
 */
export function countAsTwo(one: string, other: string, administrators: readonly Administrator[], now: Date): boolean {
  const settled = administrators.filter((grant) => now.getTime() - Date.parse(grant.givenAt) >= SETTLED_MS)
  const stands = (person: string, beside: string) => settled.some((grant) => grant.personId === person && grant.givenBy !== beside)
  if (stands(one, other) && stands(other, one)) return true
  const pair = [one, other]
  return !settled.some((grant) => !pair.includes(grant.personId) && !pair.includes(grant.givenBy ?? ''))
}

// ── what a person's page may offer ──────────────────────────────────────────
/** `barred`: the administrator who looks made the one who asked, or was made by them, or the like. */
export interface PersonState { self: boolean; active: boolean; recovery: { requestedById: string; barred?: boolean } | null }
/** Deeds an administrator can do to a person now. */
export function canDo(person: PersonState, administrator: { id: string | null; may(verb: string): boolean }): string[] {
  const can: string[] = []
  if (!person.active) return can
  if (administrator.may('person.grant')) can.push(...(person.self ? [] : ['grant']), 'endGrant', 'deactivate')
  if (!administrator.may('person.recover') || person.self) return can
  if (!person.recovery) can.push('requestRecovery')
  else can.push(...(person.recovery.requestedById === administrator.id || person.recovery.barred ? [] : ['confirmRecovery']), 'cancelRecovery')
  return can
}

/** A one-time link works for 72 hours and bears ten wrong codes. */
export const INVITATION_MS = 72 * 60 * MINUTE
export const INVITATION_TRIES = 10
