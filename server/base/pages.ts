// The web's built files: hashed assets cached for good, pages with a fresh nonce and a strict content security policy.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Page file → the addresses it answers. */
const PAGES: Record<string, string[]> = {
  'sign-in.html': ['/sign-in'],
  'invitation.html': ['/invitation'],
  'join.html': ['/join'],
  'report.html': ['/report'],
  'c.html': ['/c', '/c/:number'],
  'draws.html': ['/draws', '/draws/:id'],
  'outbox.html': ['/outbox'],
  'index.html': ['/', '/portal', '/portal/*', '/console', '/console/*'],
}

/** Serves `folder` (web/dist); does nothing but say so when the web has not been built. */
export async function servePages(app: FastifyInstance, folder: string, options: { sampleCity: boolean }): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, { root: join(folder, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d', index: false, decorateReply: false })
  for (const [file, urls] of Object.entries(PAGES)) {
    if (file === 'outbox.html' && !options.sampleCity) continue
    const path = join(folder, file)
    if (!existsSync(path)) throw new Error(`The page ${file} has not been built: delete .fugong/build.json and start again`)
    const html = readFileSync(path, 'utf8')
    for (const url of urls) app.get(url, { config: { rateLimit: false } }, async (_request, reply) => sendPage(reply, html, 200))
  }
  for (const [name, type] of [['mark.svg', 'image/svg+xml'], ['robots.txt', 'text/plain']] as const) {
    const path = join(folder, name)
    if (existsSync(path)) app.get(`/${name}`, async (_request, reply) => reply.type(type).header('cache-control', 'max-age=3600').send(readFileSync(path)))
  }
  // Asked for anew each time the browser looks: an old one would keep an old page.
  const worker = join(folder, 'report-sw.js')
  if (existsSync(worker)) app.get('/report-sw.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(readFileSync(worker)))
  const notFound = readFileSync(join(folder, 'index.html'), 'utf8')
  app.setNotFoundHandler(async (request, reply) => {
    if (request.method === 'GET' && !request.url.startsWith('/api/') && String(request.headers.accept ?? '').includes('text/html')) return sendPage(reply, notFound, 404)
    return reply.status(404).type('application/problem+json; charset=utf-8').send({ type: 'urn:fugong:problem:not_found', title: '没有找到 / Not found', status: 404, code: 'not_found', params: {}, requestId: request.id })
  })
}

function sendPage(reply: FastifyReply, html: string, status: number): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply.status(status)
    .header('content-security-policy', `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('__CSP_NONCE__', nonce))
}
