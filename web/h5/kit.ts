// What the phone pages share without a library: language, calls to the server, care mode. Small on purpose; runs back to Android 8.
import zh from './zh.json'
import en from './en.json'

// Browsers before 2019 lack it and Preact schedules with it.
if (typeof window !== 'undefined' && !window.queueMicrotask) window.queueMicrotask = (run) => void Promise.resolve().then(run)

export type Language = 'zh' | 'en'
type Texts = Record<string, string>
const texts: Record<Language, Texts> = { zh: Object.assign({}, zh), en: Object.assign({}, en) }
const listeners: (() => void)[] = []
/** Texts of one page or part, beside those that all pages need; English ones may be fetched when they are spoken. */
export function learn(more: { zh: Texts; en: Texts | (() => Promise<{ default: Texts }>) }): void {
  Object.assign(texts.zh, more.zh)
  if (typeof more.en === 'function') unread.push(more.en)
  else Object.assign(texts.en, more.en)
}
let unread: (() => Promise<{ default: Texts }>)[] = []
/** Settles when the texts of the language that is spoken are here; without a network what is missing stays Chinese. */
export async function read(): Promise<void> {
  if (spoken === 'zh') return
  const wanted = unread
  unread = []
  await Promise.all(wanted.map((one) => one().then((found) => { Object.assign(texts.en, found.default) }, () => { unread.push(one) })))
}
export function onChange(listener: () => void): void { listeners.push(listener) }

function recall(key: string): string | null {
  try { return localStorage.getItem(key) } catch { return null }
}
function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value) } catch { /* lasts as long as the page */ }
}

const asked = /[?&]lang=(zh|en)/.exec(typeof location === 'undefined' ? '' : location.search)
let spoken: Language = (asked ? asked[1] : recall('fugong.language')) === 'en' ? 'en' : 'zh'
let care = recall('fugong.care') === '1'
export const language = (): Language => spoken
export const caring = (): boolean => care
export function speak(wanted: Language): void {
  spoken = wanted
  remember('fugong.language', wanted)
  void read().then(settle)
}
/** Care mode 长辈版: larger text and targets, remembered. */
export function chooseCare(on: boolean): void {
  care = on
  remember('fugong.care', on ? '1' : '0')
  settle()
}
function settle(): void {
  const root = document.documentElement
  root.lang = spoken === 'zh' ? 'zh-CN' : 'en'
  root.className = care ? 'care' : ''
  const tone = recall('fugong.theme')
  if (tone) root.setAttribute('data-theme', tone)
  for (const listener of listeners) listener()
}
export function start(): void {
  if (asked) remember('fugong.language', spoken)
  settle()
}

/** A text of these pages; `{name}` takes a param. */
export function t(key: string, params: Record<string, string | number> = {}): string {
  return (texts[spoken][key] || texts.zh[key] || key).replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

export interface Fault { path: string; code: string; params?: Record<string, string | number> }
export interface Refusal { ok: false; status: number; code: string; title: string; issues: Fault[] }
export type Answer<T> = { ok: true; data: T } | Refusal

/** One call; `token` is that of a bound phone. A refusal brings the server's own words (it speaks the language asked for); silence has words of its own. */
export function send<T>(method: string, path: string, body?: unknown, token?: string): Promise<Answer<T>> {
  const more: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  if (token) more['authorization'] = `Bearer ${token}`
  return ask(method, path, body === undefined ? undefined : JSON.stringify(body), more)
}
/** Hands a file in; the browser writes the head of such a body itself. */
export function sendFile<T>(path: string, file: File): Promise<Answer<T>> {
  const body = new FormData()
  body.append('file', file)
  return ask('POST', path, body, {})
}
async function ask<T>(method: string, path: string, body: BodyInit | undefined, more: Record<string, string>): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spoken === 'zh' ? 'zh-CN' : 'en', ...more }
  if (method !== 'GET') headers['x-fugong'] = '1'
  let status = 0
  try {
    const response = await fetch(path, { method, headers, credentials: 'same-origin', cache: 'no-store', body })
    status = response.status
    const data = (await response.json()) as Record<string, unknown>
    if (response.ok) return { ok: true, data: data as T }
    return { ok: false, status, code: String(data['code'] || 'server.failed'), title: String(data['title'] || t('failed')), issues: (data['issues'] as Fault[] | undefined) || [] }
  } catch {
    return { ok: false, status, code: status ? 'server.failed' : 'network.failed', title: t(status ? 'failed' : 'network'), issues: [] }
  }
}

/** Answers may arrive out of order: each `begin()` gives a question that says whether it is still the last one asked. */
export function questions(): () => () => boolean {
  let last = 0
  return () => {
    const own = ++last
    return () => own === last
  }
}

/** Words for a fault of an entry; the same as the contract's, which a test compares. */
export function issueWords(fault: Fault, label: string): string {
  // A form's author said it in both languages.
  if (fault.code === 'issue.form_check' && fault.params) return String(fault.params[spoken])
  const key = texts.zh[fault.code] ? fault.code : 'issue.format'
  return t(key, { field: label, ...(fault.params || {}) })
}

/** Where to go after signing in: only a path of this site, and only the side that is open to the person. */
export function nextPage(search: string, staff: boolean): string {
  const found = /[?&]next=([^&]*)/.exec(search)
  const home = staff ? '/console' : '/portal'
  if (!found) return home
  let next: string
  try { next = decodeURIComponent(found[1]!.replace(/\+/g, ' ')) } catch { return home }
  // `//host`, `/\host` and control characters would lead to another site.
  if (!/^\/(?![/\\])[^\\\s\u0000-\u001f]*$/.test(next)) return home
  return (staff ? /^\/portal(\/|$|\?)/ : /^\/console(\/|$|\?)/).test(next) ? home : next
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n))
/** `2020-02-24 09:30` in Asia/Shanghai, whatever the phone's clock zone is; with seconds where freshness is the point. */
export function instant(value: string, seconds = false): string {
  const at = new Date(new Date(value).getTime() + 8 * 3600000)
  return isNaN(at.getTime()) ? '–' : `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}${seconds ? `:${two(at.getUTCSeconds())}` : ''}`
}
