// Calls: addresses, headers, and how answers that are no success become one kind of problem.
import { getEnterprise, listEnterprises, registerEnterprise } from '@fugong/contract/enterprises'
import { afterEach, expect, test, vi } from 'vitest'
import { addressOf, ApiProblem, call, newKey, problemFrom } from './api.ts'
import { worthRetrying } from './query.tsx'

afterEach(() => vi.unstubAllGlobals())
const answer = (status: number, body: string, headers: Record<string, string> = {}) => vi.fn(async () => new Response(body, { status, headers }))

test('addresses carry params and only the given parts of the query', () => {
  expect(addressOf(getEnterprise, { params: { id: 'a/b' } })).toBe('/api/enterprises/a%2Fb')
  expect(addressOf(listEnterprises, { query: { q: '精密 机械', limit: 50, district: undefined } })).toBe('/api/enterprises?q=%E7%B2%BE%E5%AF%86+%E6%9C%BA%E6%A2%B0&limit=50')
})
test('a write is marked and keyed, a read is not', async () => {
  const fetcher = answer(200, '{"id":"1"}')
  vi.stubGlobal('fetch', fetcher)
  await call(registerEnterprise, { body: {} as never }, { key: 'same' })
  await call(getEnterprise, { params: { id: '1' } })
  const [write, read] = (fetcher.mock.calls as unknown as [string, RequestInit][]).map(([, init]) => init.headers as Record<string, string>)
  expect(write).toMatchObject({ 'x-fugong': '1', 'idempotency-key': 'same', 'content-type': 'application/json' })
  expect(read).not.toHaveProperty('x-fugong')
  expect(read).not.toHaveProperty('idempotency-key')
})
test('a refusal brings code, params, issues and the request id', () => {
  const problem = problemFrom(422, { code: 'validation.failed', params: { count: 1 }, issues: [{ path: '/name', code: 'issue.required' }], requestId: 'r-7' })
  expect(problem).toMatchObject({ status: 422, code: 'validation.failed', params: { count: 1, requestId: 'r-7' }, issues: [{ path: '/name', code: 'issue.required' }] })
})
test.each([
  [429, '9', 'request.too_many', 9], [503, '3', 'server.busy', 3], [502, null, 'server.busy', 5], [404, null, 'not_found', undefined], [500, null, 'server.failed', undefined],
] as const)('an answer %d that is no Problem still has words', (status, retryAfter, code, seconds) => {
  const problem = problemFrom(status, undefined, retryAfter)
  expect(problem.code).toBe(code)
  expect(problem.params['seconds']).toBe(seconds)
})
test('no answer is a problem of the network, a page of a proxy is not', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('Failed to fetch') }))
  await expect(call(getEnterprise, { params: { id: '1' } })).rejects.toMatchObject({ status: 0, code: 'network.failed' })
  vi.stubGlobal('fetch', answer(502, '<html>Bad gateway</html>'))
  await expect(call(getEnterprise, { params: { id: '1' } })).rejects.toMatchObject({ status: 502, code: 'server.busy' })
})
test('a call that was given up stays given up', async () => {
  const giving = new AbortController()
  vi.stubGlobal('fetch', vi.fn(async () => { giving.abort(); throw new DOMException('', 'AbortError') }))
  await expect(call(getEnterprise, { params: { id: '1' } }, { signal: giving.signal })).rejects.toMatchObject({ name: 'AbortError' })
})
test('keys are UUIDs, without randomUUID too', () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  expect(newKey()).toMatch(shape)
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) })
  expect(newKey()).toMatch(shape)
})
test('only what time may cure is tried again', () => {
  expect(worthRetrying(0, new ApiProblem(0, 'network.failed'))).toBe(true)
  expect(worthRetrying(0, new ApiProblem(503, 'server.busy'))).toBe(true)
  expect(worthRetrying(0, new ApiProblem(403, 'session.forbidden'))).toBe(false)
  expect(worthRetrying(0, new ApiProblem(500, 'server.failed'))).toBe(false)
  expect(worthRetrying(2, new ApiProblem(0, 'network.failed'))).toBe(false)
})
