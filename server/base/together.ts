// Requests that travel together: what a firm's own people do by the thousand on a first morning shares scope, statements and commit; each is still checked, refused, recorded and answered by itself.
import type { Scope } from './auth.ts'
import { elevated, type Ctx } from './context.ts'
import { ask, statement } from './db.ts'
import { Problem } from './problem.ts'
import { admit, answeredBefore, contextOf, intentOf, Leaving, type At, type Caller, type Given, type Outcome, type Services } from './request.ts'
import type { Route } from './routes.ts'
import { selfClocking, timelyOf } from './self-clocking.ts'

/** One batch at a time is as large as the load and shares the most; a second one beside it made no more of them on two cores. A batch of a hundred is committed within some 40 ms. */
const LIMITS = { flights: 1, batch: 100 }
/** Who has waited so long is asked to come again: the database does not keep up. */
const LONGEST_WAIT_SECONDS = 5

interface Waiting { caller: Caller; input: Given; scope: Scope; since: number; settle(answer: unknown): void }
type Intent = ReturnType<typeof intentOf> & { place: number }

/** The way of a route whose requests share transactions; throws a Problem, or answers after the commit. */
export function gather(services: Services, route: Route): (caller: Caller, input: Given) => Promise<Outcome> {
  const hand = selfClocking<Waiting>(() => LIMITS, async (batch) => {
    const timely = timelyOf(batch, LONGEST_WAIT_SECONDS)
    if (timely.length) await settleAll(services, route, timely)
  })
  return async (caller, input) => {
    const scope = admit(services, route, caller)
    if (scope.named || scope.areas.length || scope.departments.length || scope.units.length) throw new Error(`${route.endpoint.path} is done together, but ${route.endpoint.verb} reaches more than a firm`)
    const answer = await new Promise((settle) => hand.push({ caller, input, scope, since: performance.now(), settle }))
    if (answer instanceof Error) throw answer
    return { value: answer }
  }
}

async function settleAll(services: Services, route: Route, batch: readonly Waiting[], tries = 1): Promise<void> {
  try {
    const answers = await doTogether(services, route, batch)
    batch.forEach((one, place) => one.settle(answers[place]))
  } catch (error) {
    // A database that is lost or too busy is everyone's trouble; what else spoils a transaction may be one request's alone: each is tried by itself.
    if (error instanceof Problem && error.status === 503) for (const one of batch) one.settle(error)
    else if (batch.length > 1) for (const one of batch) await settleAll(services, route, [one])
    // The same intent may have been under way elsewhere and taken what this one wanted: then its answer is there now.
    else if (batch[0]!.caller.key && tries < 2) await settleAll(services, route, batch, tries + 1)
    else batch[0]!.settle(error)
  }
}

async function doTogether(services: Services, route: Route, batch: readonly Waiting[]): Promise<unknown[]> {
  const leaving = new Leaving()
  const now = services.clock.now()
  const scope: Scope = { ...batch[0]!.scope, person: batch.length === 1 ? batch[0]!.scope.person : '', enterprises: [...new Set(batch.flatMap((one) => one.scope.enterprises))] }
  const answers: unknown[] = []
  await services.database.transaction({ scope }, async (db) => {
    const at = (one: Waiting): At => ({ caller: one.caller, verb: route.endpoint.verb, scope: one.scope, now })
    const shared: Ctx = { ...contextOf(services, at(batch[0]!), db, leaving), scope }
    const intents = batch.flatMap(({ caller, input }, place): Intent[] => (caller.key && caller.actor.personId ? [{ ...intentOf(services.sealer, route.endpoint, caller, input), place }] : []))
    await answerRepeated(shared, intents, answers)
    const open = batch.flatMap((one, place) => (answers[place] === undefined ? [{ place, ctx: contextOf(services, at(one), db, leaving), input: one.input }] : []))
    const asked = intents.filter(({ place }) => answers[place] === undefined)
    const done = open.length ? await route.together!(shared, open) : []
    open.forEach(({ place }, n) => { answers[place] = done[n] })
    // A refusal leaves its key free.
    keepAnswers(shared, asked.filter(({ place }) => !(answers[place] instanceof Error)), answers)
  }, (client) => leaving.send(client, now))
  for (const later of leaving.after) later()
  return answers
}

// ── a key per intent, as for every other request ────────────────────────────
const BEFORE = 'select a.n, k.request_hash, k.answer from unnest($1::uuid[], $2::text[]) with ordinality as a (person_id, key, n) join base.request_keys k using (person_id, key)'
/** Answers what was done before under the same key: with what was answered then, or the refusal of another body. */
async function answerRepeated(shared: Ctx, intents: readonly Intent[], answers: unknown[]): Promise<void> {
  if (!intents.length) return
  const before = await elevated(shared, (system) => ask<{ n: number; requestHash: Buffer; answer: Buffer | null }>(system, BEFORE, [intents.map(({ person }) => person), intents.map(({ key }) => key)]))
  for (const { n, ...row } of before) {
    const { place, hash } = intents[n - 1]!
    try {
      answers[place] = answeredBefore(shared.sealer, hash, row)
    } catch (error) {
      answers[place] = error
    }
  }
}
// All hashes and all answers go as one value of bytes each, cut apart there: an array of bytes would be written as text, twice as long.
const KEEP = `insert into base.request_keys (person_id, key, request_hash, answer, at)
  select person_id, key, substring($3::bytea from (n::integer - 1) * 32 + 1 for 32), substring($4::bytea from start for length), $7::timestamptz
  from unnest($1::uuid[], $2::text[], $5::integer[], $6::integer[]) with ordinality as a (person_id, key, start, length, n)`
function keepAnswers(shared: Ctx, intents: readonly Intent[], answers: readonly unknown[]): void {
  if (!intents.length) return
  const sealed = intents.map(({ place }) => shared.sealer.seal('answer', JSON.stringify(answers[place] ?? null)))
  let end = 1
  const starts = sealed.map(({ length }) => (end += length) - length)
  shared.alongside(AS_SYSTEM)
  shared.alongside(statement(KEEP, [intents.map(({ person }) => person), intents.map(({ key }) => key), Buffer.concat(intents.map(({ hash }) => hash)), Buffer.concat(sealed), starts, sealed.map(({ length }) => length), shared.now]))
}
/** Keys belong to persons; a batch has many. Leaves with the commit, behind everything that the deed itself writes. */
const AS_SYSTEM = statement("select set_config('app.named', 'system', true)", [])
