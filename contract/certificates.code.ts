// The signed code of a certificate, as its QR holds it: facts and an Ed25519 signature as decimal digits behind the public address; read without a network.
// Format 1, all numbers big-endian: version (1 byte), key id (4), signature (64), then the signed facts: issued, planned, last day (2 each, days
// from 2019-12-31, 0 for none), level and procedure (1), digest of what is too long for a QR (8), firm, workplace, address (each one length byte in UTF-16 units, then UTF-16).

export interface CodeFacts {
  /** Days as `2020-02-24`. */
  issued: string; planned: string; validUntil: string | null
  level: 'none' | 'low' | 'medium' | 'high' | null; procedure: 'effective' | 'review' | 'reviewAndSite' | null
  /** Cut, with … at the end, where they are long. */
  firm: string; workplace: string; address: string
}
export interface ReadCode { keyId: string; signature: Uint8Array; facts: CodeFacts; /** What the signature is over, together with the number. */ signed: Uint8Array }

const VERSION = 1
const HEAD = 69
const levels = [null, 'none', 'low', 'medium', 'high'] as const
const procedures = [null, 'effective', 'review', 'reviewAndSite'] as const
const FIRST_DAY = Date.UTC(2019, 11, 31)
/** UTF-16 units of firm, workplace and address that a code of moderate size bears. */
export const CODE_LIMITS = { firm: 40, workplace: 20, address: 40 } as const

const dayNumber = (day: string | null) => (day === null ? 0 : Math.round((Date.parse(`${day}T00:00:00Z`) - FIRST_DAY) / 86_400_000))
const dayText = (number: number) => new Date(FIRST_DAY + number * 86_400_000).toISOString().slice(0, 10)
/** Cuts a text to so many UTF-16 units without splitting a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > most - 1) break
    kept += character
  }
  return `${kept}…`
}

/** The facts as they are signed; `digest` are eight bytes over what the code leaves out or cuts. */
export function factBytes(facts: CodeFacts, digest: Uint8Array): Uint8Array {
  if (digest.length !== 8) throw new Error('The digest of a certificate has eight bytes')
  const bytes: number[] = []
  for (const day of [facts.issued, facts.planned, facts.validUntil]) {
    const number = dayNumber(day)
    if (!(number >= 0 && number <= 0xffff)) throw new Error('A day of a certificate lies outside of what its code can hold')
    bytes.push(number >> 8, number & 255)
  }
  bytes.push(levels.indexOf(facts.level) | (procedures.indexOf(facts.procedure) << 4), ...digest)
  for (const name of ['firm', 'workplace', 'address'] as const) {
    const text = cut(facts[name], CODE_LIMITS[name])
    bytes.push(text.length)
    for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i) >> 8, text.charCodeAt(i) & 255)
  }
  return Uint8Array.from(bytes)
}
/** What is signed: number and facts under a name of their own, so that no other signature of the key fits. */
export function signedBytes(number: string, facts: Uint8Array): Uint8Array {
  const name = [...`fugong certificate 1\n${number}\n`].map((character) => character.charCodeAt(0))
  return Uint8Array.from([...name, ...facts])
}
/** The digits for the QR; digits pack tighter than letters there. */
export function writeCode(keyId: string, signature: Uint8Array, facts: Uint8Array): string {
  const key = (keyId.match(/../g) ?? []).map((pair) => parseInt(pair, 16))
  if (key.length !== 4 || signature.length !== 64) throw new Error('A code takes a key id of eight hex digits and a signature of 64 bytes')
  let whole = 0n
  for (const byte of [VERSION, ...key, ...signature, ...facts]) whole = (whole << 8n) | BigInt(byte)
  return whole.toString()
}
/** Takes a code apart; undefined when it is none. Says nothing of whether the signature is right. */
export function readCode(digits: string): ReadCode | undefined {
  if (!/^[1-9]\d{170,1400}$/.test(digits)) return undefined
  const bytes: number[] = []
  for (let rest = BigInt(digits); rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n))
  if (bytes[0] !== VERSION || bytes.length < HEAD + 18) return undefined
  const signed = Uint8Array.from(bytes.slice(HEAD))
  const at = (place: number) => (signed[place]! << 8) | signed[place + 1]!
  const level = levels[signed[6]! & 15]
  const procedure = procedures[signed[6]! >> 4]
  if (level === undefined || procedure === undefined || at(0) === 0) return undefined
  const texts: string[] = []
  let place = 15
  for (let i = 0; i < 3; i++) {
    const length = signed[place]
    if (length === undefined || place + 1 + length * 2 > signed.length) return undefined
    texts.push(Array.from({ length }, (_, n) => String.fromCharCode(at(place + 1 + n * 2))).join(''))
    place += 1 + length * 2
  }
  if (place !== signed.length) return undefined
  const [firm = '', workplace = '', address = ''] = texts
  return {
    keyId: bytes.slice(1, 5).map((byte) => byte.toString(16).padStart(2, '0')).join(''), signature: Uint8Array.from(bytes.slice(5, HEAD)), signed,
    facts: { issued: dayText(at(0)), planned: dayText(at(2)), validUntil: at(4) === 0 ? null : dayText(at(4)), level, procedure, firm, workplace, address },
  }
}
/** Number and code in what a QR held: `<address>/c/<number>#<digits>`. */
export function readQr(text: string): { number: string; code: string } | undefined {
  const found = /\/c\/([A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z])#(\d+)\s*$/.exec(text.trim())
  return found ? { number: found[1]!, code: found[2]! } : undefined
}
