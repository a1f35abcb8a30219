// Use cases of emergencies: list, begin, enter a stage, end, and which one is open for an area.
import type { Input, Returns } from '@fugong/contract/base'
import type { Emergency, beginEmergency, endEmergency, enterStage, listEmergencies, listMeasures } from '@fugong/contract/emergencies'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { ancestorsOf, findArea } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import { findNewestPack, findPack, type PackRow } from './packs.store.ts'
import { coversArea } from './policy.ts'
import { measuresFor, stageNames } from './rules.ts'
import { closeEmergency, findEmergency, insertEmergency, insertStage, lockEmergency, selectEmergencies, selectOpenCovering, selectStages, type EmergencyRow } from './store.ts'

export async function listEmergenciesOf(ctx: Ctx): Promise<Returns<typeof listEmergencies>> {
  return { items: await toEmergencies(ctx, await selectEmergencies(ctx)) }
}

export async function begin(ctx: Ctx, { body }: Input<typeof beginEmergency>): Promise<Emergency> {
  const issues = []
  if (!(await findArea(ctx, body.areaCode))) issues.push({ path: '/areaCode', code: 'issue.area_unknown' })
  if (Date.parse(body.begunAt) > ctx.now.getTime()) issues.push({ path: '/begunAt', code: 'issue.future' })
  if (issues.length) throw invalid(issues)
  if (!coversArea(ctx, 'emergency.begin', await ancestorsOf(ctx, body.areaCode))) throw problem('session.forbidden')
  const pack = await findNewestPack(ctx, body.pack)
  if (!pack) throw problem('emergencies.pack_unknown', { code: body.pack })
  const row = await open(ctx, pack, { name: body.name, areaCode: body.areaCode, documentNo: body.documentNo, begunAt: body.begunAt, sample: false })
  return toEmergency(ctx, row)
}
/** Writes a new emergency and announces it. */
export async function open(ctx: Ctx, pack: PackRow, given: { name: { zh: string; en: string }; areaCode: string; documentNo: string; begunAt: string; sample: boolean }): Promise<EmergencyRow> {
  const row: EmergencyRow = {
    id: newId(), kind: pack.kind, nameZh: given.name.zh, nameEn: given.name.en, areaCode: given.areaCode, pack: pack.code, packVersion: pack.version,
    documentNo: given.documentNo, begunAt: new Date(given.begunAt).toISOString(), endedAt: null, sample: given.sample,
  }
  await insertEmergency(ctx, row)
  ctx.announce('emergency.begun', { kind: 'emergency', id: row.id }, { kind: row.kind, pack: row.pack, packVersion: row.packVersion })
  return row
}

export async function enter(ctx: Ctx, { params, body }: Input<typeof enterStage>): Promise<Emergency> {
  const row = await lockedOpen(ctx, params.id, 'emergency.stage')
  const pack = await packOf(ctx, row)
  if (!stageNames(pack.body).has(body.stage)) throw invalid([{ path: '/stage', code: 'issue.stage_unknown', params: { stage: body.stage } }])
  const entered = await selectStages(ctx, [row.id])
  const last = entered.at(-1)
  // Whoever asks for the stage that has just been entered did not see the other person do it.
  if (last?.code === body.stage) throw problem('conflict.changed', { who: (last.enteredBy && (await personNames(ctx, [last.enteredBy])).get(last.enteredBy)) || '—', at: last.enteredAt })
  await insertStage(ctx, { emergencyId: row.id, position: entered.length, code: body.stage, enteredAt: ctx.now.toISOString(), enteredBy: ctx.actor.personId, note: body.note })
  ctx.announce('emergency.staged', { kind: 'emergency', id: row.id }, { stage: body.stage })
  return toEmergency(ctx, row)
}

export async function end(ctx: Ctx, { params, body }: Input<typeof endEmergency>): Promise<Emergency> {
  const row = await lockedOpen(ctx, params.id, 'emergency.end')
  await closeEmergency(ctx, row.id, body)
  ctx.announce('emergency.ended', { kind: 'emergency', id: row.id }, { documentNo: body.documentNo })
  return toEmergency(ctx, { ...row, endedAt: ctx.now.toISOString() })
}
async function lockedOpen(ctx: Ctx, id: string, verb: 'emergency.stage' | 'emergency.end'): Promise<EmergencyRow> {
  const row = await lockEmergency(ctx, id)
  if (!row) throw problem('not_found')
  if (!coversArea(ctx, verb, await ancestorsOf(ctx, row.areaCode))) throw problem('session.forbidden')
  if (row.endedAt) throw problem('emergencies.already_ended')
  return row
}

/** The emergency that one works in, as the head of the console shows it: the chosen one, else the newest open one, else the latest. */
export async function presentEmergency(ctx: Ctx): Promise<EmergencyRow | undefined> {
  const chosen = ctx.actor.emergencyId === null ? undefined : await findEmergency(ctx, ctx.actor.emergencyId)
  return chosen ?? (await selectEmergencies(ctx))[0]
}

/** Open emergencies that cover an area, the oldest first: the order in which a firm's matters look for the one they fall under. */
export async function openEmergenciesFor(ctx: Ctx, areaCode: string): Promise<EmergencyRow[]> {
  return (await selectOpenCovering(ctx, await ancestorsOf(ctx, areaCode))).reverse()
}
/**
 * The emergency that what is shown of an area belongs to: the official's chosen one when it is open there, else the newest
 * open one there. For a firm it is the oldest, whatever it chose: a firm does not pick the rules that it is judged by.
 */
export async function openEmergencyFor(ctx: Ctx, areaCode: string): Promise<EmergencyRow | undefined> {
  const open = await selectOpenCovering(ctx, await ancestorsOf(ctx, areaCode))
  if (ctx.actor.kind === 'contact') return open.at(-1)
  return open.find((row) => row.id === ctx.actor.emergencyId) ?? open[0]
}
/** Throws `not_found`. */
export async function getEmergency(ctx: Ctx, id: string): Promise<EmergencyRow> {
  const row = await findEmergency(ctx, id)
  if (!row) throw problem('not_found')
  return row
}

export async function listMeasuresOf(ctx: Ctx, { query }: Input<typeof listMeasures>): Promise<Returns<typeof listMeasures>> {
  const pack = await packOf(ctx, await getEmergency(ctx, query.emergency))
  return { items: measuresFor(pack.measures, ctx.now, query) }
}

/** The version of the pack that an emergency began from. */
async function packOf(ctx: Ctx, row: EmergencyRow): Promise<PackRow> {
  return (await findPack(ctx, row.pack, row.packVersion))!
}
async function toEmergency(ctx: Ctx, row: EmergencyRow): Promise<Emergency> {
  return (await toEmergencies(ctx, [row]))[0]!
}
async function toEmergencies(ctx: Ctx, rows: readonly EmergencyRow[]): Promise<Emergency[]> {
  const stages = await selectStages(ctx, rows.map((row) => row.id))
  const names = new Map<string, ReturnType<typeof stageNames>>()
  const above = new Map<string, string[]>()
  for (const row of rows) {
    const key = `${row.pack} ${row.packVersion}`
    if (!names.has(key)) names.set(key, stageNames((await packOf(ctx, row)).body))
    if (!above.has(row.areaCode)) above.set(row.areaCode, await ancestorsOf(ctx, row.areaCode))
  }
  return rows.map((row) => ({
    id: row.id, kind: row.kind, name: { zh: row.nameZh, en: row.nameEn }, areaCode: row.areaCode, pack: row.pack, packVersion: row.packVersion,
    documentNo: row.documentNo, begunAt: row.begunAt, endedAt: row.endedAt, sample: row.sample,
    stages: stages.filter((stage) => stage.emergencyId === row.id).map((stage) => ({ code: stage.code, name: names.get(`${row.pack} ${row.packVersion}`)!.get(stage.code) ?? { zh: stage.code, en: stage.code }, enteredAt: stage.enteredAt })),
    can: row.endedAt ? [] : (['stage', 'end'] as const).filter((deed) => coversArea(ctx, `emergency.${deed}`, above.get(row.areaCode)!)),
  }))
}

/**
 * How many days what an emergency of this area brought is kept, and since when the days run: `endedAt` null while one is open
 * whose pack names such data; days null when no pack ever did.
 */
export async function retentionFor(ctx: Ctx, areaCode: string, what: string): Promise<{ days: number | null; endedAt: string | null }> {
  const areas = await ancestorsOf(ctx, areaCode)
  const own = (await selectEmergencies(ctx)).filter((row) => areas.includes(row.areaCode))
  let latest: { days: number | null; endedAt: string | null } = { days: null, endedAt: null }
  for (const row of own) {
    // A clock that was named only after the emergency had begun holds for it too.
    const packs = [await packOf(ctx, row), await findNewestPack(ctx, row.pack)]
    const days = packs.flatMap((pack) => pack?.body.retention ?? []).find((one) => one.what === what)?.days
    if (days === undefined) continue
    if (row.endedAt === null) return { days, endedAt: null }
    if (latest.endedAt === null || row.endedAt > latest.endedAt) latest = { days, endedAt: row.endedAt }
  }
  return latest
}
