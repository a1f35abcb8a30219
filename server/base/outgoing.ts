// Calls to addresses that people enter: https to public hosts only, connected to the very address that was checked, no redirects, short waits.
import { lookup } from 'node:dns/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP } from 'node:net'

export interface Answer { status: number; text: string }
export interface Poster {
  /** Posts JSON; throws when the address is refused or nobody answers in time. `key` names what is told, for receivers that keep repetitions out. */
  post(url: string, body: string, options: { key: string; timeoutMs: number }): Promise<Answer>
  /** What is wrong with an address as it stands, before any name is looked up. */
  fault(url: string): AddressFault | undefined
}
export type AddressFault = 'not_https' | 'with_password' | 'not_public'
export class AddressRefused extends Error {
  override name = 'AddressRefused'
}

/** Networks that lead nowhere public (RFC 6890 and its additions): own machine, own network, link, shared, documentation, tests, groups. */
const closed = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) closed.addSubnet(net, bits, 'ipv4')
/** Of IPv6 only what is given out globally is open at all; within it tunnels and documentation are not. */
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) closed.addSubnet(net, bits, 'ipv6')
/** Whether an address lies on the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  return family === 6 && open6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')
/** `allow` lists `host:port` that tests and own gateways may use all the same, also without TLS. */
export function addressFault(text: string, allow: readonly string[]): AddressFault | undefined {
  if (!URL.canParse(text)) return 'not_https'
  const url = new URL(text)
  if (url.username || url.password) return 'with_password'
  if (/^https?:$/.test(url.protocol) && allow.includes(url.host)) return undefined
  if (url.protocol !== 'https:') return 'not_https'
  const host = hostOf(url)
  return url.port !== '' || (isIP(host) ? !isPublicAddress(host) : !host.includes('.') || /\.(local|localhost|internal|lan|home|arpa)\.?$/.test(host)) ? 'not_public' : undefined
}

type Resolve = (host: string) => Promise<{ address: string; family: number }[]>
const resolveAll: Resolve = (host) => lookup(host, { all: true })
const LONGEST_ANSWER = 64 * 1024
export function httpPoster(allow: readonly string[], resolve: Resolve = resolveAll): Poster {
  return {
    fault: (url) => addressFault(url, allow),
    async post(text, body, { key, timeoutMs }) {
      const fault = addressFault(text, allow)
      if (fault) throw new AddressRefused(fault)
      const url = new URL(text)
      const signal = AbortSignal.timeout(timeoutMs)
      const found = isIP(hostOf(url)) ? [{ address: hostOf(url), family: isIP(hostOf(url)) }] : await inTime(resolve(hostOf(url)), signal)
      // One address within our own network is enough to refuse: the next answer of the name server may be that one.
      if (!found.length || (!allow.includes(url.host) && found.some(({ address }) => !isPublicAddress(address)))) throw new AddressRefused('not_public')
      return send(url, found[0]!, body, key, signal)
    },
  }
}
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true }))])
}
function send(url: URL, pinned: { address: string; family: number }, body: string, key: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = (url.protocol === 'https:' ? secure : plain)(url, {
      method: 'POST', signal, agent: false, headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'idempotency-key': key },
      lookup: (_host, options, done) => { if (options.all) done(null, [pinned]); else done(null, pinned.address, pinned.family) },
    }, (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        size += part.length
        if (size > LONGEST_ANSWER) answer.destroy(new Error('answer too long'))
        else parts.push(part)
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }))
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}
/** For the sample city: nothing leaves the machine, the robot's words are shown in the outbox. */
export function outboxPoster(keep: (to: string, text: string) => void): Poster {
  return {
    fault: (url) => addressFault(url, []),
    async post(url, body) {
      const { markdown } = JSON.parse(body) as { markdown: { text?: string; content?: string } }
      keep(new URL(url).host, markdown.text ?? markdown.content ?? '')
      return { status: 200, text: '{"errcode":0,"errmsg":"ok"}' }
    },
  }
}
