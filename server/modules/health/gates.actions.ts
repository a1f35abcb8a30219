// Use cases of thermometers at gates: keys that a firm makes and revokes, and readings that come with them.
import { randomBytes } from 'node:crypto'
import type { Input, Returns } from '@fugong/contract/base'
import type { Gate, GateAnswer, GateReading, listGates, makeGate, revokeGate } from '@fugong/contract/health.others'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { sameBytes } from '../../base/crypto.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { problem } from '../../base/problem.ts'
import { asSystem, type Services } from '../../base/request.ts'
import { selectWorkplaces } from '../enterprises/index.ts'
import { matchByNameAndTail, matchByStaffNo, monitoredFacts } from '../people/index.ts'
import { answersOf } from './day.actions.ts'
import type { HealthLimits } from './intake.actions.ts'
import { ensureDay } from './keys.store.ts'
import { bindStandIn, gateLimits, isEvening, reportNow } from './others.actions.ts'
import { countReading, endGate, findGate, insertGate, selectGates, type GateRow } from './others.store.ts'
import { requireOwnFirm } from './policy.ts'
import { findMonitored } from './subjects.store.ts'

// ── keys ────────────────────────────────────────────────────────────────────
const hashOf = (sealer: Ctx['sealer'], secret: string): Buffer => sealer.blind('gate key', secret)
/** A key: the gate's id and a secret of 128 bits, so that it is found and proved by one look. */
const keyOf = (id: string, secret: Buffer): string => Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), secret]).toString('base64url')
function readKey(key: string | undefined): { id: string; secret: string } | undefined {
  const bytes = Buffer.from(key ?? '', 'base64url')
  if (bytes.length !== 32) return undefined
  const hex = bytes.toString('hex', 0, 16)
  return { id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`, secret: bytes.toString('base64url', 16) }
}
export async function listGatesOf(ctx: Ctx, { params }: Input<typeof listGates>): Promise<Returns<typeof listGates>> {
  requireOwnFirm(ctx, params.id)
  return elevated(ctx, async (system) => {
    const places = await selectWorkplaces(system, params.id)
    const names = new Map(places.map(({ id, name }) => [id, name]))
    const can = ctx.may('health.gates')
    return { items: (await selectGates(system, params.id)).map((row) => toGate(row, names, can)), workplaces: places.filter(({ open }) => open).map(({ id, name }) => ({ id, name })), can: can ? ['make'] : [] }
  })
}
function toGate({ id, name, workplaceId, madeAt, lastAt, revokedAt }: Omit<GateRow, 'keyHash' | 'enterpriseId'>, names: ReadonlyMap<string, string>, can: boolean): Gate {
  return { id, name, workplaceId, workplaceName: names.get(workplaceId) ?? '–', madeAt, lastAt, revokedAt, can: can && revokedAt === null ? ['revoke'] : [] }
}
export function makeGateIn(city: string) {
  return async (ctx: Ctx, { params, body }: Input<typeof makeGate>): Promise<Returns<typeof makeGate>> => {
    requireOwnFirm(ctx, params.id)
    return elevated(ctx, async (system) => {
      const place = (await selectWorkplaces(system, params.id)).find(({ id }) => id === body.workplaceId)
      if (!place) throw problem('not_found')
      if (!place.open) throw problem('people.workplace_closed')
      const { mostGates } = gateLimits(city, ctx.now)
      if ((await selectGates(system, params.id)).filter(({ revokedAt }) => revokedAt === null).length >= mostGates) throw problem('health.gates_full', { most: mostGates })
      const [id, secret] = [newId(), randomBytes(16)]
      const row = { id, enterpriseId: params.id, workplaceId: place.id, name: body.name.trim() }
      await insertGate(system, { ...row, keyHash: hashOf(ctx.sealer, secret.toString('base64url')) }, ctx.actor.personId!)
      ctx.announce('health.gate_made', { kind: 'gate', id }, { workplaceId: place.id })
      return { gate: toGate({ ...row, madeAt: ctx.now.toISOString(), lastAt: null, revokedAt: null }, new Map([[place.id, place.name]]), true), key: keyOf(id, secret) }
    })
  }
}
export async function revokeGateOf(ctx: Ctx, { params }: Input<typeof revokeGate>): Promise<Returns<typeof revokeGate>> {
  requireOwnFirm(ctx, params.id)
  return elevated(ctx, async (system) => {
    if (!(await endGate(system, params.id, params.gateId))) throw problem('not_found')
    ctx.announce('health.gate_revoked', { kind: 'gate', id: params.gateId }, {})
    return { done: true as const }
  })
}

// ── readings ────────────────────────────────────────────────────────────────
/** Counted in a transaction of its own, so that refused readings count too; then stored, the whole of it or nothing. */
export async function takeReading(services: Services, city: string, key: string | undefined, body: GateReading): Promise<GateAnswer> {
  const gate = await asSystem(services, async (system) => {
    const read = readKey(key)
    const found = read && (await findGate(system, read.id))
    if (!found || !sameBytes(hashOf(system.sealer, read.secret), found.keyHash)) throw problem('health.gate_unknown')
    return { ...found, readings: await countReading(system, found.id) }
  })
  // Before anything reads the day: its tables are made under a lock that readers would hold up.
  await asSystem(services, (system) => ensureDay(system, shanghaiDay(system.now)))
  if (gate.readings > gateLimits(city, services.clock.now()).perMinute) throw problem('health.gate_slowed', { seconds: 60 })
  return asSystem(services, (system) => store(system, city, gate, body))
}
async function store(system: Ctx, city: string, gate: GateRow, { key, temperature, staffNo, name, tail }: GateReading): Promise<GateAnswer> {
  const employmentId = staffNo !== undefined ? await matchByStaffNo(system, { ...gate, staffNo }) : await matchByNameAndTail(system, { ...gate, name: name!, tail: tail! })
  const [person] = employmentId ? await monitoredFacts(system, [employmentId]) : []
  if (!person) throw problem('health.not_matched')
  const bindingId = await bindStandIn(system, city, person, { relation: 'gate', deviceId: gate.id })
  const subject = await findMonitored(system, person.employmentId)
  const day = shanghaiDay(system.now)
  const slot = subject?.twice && isEvening(system.now, gateLimits(city, system.now).eveningFrom) ? 2 as const : 1 as const
  const before = await answersOf(system, person, day, slot)
  const { corrections } = limitsOf<HealthLimits>('health', city, system.now)
  // What was measured before, or more often than may be corrected, adds nothing that the report does not say.
  if (before && (before.answers['temperature'] === temperature || before.version > corrections)) return { number: before.number, day, slot, version: before.version, outcome: 'unchanged' }
  const report = { key: `${day.replaceAll('-', '')}${slot}-${key}`, day, slot, answers: { ...before?.answers, temperature }, ...(before ? { version: before.version + 1 } : {}) }
  const { number, version } = await reportNow(system, city, bindingId, report)
  return { number, day, slot, version, outcome: before ? 'added' : 'reported' }
}
