// Draws: committed to beforehand, the list frozen, drawn by a value that nobody controls, and each drawn check opened as a case. Every step is one transaction that can be done again.
import { randomBytes } from 'node:crypto'
import type { Input } from '@fugong/contract/base'
import type { DecisionTable } from '@fugong/contract/rules'
import type { Draw, planDraw, Stratum } from '@fugong/contract/spotchecks'
import { firstBlockAfter, lastBlockNo } from '../../base/audit.ts'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { selectOperating } from '../declarations/index.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { notify } from '../notices/index.ts'
import { decide, importTable, isInForce } from '../rules/index.ts'
import { openCheck } from './open.actions.ts'
import { commitmentOf, drawFrom, factsIn, keyOf, listHashOf, PROCEDURE, stratumOf, takeOf } from './procedure.actions.ts'
import { insertDraw, insertEntries, lockDraw, markDrawn, selectDue, selectEntries, selectUnopened, updateDraw, type DrawRecord } from './draws.store.ts'
import { planningUnit } from './policy.ts'
import { toDraw } from './public.actions.ts'

const RATE_TABLE = 'spotcheck.rate'
export async function loadRates(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${RATE_TABLE}.json`)
  await loadOnce(ctx, `${RATE_TABLE}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
}
const SEED = 'spotchecks.seed'
/** The city of an area (GB/T 2260: the first four digits). */
const cityOf = (areaCode: string) => `${areaCode.slice(0, 4)}00`

/** Commits to a seed that nobody reads before the draw, and announces when that is. */
export async function plan(ctx: Ctx, { body }: Input<typeof planDraw>): Promise<Draw> {
  const area = await findArea(ctx, body.areaCode)
  if (!area || (area.kind !== 'district' && area.kind !== 'devZone')) throw invalid([{ path: '/areaCode', code: 'issue.area_unknown' }])
  const grant = planningUnit(ctx, area.code)
  if (!grant) throw problem('session.forbidden')
  ctx.unit = grant
  const drawAt = new Date(body.drawAt)
  const { minutesAhead } = limitsOf<{ minutesAhead: number }>('spotchecks', cityOf(area.code), ctx.now)
  if (drawAt.getTime() < ctx.now.getTime() + minutesAhead * 60_000) throw problem('spotchecks.too_soon', { minutes: minutesAhead })
  const emergency = await openEmergencyFor(ctx, area.code)
  if (!emergency) throw problem('emergencies.none_open')
  if (!(await isInForce(ctx, { table: RATE_TABLE, areaCode: area.code, kind: emergency.kind }))) throw problem('rules.no_table', { table: RATE_TABLE })
  const id = newId()
  const seed = randomBytes(32).toString('hex')
  const row: DrawRecord = {
    id, state: 'committed', procedure: PROCEDURE, areaCode: area.code, districtCode: area.code, emergencyId: emergency.id, emergencyKind: emergency.kind, unitId: grant.unitId, unitZh: grant.unitName.zh, unitEn: grant.unitName.en,
    committedBy: ctx.actor.personId!, committedAt: ctx.now.toISOString(), commitment: commitmentOf(seed, id), sealedSeed: ctx.sealer.seal(SEED, seed), drawAt: drawAt.toISOString(),
    freezeAfter: null, frozenAt: null, listHash: null, listCount: null, blockAfter: null, blockNo: null, blockHash: null, seed: null, drawnAt: null, strata: [], sample: emergency.sample,
  }
  await insertDraw(ctx, row)
  ctx.announce('spotcheck.draw_committed', { kind: 'draw', id }, { areaCode: row.areaCode, drawAt: row.drawAt, commitment: row.commitment })
  return toDraw(row, { checks: 0, ended: 0 })
}

export const PROCEED_JOB = 'spotchecks.proceed'
/** Queues the next step of every draw whose time has come. */
export async function sweepDraws(system: Ctx): Promise<void> {
  for (const id of await selectDue(system)) system.enqueue(PROCEED_JOB, { id }, { key: id })
}
const LIST_BATCH = 2000
const CHECK_BATCH = 50
/** One step of a draw. Killed before its commit it has not happened; done again it goes on where the last commit left it. */
export async function proceed(system: Ctx, id: string): Promise<void> {
  const row = await lockDraw(system, id)
  if (!row || row.drawAt > system.now.toISOString()) return
  const more = await step(system, row)
  if (more) system.enqueue(PROCEED_JOB, { id }, { key: `${id} ${newId()}` })
}
async function step(system: Ctx, row: DrawRecord): Promise<boolean> {
  if (row.state === 'committed') {
    await updateDraw(system, row.id, { state: 'freezing' })
    return true
  }
  if (row.state === 'freezing') return freeze(system, row)
  if (row.state === 'frozen') return drawNow(system, row)
  if (row.state === 'opening') return openChecks(system, row)
  return false
}
async function freeze(system: Ctx, row: DrawRecord): Promise<boolean> {
  const next = await selectOperating(system, { areaCode: row.areaCode, emergencyId: row.emergencyId, until: row.drawAt, after: row.freezeAfter, limit: LIST_BATCH })
  await insertEntries(system, next.map((one) => ({ drawId: row.id, number: one.certificateNumber, stratum: stratumOf(one), declarationId: one.id, districtCode: row.districtCode })))
  if (next.length === LIST_BATCH) {
    await updateDraw(system, row.id, { freezeAfter: next.at(-1)!.id })
    return true
  }
  const entries = await selectEntries(system, row.id)
  const listHash = listHashOf(entries.map(({ number, stratum }) => ({ id: number, stratum })))
  await updateDraw(system, row.id, { state: entries.length ? 'frozen' : 'empty', frozenAt: system.now.toISOString(), listHash, listCount: entries.length })
  system.announce('spotcheck.list_frozen', { kind: 'draw', id: row.id }, { listHash, count: entries.length })
  return entries.length > 0
}
/** First notes after which block the draw waits, in a transaction after the list was on record; then draws by the next block. */
async function drawNow(system: Ctx, row: DrawRecord): Promise<boolean> {
  if (row.blockAfter === null) {
    const after = await lastBlockNo(system)
    await updateDraw(system, row.id, { blockAfter: after })
    system.announce('spotcheck.block_awaited', { kind: 'draw', id: row.id }, { after })
    return false
  }
  const block = await firstBlockAfter(system, Number(row.blockAfter))
  if (!block) return false
  const seed = system.sealer.open(SEED, row.sealedSeed)
  const entries = (await selectEntries(system, row.id)).map(({ number, stratum }) => ({ id: number, stratum }))
  const strata = await rates(system, row, entries)
  const drawn = drawFrom(entries, new Map(strata.map(({ stratum, take }) => [stratum, take])), keyOf({ seed, blockHash: block.hash, listHash: row.listHash! }))
  await markDrawn(system, row.id, drawn)
  await updateDraw(system, row.id, { state: 'opening', blockNo: block.no, blockHash: block.hash, seed, drawnAt: system.now.toISOString(), strata })
  system.announce('spotcheck.drawn', { kind: 'draw', id: row.id }, { blockNo: block.no, drawn: drawn.length })
  return true
}
/** The rate of each stratum as the table in force on the day that was announced gives it. */
async function rates(system: Ctx, row: DrawRecord, entries: readonly { stratum: string }[]): Promise<Stratum[]> {
  const counts = new Map<string, number>()
  for (const { stratum } of entries) counts.set(stratum, (counts.get(stratum) ?? 0) + 1)
  return Promise.all([...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(async ([stratum, count]) => {
    const { outputs, sentence } = await decide(system, { table: RATE_TABLE, areaCode: row.areaCode, kind: row.emergencyKind, inputs: factsIn(stratum), at: new Date(row.drawAt) })
    const number = (name: string, otherwise: number) => (typeof outputs[name] === 'number' ? outputs[name] : otherwise)
    const percent = Math.min(100, Math.max(0, number('percent', 0)))
    return { stratum, count, percent, take: takeOf(count, percent), hours: Math.max(1, number('workingHours', 8)), inspectors: Math.max(1, number('inspectors', 1)), sentence }
  }))
}
async function openChecks(system: Ctx, row: DrawRecord): Promise<boolean> {
  const next = await selectUnopened(system, row.id, CHECK_BATCH)
  const units = new Map<string, number>()
  for (const entry of next) {
    const unitId = await openCheck(system, row, entry, row.strata.find(({ stratum }) => stratum === entry.stratum)!)
    units.set(unitId, (units.get(unitId) ?? 0) + 1)
  }
  for (const [unitId, count] of units) await notify(system, { template: 'spot_check.drawn', to: { unitId, verb: 'spotcheck.inspect' }, params: { count, day: shanghaiDay(system.now) }, link: `/console/spotchecks?draw=${row.id}`, about: { kind: 'draw', id: row.id }, intent: `drawn ${next[0]!.number}` })
  if (next.length === CHECK_BATCH) return true
  await updateDraw(system, row.id, { state: 'drawn' })
  return false
}
