// Signing in through the real endpoints in tests: from an address of one's choice, with codes as an authenticator or phone would show them.
import type { InjectOptions } from 'fastify'
import { generateSync } from 'otplib'
import type { AnyEndpoint } from '@fugong/contract/base'
import { acceptInvitation, readInvitation, sendPhoneCode, signIn, signInByPhone, type Session } from '@fugong/contract/identity'
import { SESSION_COOKIE } from '../base/http.ts'
import { sampleSignIns } from '../modules/identity/index.ts'
import type { City, Refusal } from './harness.ts'

export interface Answer<T = Record<string, unknown>> { status: number; body: T; cookie: string | undefined }
/** One request with a cookie and from an address of one's choice. */
export async function ask<T = Record<string, unknown>>(city: City, endpoint: AnyEndpoint, input: { body?: unknown; params?: Record<string, string>; cookie?: string; from?: string } = {}): Promise<Answer<T>> {
  const url = endpoint.path.replace(/:(\w+)/g, (_, name: string) => input.params?.[name] ?? '')
  const answer = await city.http.inject({
    method: endpoint.method as InjectOptions['method'], url, remoteAddress: input.from ?? '10.1.1.1', headers: { 'x-fugong': '1', 'user-agent': 'a test', ...(input.cookie ? { cookie: `${SESSION_COOKIE}=${input.cookie}` } : {}) },
    ...(input.body === undefined ? {} : { payload: input.body as object }),
  })
  return { status: answer.statusCode, body: answer.json<T>(), cookie: answer.cookies.find((one) => one.name === SESSION_COOKIE)?.value }
}
/** Username, password and present code of a sample staff person. */
export async function secretsOf(city: City, username: string): Promise<{ username: string; password: string; code: string }> {
  const found = (await city.system((ctx) => sampleSignIns(ctx))).find((one) => one.username === username)
  if (!found) throw new Error(`${username} is not in the sample`)
  return { username, password: found.password, code: found.code }
}
export async function signInStaff(city: City, username: string, change: Partial<Awaited<ReturnType<typeof secretsOf>>> = {}, from?: string): Promise<Answer> {
  return ask(city, signIn, { body: { ...(await secretsOf(city, username)), ...change }, from })
}
/** Has a code sent and reads it where the sample city shows it. */
export async function codeFor(city: City, phone: string): Promise<string> {
  const sent = await ask(city, sendPhoneCode, { body: { phone } })
  if (sent.status !== 200) throw new Error(`No code was sent: ${JSON.stringify(sent.body)}`)
  await city.work()
  return lastCode(city, phone)
}
export async function lastCode(city: City, phone: string): Promise<string> {
  const { messages } = (await city.http.inject({ url: '/api/sample/outbox' })).json<{ messages: { to: string; text: { zh: string } }[] }>()
  return /\d{6}/.exec(messages.find((message) => message.to === phone)!.text.zh)![0]
}
export async function signInPhone(city: City, phone: string, change: { code?: string; /** null: none is given */ name?: string | null } = {}, from?: string): Promise<Answer> {
  const code = change.code ?? (await codeFor(city, phone))
  return ask(city, signInByPhone, { body: { phone, code, ...(change.name === null ? {} : { name: change.name ?? '样例来人' }) }, from })
}
/** Moves the standing clock. */
export function pass(city: City, seconds: number): void {
  city.clock.set(new Date(city.clock.now().getTime() + seconds * 1000))
}
/** Longer than an actor is kept. */
export const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1000))
/** A password that no rule calls weak. */
export const STRONG = 'k7mq-x3vp-9tdw-hn4c'
/** What an authenticator app shows at the city's present moment. */
export const appCode = (city: City, secret: string) => generateSync({ secret, epoch: Math.floor(city.clock.now().getTime() / 1000) })
export const tokenOf = (link: string) => link.split('#')[1]!
/** Takes up a one-time link as the invited person would. */
export async function takeUp(city: City, link: string) {
  const token = tokenOf(link)
  const invitation = await city.anonymous().call(readInvitation, { body: { token } })
  return { answer: await ask<Session>(city, acceptInvitation, { body: { token, password: STRONG, code: appCode(city, invitation.totpSecret) } }), invitation, token }
}
/** Issues as `/path code`, sorted. */
export const faults = (refused: Refusal) => refused.issues.map((issue) => `${issue.path} ${issue.code}`).sort()
/** A moment so many seconds from the city's present one. */
export const later = (city: City, seconds: number) => new Date(city.clock.now().getTime() + seconds * 1000).toISOString()
