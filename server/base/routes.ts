// How a module hands its endpoints, rights and tables to the composition.
import type { AnyEndpoint, Input, Returns } from '@fugong/contract/base'
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from './auth.ts'
import type { Ctx } from './context.ts'
import type { Problem } from './problem.ts'
import type { Services } from './services.ts'
import type { ScopedTable } from './scope.ts'

/** What an endpoint with `returns: FILE` answers: a file on disk, or bytes as they come. */
export type FileAnswer = { name: string; type: string; inline?: boolean; headers?: Record<string, string> } & (
  /** `temporary`: removed once it has been sent. */
  | { size: number; path: string; temporary?: true }
  /** `trailers` are asked for when the last byte is out. */
  | { size?: number; bytes: AsyncIterable<Buffer>; trailers?: Record<string, () => string> })
/** What an endpoint with `body: FILE` receives: already on disk, bounded in size. */
export interface ReceivedFile { name: string; path: string; size: number; sha256: string; head: Buffer }

export interface Route {
  endpoint: AnyEndpoint
  act(ctx: Ctx, input: { params: never; query: never; body: never }): Promise<unknown>
  /** Set on the few routes that are too busy for a transaction each; `act` is then never called. */
  lean?: LeanAct
  /** Set on busy routes of a firm's own people: requests of many of them share a transaction; `act` is then never called. */
  together?: ActTogether
}
/** One of the requests that share a transaction, with a context of its own: whom it is done for, what it may reach, what it announces. */
export interface Asked<I = unknown> { ctx: Ctx; input: I }
/** Answers each in its place; a Problem there refuses that one alone. `shared` reaches what any of them may reach, so what is found for one must be held against its own scope. */
export type ActTogether = (shared: Ctx, asked: readonly Asked[]) => Promise<unknown[]>
/** A busy deed: its caller proves itself by a token, and it opens its own transactions. */
export interface LeanAct {
  /** Seconds to wait when there is no room, else 0; asked before the body is read. */
  full(services: Services): number
  act(services: Services, token: string | undefined, body: never): Promise<unknown>
}
/** Binds an endpoint of the contract to the action that does it. */
export function route<E extends AnyEndpoint>(endpoint: E, act: (ctx: Ctx, input: Input<E>) => Promise<Returns<E>>): Route {
  return { endpoint, act: act as Route['act'] }
}
export function uploadRoute<E extends AnyEndpoint>(endpoint: E, act: (ctx: Ctx, file: ReceivedFile) => Promise<Returns<E>>): Route {
  return { endpoint, act: ((ctx: Ctx, input: { body: ReceivedFile }) => act(ctx, input.body)) as Route['act'] }
}
export function fileRoute<E extends AnyEndpoint>(endpoint: E, act: (ctx: Ctx, input: Input<E>) => Promise<FileAnswer>): Route {
  return { endpoint, act: act as Route['act'] }
}
/** Binds an endpoint whose requests share transactions; only a deed that a firm's own people do on what is their firm's. */
export function togetherRoute<E extends AnyEndpoint>(endpoint: E, act: (shared: Ctx, asked: readonly Asked<Input<E>>[]) => Promise<(Returns<E> | Problem)[]>): Route {
  return { endpoint, together: act as ActTogether, act: () => Promise.reject(new Error('this deed is done together with others')) }
}

/** Binds an endpoint that is POSTed thousands of times a second; it has no params and no query. */
export function leanRoute<E extends AnyEndpoint>(endpoint: E, lean: { full(services: Services): number; act(services: Services, token: string | undefined, body: Input<E>['body']): Promise<Returns<E>> }): Route {
  return { endpoint, lean: lean as LeanAct, act: () => Promise.reject(new Error('a lean route opens its own transactions')) }
}

export interface Module {
  name: string
  routes: Route[]
  /** Verb → roles. */
  verbs: VerbTable
  /** Tables under row-level security. */
  scopes: ScopedTable[]
  /** The verbs whose requests reach records that lie in areas: all of a room with such tables, unless it names the few that do. */
  recordVerbs?: readonly string[]
  /** Constraint name → the problem a reader sees. */
  constraints: Record<string, ProblemCode>
}
