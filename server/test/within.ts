// Runs a face of a module as a named person under a verb, with scope and row-level security, where no endpoint calls it yet.
import { endpoint, Done } from '@fugong/contract/base'
import type { Ctx } from '../base/context.ts'
import { sha256 } from '../base/crypto.ts'
import { asSystem, perform } from '../base/request.ts'
import { actorOf } from '../modules/identity/index.ts'
import type { City, Someone } from './harness.ts'

export async function within<T>(city: City, who: Someone, verb: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { services } = city.system_
  const actor = await asSystem(services, (ctx) => actorOf(ctx, sha256(who.cookie!)))
  const deed = endpoint({ method: 'POST', path: '/test', verb, summary: 'A test', returns: Done })
  const outcome = await perform(services, { endpoint: deed, act: (ctx) => work(ctx) }, { actor: actor!, requestId: 'test', client: { address: '', agent: '' } }, { params: {}, query: {}, body: undefined })
  return outcome.value as T
}
