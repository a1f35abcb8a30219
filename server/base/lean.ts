// The short way for the busiest deeds: read, check, act, answer, without the framework; beside it the same deed answers in the framework for tests and for whoever comes by HTTP/1.0.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { problemText, issueText, type Language } from '@fugong/contract/problems'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import { loggable } from './log.ts'
import type { Metrics } from './metrics.ts'
import { Problem, problem } from './problem.ts'
import type { Services } from './request.ts'
import type { Route } from './routes.ts'
import { parserOf } from './validate.ts'

/** A report is some hundred bytes; what is longer is not one. */
const MOST_BYTES = 16_384
export const languageOf = (accepted: string | undefined): Language => (/^\s*en/i.test(accepted ?? '') ? 'en' : 'zh')

/** The body of an RFC 9457 answer in the reader's language. */
export function problemBody(answer: Problem, language: Language, requestId: string): Record<string, unknown> {
  const field = language === 'zh' ? '此项' : 'This entry'
  return {
    type: `urn:fugong:problem:${answer.code}`, title: problemText(answer.code, answer.params, language), status: answer.status, code: answer.code, params: answer.params, requestId,
    ...(answer.issues.length ? { issues: answer.issues.map((issue) => ({ ...issue, text: issueText(issue.code, { field, ...issue.params }, language) })) } : {}),
  }
}
/** The token of `Authorization: Bearer …`. */
export const bearerOf = (header: string | undefined): string | undefined => (header?.startsWith('Bearer ') && header.length < 200 ? header.slice(7) : undefined)

export interface LeanDeed { full(): number; act(token: string | undefined, body: unknown): Promise<unknown> }
/** Checks a body by the contract and acts; throws Problems. */
export function leanDeed(services: Services, { endpoint, lean }: Route): LeanDeed {
  const parse = parserOf(endpoint)
  return { full: () => lean!.full(services), act: (token, body) => lean!.act(services, token, parse({ params: {}, query: {}, body }).body as never) }
}

/** A server that takes lean deeds itself and hands everything else to the framework. */
export function leanServer(deeds: ReadonlyMap<string, LeanDeed>, options: { log: Log; metrics: Metrics }, handler: (request: IncomingMessage, response: ServerResponse) => void): Server {
  return createServer((request, response) => {
    const deed = request.method === 'POST' ? deeds.get(request.url!) : undefined
    if (deed) take(deed, request.url!, options, request, response)
    else handler(request, response)
  })
}

function take(deed: LeanDeed, route: string, { log, metrics }: { log: Log; metrics: Metrics }, request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now()
  const answer = (status: number, type: string, body: string, extra?: Record<string, string>) => {
    if (response.headersSent || response.destroyed) return
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...extra })
    response.end(body)
    metrics.observe('POST', route, status, (performance.now() - began) / 1000)
  }
  const refuse = (error: unknown) => {
    const requestId = newId()
    if (!(error instanceof Problem)) log.error({ requestId, route, failure: loggable(error) }, 'request failed')
    const told = error instanceof Problem ? (error.code === 'server.failed' ? problem('server.failed', { requestId }) : error) : problem('server.failed', { requestId })
    const wait: Record<string, string> = told.status === 429 || told.status === 503 ? { 'retry-after': String(told.params['seconds'] ?? 2) } : {}
    answer(told.status, 'application/problem+json; charset=utf-8', JSON.stringify(problemBody(told, languageOf(request.headers['accept-language']), requestId)), wait)
  }
  // Refused at the door the body is read past, not kept: the connection stays good for the next try.
  const seconds = deed.full()
  if (seconds) {
    request.resume()
    return refuse(problem('server.busy', { seconds }))
  }
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= MOST_BYTES) chunks.push(chunk)
  })
  request.on('error', () => {})
  request.on('end', () => {
    if (size > MOST_BYTES) return refuse(problem('request.too_large', { limit: '16 KB' }))
    let body: unknown
    try {
      body = JSON.parse((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8'))
    } catch {
      return refuse(problem('request.malformed'))
    }
    try {
      deed.act(bearerOf(request.headers.authorization), body).then((value) => answer(200, 'application/json; charset=utf-8', JSON.stringify(value)), refuse)
    } catch (error) {
      refuse(error)
    }
  })
}
