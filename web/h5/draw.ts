// Draws again in the browser what the server says it drew, by the published procedure and with a hash of its own: it trusts no answer but the data.
const K: number[] = []
/** Constants of SHA-256 (FIPS 180-4): the fractional parts of the cube roots of the first 64 primes. */
for (let n = 2; K.length < 64; n++) {
  let prime = true
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
  if (prime) K.push((Math.cbrt(n) % 1) * 4294967296 | 0)
}
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]
const turn = (x: number, n: number) => (x >>> n) | (x << (32 - n))
/** SHA-256 of a text in UTF-8, in hex; written out, because browsers give theirs only to pages over https. */
export function sha256(text: string): string {
  const bytes: number[] = []
  for (const byte of unescape(encodeURIComponent(text))) bytes.push(byte.charCodeAt(0))
  const length = bytes.length
  bytes.push(0x80)
  while (bytes.length % 64 !== 56) bytes.push(0)
  const bits = length * 8
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(shift > 31 ? Math.floor(bits / Math.pow(2, shift)) & 255 : (bits >>> shift) & 255)
  const h = START.map((one) => one | 0)
  const w = new Array<number>(64)
  for (let at = 0; at < bytes.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) { const b = at + i * 4; w[i] = (bytes[b]! << 24) | (bytes[b + 1]! << 16) | (bytes[b + 2]! << 8) | bytes[b + 3]! }
      else {
        const [a, b] = [w[i - 15]!, w[i - 2]!]
        w[i] = (w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0
      }
    }
    let [a, b, c, d, e, f, g, i8] = h as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const one = (i8 + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      i8 = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0
    }
    ;[a, b, c, d, e, f, g, i8].forEach((one, i) => { h[i] = (h[i]! + one) | 0 })
  }
  return h.map((one) => `0000000${(one >>> 0).toString(16)}`.slice(-8)).join('')
}
const lines = (...texts: string[]) => sha256(texts.join('\n'))
const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export interface Told {
  id: string; procedure: string; commitment: string; seed: string; blockHash: string; listHash: string
  list: { id: string; stratum: string }[]; strata: { stratum: string; count: number; percent: number; take: number; inspectors: number }[]
  drawn: { id: string; rank: string; inspectors: string[]; pool: string[] }[]
}
/** Which steps hold. */
export interface Redrawn { commitment: boolean; list: boolean; rates: boolean; result: boolean; inspectors: boolean }
export function redraw(told: Told): Redrawn {
  const list = told.list.slice().sort((a, b) => before(a.id, b.id))
  const key = lines(told.seed, told.blockHash, told.listHash)
  const stratumOf: Record<string, string> = {}
  for (const entry of list) stratumOf[entry.id] = entry.stratum
  const expected: { id: string; rank: string }[] = []
  for (const { stratum, take } of told.strata) {
    const ranked = list.filter((entry) => entry.stratum === stratum).map((entry) => ({ id: entry.id, rank: lines(key, 'entry', entry.id) })).sort((a, b) => before(a.rank, b.rank))
    expected.push(...ranked.slice(0, take))
  }
  expected.sort((a, b) => before(a.id, b.id))
  const drawn = told.drawn.slice().sort((a, b) => before(a.id, b.id))
  const inspectors = drawn.every((one) => {
    const stratum = told.strata.filter((each) => each.stratum === stratumOf[one.id])[0]
    const ranked = one.pool.map((code) => ({ code, rank: lines(key, 'inspector', one.id, code) })).sort((a, b) => before(a.rank, b.rank)).slice(0, stratum ? stratum.inspectors : 0)
    return ranked.map(({ code }) => code).join() === one.inspectors.join()
  })
  return {
    commitment: lines(told.procedure, told.id, told.seed) === told.commitment,
    list: lines(...list.map(({ id, stratum }) => `${id}\t${stratum}`)) === told.listHash,
    rates: told.strata.every(({ stratum, count, percent, take }) => count === list.filter((entry) => entry.stratum === stratum).length && take === (percent <= 0 ? 0 : Math.min(count, Math.ceil(count * percent / 100 - 1e-9)))),
    result: expected.length === drawn.length && expected.every((one, i) => drawn[i]!.id === one.id && drawn[i]!.rank === one.rank),
    inspectors,
  }
}
