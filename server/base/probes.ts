// What watches the server asks: is the process alive, can it serve, how is it doing.
import type { FastifyInstance } from 'fastify'
import { sameBytes, sha256 } from './crypto.ts'
import type { Metrics } from './metrics.ts'
import type { Services } from './request.ts'

export function addProbes(app: FastifyInstance, options: { services: Services; metrics: Metrics; token: string | undefined }): void {
  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ alive: true }))
  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    try {
      await options.services.database.ping()
      return { ready: true }
    } catch {
      return reply.status(503).send({ ready: false })
    }
  })
  app.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    const given = /^Bearer (.+)$/.exec(String(request.headers.authorization ?? ''))?.[1]
    // Without a token only this machine may read, and only when no proxy stands between.
    const allowed = options.token ? given !== undefined && sameBytes(sha256(given), sha256(options.token)) : /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for']
    if (!allowed) return reply.status(404).send()
    return reply.type('text/plain; version=0.0.4').send(await options.metrics.text())
  })
}
