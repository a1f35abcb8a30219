// The HTTP face: registers every endpoint, reads the caller from the cookie, writes answers and problems, and nothing else does.
import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { FILE, FILE_LIMIT, PUBLIC, SIGNED_IN } from '@fugong/contract/base'
import type { Language } from '@fugong/contract/problems'
import { nobody, type Actor } from './auth.ts'
import type { Config } from './config.ts'
import { bearerOf, languageOf as languageFrom, leanDeed, leanServer, problemBody, type LeanDeed } from './lean.ts'
import { loggable } from './log.ts'
import type { Metrics } from './metrics.ts'
import { Problem, problem } from './problem.ts'
import { perform, type Caller, type Given, type Services } from './request.ts'
import type { FileAnswer, Route } from './routes.ts'
import { gather } from './together.ts'
import { receiveFile, sendFile } from './transfer.ts'
import { parserOf } from './validate.ts'

export interface HttpOptions {
  config: Config
  services: Services
  routes: readonly Route[]
  /** Who a session token belongs to; undefined when it is unknown, ended or expired. */
  actorOf(token: string): Promise<Actor | undefined>
  /** Drops what is remembered of a token, so that the next request sees its new rights at once. */
  forgetActor(token: string): void
  metrics: Metrics
  temporaryFolder: string
}
export const SESSION_COOKIE = 'fugong_session'

export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, services } = options
  const deeds = new Map<string, LeanDeed>(options.routes.filter((route) => route.lean).map((route) => [route.endpoint.path, leanDeed(services, route)]))
  const app = Fastify({
    serverFactory: (handler) => leanServer(deeds, { log: services.log, metrics: options.metrics }, handler),
    logger: false, // Only so many hops are believed: what stands further left was written by the caller.
    trustProxy: config.TRUST_PROXY > 0 ? (_address: string, hop: number) => hop < config.TRUST_PROXY : false, bodyLimit: 1_048_576, genReqId: () => randomUUID(),
    requestTimeout: 120_000, connectionTimeout: 60_000, keepAliveTimeout: 30_000, forceCloseConnections: 'idle', onProtoPoisoning: 'error', onConstructorPoisoning: 'error', routerOptions: { maxParamLength: 200 },
    // The action returns after the commit; fastify's own 503 while closing would hide that.
    return503OnClosing: false,
  })
  // A writer is built at the first answer of its endpoint: all of them at once would be a third of a second of every start.
  const compile = SerializerSelector()({}, {})
  app.setSerializerCompiler((definition) => {
    let write: ((data: unknown) => string) | undefined
    return (data) => (write ??= compile(definition as Parameters<typeof compile>[0]))(data)
  })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: false, // set with a nonce per page, see pages.ts; the API answers get a closed policy below
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' }, crossOriginEmbedderPolicy: false, xFrameOptions: { action: 'deny' },
  })
  await app.register(compress, { threshold: 1400, encodings: ['gzip', 'deflate'] })
  await app.register(multipart, { limits: { files: 1, fileSize: FILE_LIMIT, fields: 0, parts: 1, headerPairs: 50 } })
  await app.register(rateLimit, {
    max: config.RATE_PER_MINUTE, timeWindow: 60_000,
    errorResponseBuilder: (_request, context) => problem('request.too_many', { seconds: Math.max(1, Math.ceil(context.ttl / 1000)) }),
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/')) {
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'").header('cache-control', 'no-store')
    }
  })
  app.addHook('onResponse', async (request, reply) => {
    options.metrics.observe(request.method, request.routeOptions.url ?? 'unmatched', reply.statusCode, reply.elapsedTime / 1000)
    // The route, never the address: addresses carry identifiers.
    services.log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'unmatched', status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  app.setErrorHandler((error, request, reply) => answerProblem(options, error as FastifyError, request, reply))
  for (const route of options.routes) register(app, options, route, deeds.get(route.endpoint.path))
  assertRights(options)
  return app
}

/** A route without a right does not boot. */
function assertRights({ routes, services }: HttpOptions): void {
  const lacking = routes.filter(({ endpoint }) => endpoint.verb !== PUBLIC && endpoint.verb !== SIGNED_IN && !services.verbs[endpoint.verb])
  if (lacking.length) throw new Error(`No role holds the verb of: ${lacking.map(({ endpoint }) => `${endpoint.method} ${endpoint.path} (${endpoint.verb})`).join(', ')}`)
}

function register(app: FastifyInstance, options: HttpOptions, route: Route, lean: LeanDeed | undefined): void {
  const { endpoint } = route
  const parse = parserOf(endpoint)
  const uploads = endpoint.body === FILE
  const downloads = endpoint.returns === FILE
  const act = route.together ? gather(options.services, route) : (caller: Caller, input: Given) => perform(options.services, route, caller, input)
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    // The answer is written by the contract's schema: what it does not list does not leave.
    ...(downloads ? { compress: false as const } : { schema: { response: { 200: endpoint.returns } } }),
    ...(endpoint.perMinute ? { config: { rateLimit: { max: Math.min(endpoint.perMinute * scale(options.config), 1e9), timeWindow: 60_000 } } } : {}),
    handler: async (request, reply) => {
      if (lean) return reply.send(await lean.act(bearerOf(request.headers.authorization), request.body))
      if (endpoint.method !== 'GET') refuseForeign(request, options.config)
      const token = tokenOf(request)
      const actor = (token && await options.actorOf(token)) || nobody
      const key = request.headers['idempotency-key']
      const caller = {
        actor, requestId: request.id, client: { address: request.ip, agent: String(request.headers['user-agent'] ?? '').slice(0, 200) },
        key: typeof key === 'string' && /^[\w-]{8,80}$/.test(key) ? key : undefined,
        forgetActor: () => { if (token) options.forgetActor(token) },
      }
      const checked = parse({ params: request.params, query: request.query, body: uploads ? undefined : request.body })
      const received = uploads ? await receiveFile(request, options.temporaryFolder, () => requireSession(actor), endpoint.mostBytes ?? FILE_LIMIT) : undefined
      try {
        const outcome = await act({ ...caller, key: received ? undefined : caller.key }, received ? { ...checked, body: received } : checked)
        if (outcome.session !== undefined) setCookie(reply, options.config, outcome.session)
        if (downloads) return await sendFile(reply, outcome.value as FileAnswer)
        return reply.send(outcome.value)
      } finally {
        await received?.discard()
      }
    },
  })
}
/** Tests and benches raise the general limit; limits of single endpoints rise with it. */
const scale = (config: Config) => Math.max(1, Math.round(config.RATE_PER_MINUTE / 1200))

function requireSession(actor: Actor): void {
  if (actor.kind === 'anonymous') throw problem('session.required')
}
function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[SESSION_COOKIE]
  return token && /^[\w-]{20,100}$/.test(token) ? token : undefined
}
function setCookie(reply: FastifyReply, config: Config, token: string | null): void {
  const shared = { path: '/', httpOnly: true, sameSite: 'lax', secure: config.publicUrl.startsWith('https:') } as const
  if (token) void reply.setCookie(SESSION_COOKIE, token, { ...shared, maxAge: 14 * 86_400 })
  else void reply.clearCookie(SESSION_COOKIE, shared)
}
/** A form on another site can send our cookie but neither our header nor our origin. */
function refuseForeign(request: FastifyRequest, config: Config): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (request.headers['x-fugong'] !== '1' || site === 'cross-site') throw problem('session.foreign_origin')
  if (origin && origin !== new URL(config.publicUrl).origin && !(URL.canParse(origin) && new URL(origin).host === request.headers.host)) throw problem('session.foreign_origin')
}

export function languageOf(request: FastifyRequest): Language {
  return languageFrom(request.headers['accept-language'])
}

function answerProblem(options: HttpOptions, error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof Problem ? error : fromFastify(error)
  if (!known) options.services.log.error({ requestId: request.id, route: request.routeOptions.url, failure: loggable(error) }, 'request failed')
  const answer = known ?? problem('server.failed', { requestId: request.id })
  if (answer.status === 429 || answer.status === 503) reply.header('retry-after', String(answer.params['seconds'] ?? 2))
  return reply.status(answer.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problemBody(answer, languageOf(request), request.id))
}
/** Fastify's own refusals: unreadable JSON, wrong type, too large, timed out. */
function fromFastify(error: FastifyError): Problem | undefined {
  if (error.statusCode === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE') return problem('request.too_large', { limit: error.code === 'FST_REQ_FILE_TOO_LARGE' ? '10 MB' : '1 MB' })
  if (error.statusCode === 415 || error.statusCode === 406) return problem('request.unsupported_type')
  if (error.statusCode === 404) return problem('not_found')
  if (error.statusCode === 408) return problem('request.timeout')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return problem('request.malformed')
  return undefined
}
