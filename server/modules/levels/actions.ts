// Use cases of levels: the map of districts, the history of one, and setting a level from a moment on.
import type { Input, Returns } from '@fugong/contract/base'
import type { LevelRecord, listLevelHistory, listLevels, setLevel } from '@fugong/contract/levels'
import { unitCovering } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea, getArea } from '../areas/index.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { maySet, readsNames, verbs } from './policy.ts'
import { earliest, furthest, momentOf, setFault } from './rules.ts'
import { insertRecord, levelAt, lockArea, selectHistory, type NewRecord, type RecordRow } from './store.ts'
import { selectDistrictLevels } from './views.ts'

export async function listDistrictLevels(ctx: Ctx, { query }: Input<typeof listLevels>): Promise<Returns<typeof listLevels>> {
  const at = query.at === undefined ? ctx.now : momentOf(query.at)
  if (!at) throw invalid([{ path: '/at', code: 'issue.instant' }])
  const rows = await selectDistrictLevels(ctx, at)
  return { at: at.toISOString(), items: rows.map((row) => ({ areaCode: row.areaCode, current: row.current && toRecord(ctx, row.current), coming: row.coming && toRecord(ctx, row.coming) })) }
}

export async function listHistoryOf(ctx: Ctx, { params }: Input<typeof listLevelHistory>): Promise<Returns<typeof listLevelHistory>> {
  const area = await getArea(ctx, params.areaCode)
  const rows = await selectHistory(ctx, area.code)
  return { items: rows.map((row) => toRecord(ctx, row)), can: area.kind === 'district' && maySet(ctx, area.code) ? ['set'] : [] }
}

/** Levels are set for districts; zones and streets follow theirs. Decisions already made keep the level they were made at. */
export async function setLevelOf(ctx: Ctx, { body }: Input<typeof setLevel>): Promise<LevelRecord> {
  const area = await findArea(ctx, body.areaCode)
  const from = momentOf(body.effectiveFrom)
  const issues = [
    ...(area?.kind === 'district' ? [] : [{ path: '/areaCode', code: 'issue.area_unknown' }]),
    ...(from ? [] : [{ path: '/effectiveFrom', code: 'issue.instant' }]),
  ]
  if (issues.length || !area || !from) throw invalid(issues)
  if (!maySet(ctx, area.code)) throw problem('not_found')
  ctx.unit = unitCovering(ctx.actor, 'level.set', verbs, [area.code])
  await lockArea(ctx, area.code)
  const inForce = await levelAt(ctx, area.code, from)
  const fault = setFault({ level: body.level, from }, inForce?.level ?? null, ctx.now)
  if (fault === 'backdated') throw problem('levels.backdated', { limit: earliest(ctx.now).toISOString() })
  if (fault === 'tooFar') throw invalid([{ path: '/effectiveFrom', code: 'issue.too_far', params: { limit: furthest(ctx.now).toISOString() } }])
  if (fault === 'unchanged') throw problem('levels.unchanged')
  const row = await recordOf(ctx, { ...body, from })
  await insertRecord(ctx, row)
  ctx.announce('level.set', { kind: 'level', id: row.id }, { areaCode: row.areaCode, level: row.level, effectiveFrom: row.effectiveFrom.toISOString(), documentNo: row.documentNo })
  return toRecord(ctx, { ...row, effectiveFrom: row.effectiveFrom.toISOString(), setAt: row.setAt.toISOString() })
}
async function recordOf(ctx: Ctx, body: Input<typeof setLevel>['body'] & { from: Date }): Promise<NewRecord> {
  const emergency = await openEmergencyFor(ctx, body.areaCode)
  const unit = ctx.unit?.unitName ?? NOBODY
  return {
    id: newId(), areaCode: body.areaCode, level: body.level, effectiveFrom: body.from, documentNo: tidy(body.documentNo), reason: tidy(body.reason),
    emergencyId: emergency?.id ?? null, setBy: ctx.actor.personId, setByName: ctx.actor.name ?? unit.zh, setByUnit: unit.zh, setByUnitEn: unit.en, setAt: ctx.now, sample: false,
  }
}
const NOBODY = { zh: '–', en: '–' }
const tidy = (text: string) => text.trim().normalize('NFC')

function toRecord(ctx: Ctx, row: RecordRow): LevelRecord {
  const { id, areaCode, level, effectiveFrom, documentNo, reason, setAt, sample } = row
  const unit = { zh: row.setByUnit, en: row.setByUnitEn ?? row.setByUnit }
  // What the city's data brings was set by no person here: its source stands for one, in both languages.
  const setBy = readsNames(ctx) && row.setBy !== null ? { zh: row.setByName, en: row.setByName } : unit
  return { id, areaCode, level, effectiveFrom, documentNo, reason, setBy, setAt, sample }
}
