// The one way the screens speak to the server: typed calls on contract endpoints, and the one kind of fault they can end in.
import type { AnyEndpoint, Issue, Returns } from '@fugong/contract/base'
import type { Static, TSchema } from 'typebox'

/** A call that did not succeed: `code` is in the contract's registry, or `network.failed` when no answer came. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, unknown>
  readonly issues: Issue[]
  constructor(status: number, code: string, params: Record<string, unknown> = {}, issues: Issue[] = []) {
    super(code)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.params = params
    this.issues = issues
  }
}

/** The type of one part of an endpoint; undefined where it has none. */
export type Part<E extends AnyEndpoint, K extends 'params' | 'query' | 'body'> =
  [NonNullable<E[K]>] extends [never] ? undefined : NonNullable<E[K]> extends TSchema ? Static<NonNullable<E[K]>> : undefined
/** What a call takes: only the parts the endpoint has. */
export type CallInput<E extends AnyEndpoint> = { params?: Part<E, 'params'>; query?: Part<E, 'query'>; body?: Part<E, 'body'> }
export interface CallOptions {
  signal?: AbortSignal
  /** Key of the intent; the same key again means "the same deed, not another one". */
  key?: string
}

let spokenLanguage = 'zh-CN'
/** Answers that carry words (exports, mails) come in the language of the screen. */
export function speakLanguage(language: string): void {
  spokenLanguage = language
}

/** A key for one intent; `randomUUID` needs a secure origin, which a city's inner network may not have. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The address of an endpoint with its params and query filled in; also for plain links, such as a file. */
export function addressOf<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}): string {
  const params = (input.params ?? {}) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.append(name, String(value))
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** Calls an endpoint; throws `ApiProblem`. A call that was given up through its signal rethrows the abort. */
export async function call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}, options: CallOptions = {}): Promise<Returns<E>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spokenLanguage }
  const writes = endpoint.method !== 'GET'
  if (writes) headers['x-fugong'] = '1'
  if (endpoint.method === 'POST') headers['idempotency-key'] = options.key ?? newKey()
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  let response: Response
  let text: string
  try {
    response = await fetch(addressOf(endpoint, input), {
      method: endpoint.method, headers, credentials: 'same-origin', signal: options.signal,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
    })
    text = await response.text()
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiProblem(0, 'network.failed')
  }
  const body = readJson(text)
  if (!response.ok) throw problemFrom(response.status, body, response.headers.get('retry-after'))
  return body as Returns<E>
}

/** Uploads one file; `onProgress` hears a share from 0 to 1. XMLHttpRequest, because fetch cannot tell how far an upload is. */
export function upload<E extends AnyEndpoint>(endpoint: E, file: File, onProgress?: (share: number) => void, options: CallOptions = {}, input: CallInput<E> = {}): Promise<Returns<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint, input))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', spokenLanguage)
    request.setRequestHeader('x-fugong', '1')
    request.setRequestHeader('idempotency-key', options.key ?? newKey())
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total)
    request.onerror = () => reject(new ApiProblem(0, 'network.failed'))
    request.onabort = () => reject(new DOMException('upload given up', 'AbortError'))
    request.onload = () => {
      const body = readJson(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as Returns<E>)
      else reject(problemFrom(request.status, body, request.getResponseHeader('retry-after')))
    }
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a Problem body; an answer that is none (a proxy's page, an empty 502) still becomes a code with words. */
export function problemFrom(status: number, body: unknown, retryAfter?: string | null): ApiProblem {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const seconds = Number(retryAfter) > 0 ? Number(retryAfter) : undefined
  const params = { ...(seconds === undefined ? {} : { seconds }), ...((given['params'] as Record<string, unknown> | undefined) ?? {}) }
  if (typeof given['requestId'] === 'string' && !('requestId' in params)) Object.assign(params, { requestId: given['requestId'] })
  const issues = Array.isArray(given['issues']) ? (given['issues'] as Issue[]) : []
  if (typeof given['code'] === 'string') return new ApiProblem(status, given['code'], params, issues)
  if (status === 429) return new ApiProblem(status, 'request.too_many', { seconds: seconds ?? 5, ...params })
  if (status === 502 || status === 503 || status === 504) return new ApiProblem(status, 'server.busy', { seconds: seconds ?? 5, ...params })
  if (status === 404) return new ApiProblem(status, 'not_found', params)
  if (status === 413) return new ApiProblem(status, 'request.too_large', { limit: '10 MB', ...params })
  return new ApiProblem(status, 'server.failed', { requestId: '–', ...params })
}
