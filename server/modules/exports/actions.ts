// Use cases of exports: begin one, see one's own, cancel, and the counts of the badge.
import { randomBytes } from 'node:crypto'
import type { Input, Returns } from '@fugong/contract/base'
import type { beginExport, cancelExport, countExports, Export, getExport, listExports } from '@fugong/contract/exports'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { holdersIn } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { mayDecide, reachOf } from './policy.ts'
import type { ExportLimits, ExportOptions } from './ports.ts'
import { mayCancel, mayTake, numberFrom, sentenceOf, stateNow } from './rules.ts'
import { headersOf, nameOf, reading, readerOf, readRequest } from './sources.actions.ts'
import { changeExport, countMine, countReady, countUnderWay, findExport, insertExport, selectAsked, selectMine, type ExportRow } from './store.ts'

export const RUN_JOB = 'exports.run'
export const limitsAt = (options: ExportOptions, at: Date): ExportLimits => limitsOf<ExportLimits>('exports', options.city, at)
const later = (ctx: Ctx, minutes: number) => new Date(ctx.now.getTime() + minutes * 60_000).toISOString()

/** Writes down what is asked for, before anything of it leaves: small ones are open at once, large ones go to a job, personal columns wait. */
export function begin(options: ExportOptions) {
  return async (ctx: Ctx, { body }: Input<typeof beginExport>): Promise<Export> => {
    const asked = readRequest(ctx, options, body)
    if ('issues' in asked) throw invalid(asked.issues)
    const { source, personal, reason } = asked
    const limits = limitsAt(options, ctx.now)
    const underWay = await countUnderWay(ctx, ctx.actor.personId!)
    if (underWay >= limits.mostOpen) throw problem('exports.too_many_open', { count: underWay })
    const reader = readerOf(options, source, ctx.actor)!
    const { words, count } = await reading(ctx, reader, async (read) => ({ words: sentenceOf(await source.words(read, body.filter)), count: await source.count(read, body.filter, limits.jobAboveRows + 1) }))
    const small = count <= limits.jobAboveRows
    const state = personal.length ? 'asked' : small ? 'open' : 'queued'
    const { unit } = reader
    const row: ExportRow = {
      id: newId(), number: numberFrom(shanghaiDay(ctx.now), randomBytes(8)), source: source.code, format: body.format, language: body.language, columns: body.columns, personal: personal.map(({ code }) => code),
      filter: body.filter, filterZh: words.zh, filterEn: words.en, reason, state, limitsVersion: limits.version,
      askedBy: ctx.actor.personId!, askedName: ctx.actor.name ?? '', unitId: unit?.unitId ?? null, unitZh: unit?.unitName.zh ?? null, unitEn: unit?.unitName.en ?? null, ...reachOf(reader.scope), askedAt: ctx.now.toISOString(),
      decidedBy: null, decidedName: null, decidedUnitZh: null, decidedUnitEn: null, decidedAt: null, decisionReason: null,
      expected: small ? count : null, rows: 0, sha256: null, size: null, path: null, keySealed: null, run: 0, beatAt: ctx.now.toISOString(), finishedAt: null,
      expiresAt: state === 'asked' ? later(ctx, limits.approvalHours * 60) : state === 'open' ? later(ctx, limits.openMinutes) : null, takenAt: null, failure: null,
    }
    await insertExport(ctx, row)
    ctx.announce(state === 'asked' ? 'export.requested' : 'export.begun', { kind: 'export', id: row.id }, eventOf(row))
    if (state === 'queued') ctx.enqueue(RUN_JOB, { id: row.id }, { key: row.id })
    if (state === 'asked' && row.unitId) await tellColleagues(ctx, row, row.unitId)
    return toExport(ctx, options, row)
  }
}
/** Colleagues of the same unit hear that somebody must agree; whoever else may finds it on the page of requests. */
async function tellColleagues(ctx: Ctx, row: ExportRow, unitId: string): Promise<void> {
  const people = (await elevated(ctx, (system) => holdersIn(system, unitId, ctx.holders('export.approve')))).filter((id) => id !== row.askedBy)
  await notify(ctx, { template: 'export.asked', to: { people }, params: { number: row.number }, link: '/console/exports/requests', about: { kind: 'export', id: row.id } })
}
/** Which filters and columns, never their values: a search text may be somebody's name. */
export const eventOf = ({ number, source, format, filter, columns, personal }: ExportRow) => ({ number, source, format, filters: Object.keys(filter).sort(), columns, personal })

const ORDER = 'asked'
export function listMine(options: ExportOptions) {
  return async (ctx: Ctx, { query }: Input<typeof listExports>): Promise<Returns<typeof listExports>> => {
    const limit = query.limit ?? PAGE_SIZE
    const rows = await selectMine(ctx, ctx.actor.personId!, limit + 1, readMark(ORDER, query.cursor))
    const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.askedAt, id: row.id }))
    return { items: page.items.map((row) => toExport(ctx, options, row)), next: page.next, ...totalOf(await countMine(ctx, ctx.actor.personId!)) }
  }
}
export function show(options: ExportOptions) {
  return async (ctx: Ctx, { params }: Input<typeof getExport>): Promise<Export> => toExport(ctx, options, await getMine(ctx, params.id))
}
/** An export of the caller's own, or `not_found`. */
export async function getMine(ctx: Ctx, id: string): Promise<ExportRow> {
  const found = await findExport(ctx, id)
  if (!found || found.askedBy !== ctx.actor.personId) throw problem('not_found')
  return found
}
export function cancel(options: ExportOptions) {
  return async (ctx: Ctx, { params }: Input<typeof cancelExport>): Promise<Export> => {
    const row = await getMine(ctx, params.id)
    const state = stateNow(row, ctx.now.toISOString())
    // A file that lies ready keeps its place until the sweep takes bytes and key away.
    const changed = mayCancel(state) ? await changeExport(ctx, row.id, [row.state], { state: 'cancelled', finishedAt: ctx.now.toISOString() }) : undefined
    if (!changed) throw problem('exports.state_refused', { state })
    ctx.announce('export.cancelled', { kind: 'export', id: row.id }, { number: row.number })
    if (changed.path) ctx.enqueue('exports.sweep', null, { key: 'cancelled' })
    return toExport(ctx, options, changed)
  }
}
export async function counts(ctx: Ctx): Promise<Returns<typeof countExports>> {
  const ready = await countReady(ctx, ctx.actor.personId!)
  const waiting = ctx.may('export.approve') ? (await elevated(ctx, selectAsked)).filter((row) => mayDecide(ctx, row)).length : 0
  return { ready, waiting }
}

const bilingual = (zh: string | null, en: string | null) => (zh === null ? null : { zh, en: en ?? zh })
export function toExport(ctx: Ctx, options: ExportOptions, row: ExportRow): Export {
  const { id, number, source, format, reason, expected, rows, sha256, size, askedAt, decidedAt, decisionReason, finishedAt, expiresAt, takenAt, failure } = row
  const state = stateNow(row, ctx.now.toISOString())
  const own = row.askedBy === ctx.actor.personId
  const can = [...(own && mayTake(state) ? ['take'] : []), ...(own && mayCancel(state) ? ['cancel'] : []), ...(state === 'asked' && mayDecide(ctx, row) ? ['approve', 'refuse'] : [])]
  return {
    id, number, source, name: nameOf(options, source), format, columns: headersOf(options, source, row.columns), personal: headersOf(options, source, row.personal), filter: { zh: row.filterZh, en: row.filterEn }, reason, state,
    expected, rows, sha256, size, askedBy: { name: row.askedName, unit: bilingual(row.unitZh, row.unitEn) }, askedAt,
    decidedBy: row.decidedName === null ? null : { name: row.decidedName, unit: bilingual(row.decidedUnitZh, row.decidedUnitEn) }, decidedAt, decisionReason, finishedAt, expiresAt, takenAt, failure, can,
  }
}
