// Pages leave with a fresh nonce and a policy that allows no inline script, no eval and nothing from elsewhere.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePages } from './pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'fugong-pages-'))
let app: FastifyInstance
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  for (const page of ['index', 'sign-in', 'invitation', 'c', 'draws', 'join', 'report', 'outbox']) writeFileSync(join(folder, `${page}.html`), `<meta name="csp-nonce" content="__CSP_NONCE__"><p>${page}</p>`)
  writeFileSync(join(folder, 'assets', 'main-1234.js'), 'export {}')
  writeFileSync(join(folder, 'report-sw.js'), 'self')
  app = Fastify()
  await servePages(app, folder, { sampleCity: false })
})
afterAll(async () => { await app.close(); rmSync(folder, { recursive: true }) })
const get = (url: string) => app.inject({ url, headers: { accept: 'text/html' } })

test.each([['/', 'index'], ['/portal/register', 'index'], ['/console/declarations/1', 'index'], ['/sign-in', 'sign-in'], ['/invitation', 'invitation'], ['/draws', 'draws'], ['/draws/01890000', 'draws'], ['/c', 'c'], ['/join', 'join'], ['/report', 'report'], ['/c/GY-00000-00000-0', 'c']])('%s is the page %s', async (url, page) => {
  const answer = await get(url)
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain(`<p>${page}</p>`)
})
test('the nonce in the page is the one in the policy, and new each time', async () => {
  const nonces = new Set<string>()
  for (let i = 0; i < 3; i++) {
    const answer = await get('/')
    const nonce = /content="([^"]+)"/.exec(answer.body)![1]!
    expect(answer.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
})
test('the policy allows neither eval nor inline script nor foreign sources', async () => {
  const policy = String((await get('/')).headers['content-security-policy'])
  expect(policy).not.toMatch(/unsafe-|https?:|\*/)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
})
test('the service worker of the daily report stands at the root and is looked for anew', async () => {
  const { statusCode, headers, body } = await get('/report-sw.js')
  expect([statusCode, headers['content-type'], headers['cache-control'], body]).toEqual([200, 'text/javascript; charset=utf-8', 'no-cache', 'self'])
})
test('hashed assets are kept for good, pages never', async () => {
  expect((await get('/assets/main-1234.js')).headers['cache-control']).toContain('immutable')
  expect((await get('/')).headers['cache-control']).toBe('no-store')
})
test('the outbox page exists in the sample city only; unknown addresses are a page for people and a problem for programs', async () => {
  expect((await get('/outbox')).statusCode).toBe(404)
  expect((await get('/nowhere')).body).toContain('<p>index</p>')
  expect((await app.inject({ url: '/api/nowhere' })).json()).toMatchObject({ status: 404, code: 'not_found' })
  expect((await get('/assets/../../package.json')).statusCode).toBe(404)
})
