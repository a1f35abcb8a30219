// The work of imports, step by step in transactions of their own: read the file, check its rows, store them, and end with counts that add up.
import { may, scopeFor } from '../../base/auth.ts'
import { within, type Ctx } from '../../base/context.ts'
import { dbOn, sql } from '../../base/db.ts'
import { systemScope } from '../../base/auth.ts'
import { SheetFault } from '../../base/sheets/cells.ts'
import type { SheetChoice } from '../../base/sheets/open.ts'
import { readInThread, unpackRows } from '../../base/sheets/reading.ts'
import { contactActor, staffActor } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { firstMatching, type ImportsOptions } from './actions.ts'
import { dropFile, pathOf } from './file.store.ts'
import type { CleanRow, ImportTarget, Outcome, SheetRow } from './ports.ts'
import { Telling, addsUp, cleanRows, keyOf, noCounts, type Matched } from './rules.ts'
import { claimKeys, insertBatch, insertRejects, insertResult, nextBatch, sumResults, takeTurn, type Phase, type Reject } from './rows.store.ts'
import { openChanges, openRows, sealChanges, sealPreview, sealRows, type StoredChange } from './sealed.actions.ts'
import { findImport, lockImport, noteReading, noteResumed, updateImport, type ImportRow } from './store.ts'

/** `resumed`: this step was begun before, and has since waited for its turn. */
export interface Step { id: string; revision: number; resumed?: boolean }
const BATCH_ROWS = 2500
const PREVIEW_ROWS = 50
const MOST_CHANGES = 50
/** A step stores a few batches, for about so long, then commits and lets others see how far it has come. */
const STEP_MS = 1000
const STEP_BATCHES = 2

/** Reads the file into sealed batches, all in one transaction: a stop in the middle leaves nothing, and the next try begins anew. */
export async function readFile(ctx: Ctx, options: ImportsOptions, step: Step, attempt: number): Promise<void> {
  const row = await findImport(ctx, step.id)
  const target = options.targets.find((one) => one.code === row?.target)
  if (!row || !target || row.state !== 'uploaded' || row.revision !== step.revision || !row.filePath) return
  const set: Parameters<typeof updateImport>[2] = {}
  const preview: SheetRow[] = []
  if (attempt > 1) await aside(ctx, (other) => noteResumed(other, row.id, 1))
  let [no, rows] = [0, 0]
  try {
    const told = await readInThread(pathOf(options, row.filePath), row.choice as SheetChoice, {
      about: (about) => void Object.assign(set, about),
      async rows(batch) {
        if (preview.length < PREVIEW_ROWS) preview.push(...unpackRows(batch.packed).slice(0, PREVIEW_ROWS - preview.length))
        await insertBatch(ctx, row.id, row.personId, { no: no++, firstAt: batch.firstAt, lastAt: batch.lastAt, rows: batch.rows, content: sealRows(ctx, batch.packed) })
        rows += batch.rows
        if (no % 4 === 0) await aside(ctx, (other) => noteReading(other, row.id, rows))
      },
    }, { batchRows: BATCH_ROWS })
    const first = firstMatching(preview, target)
    if (rows === 0 || preview.at(-1)!.at <= first.headerAt) throw new SheetFault('empty')
    const telling = new Telling()
    for (const column of told.hiddenColumns) if (first.columns[column]?.header) telling.add('hiddenColumn', first.columns[column].matched, undefined)
    for (const sheet of set.sheets ?? []) if (sheet.hidden && sheet.name !== set.sheet) telling.add('hiddenSheet', null)
    const locked = await lockImport(ctx, row.id)
    // Cancelled while it was read: what was staged goes with this transaction.
    if (locked?.revision !== step.revision || locked.state !== 'uploaded') throw new Superseded()
    await updateImport(ctx, row.id, { ...set, ...first, state: 'read', preview: sealPreview(ctx, preview), hiddenColumns: told.hiddenColumns, told: telling.all, batches: no, done: rows, total: rows, touchedAt: ctx.now })
  } catch (error) {
    if (!(error instanceof SheetFault)) throw error
    await refuse(ctx, options, row, error, no)
  }
}
export class Superseded extends Error {}
async function refuse(ctx: Ctx, options: ImportsOptions, row: ImportRow, fault: SheetFault, staged: number): Promise<void> {
  if (staged) await sql`delete from imports.batches where import_id = ${row.id}`.execute(ctx.db)
  // An encoding or a sheet chosen by hand that does not fit can be chosen anew; for the rest the file itself must change.
  const code = fault.code === 'empty' && staged ? 'no_rows' : fault.code
  await updateImport(ctx, row.id, { state: 'failed', failure: `imports.${code}`, failureRow: fault.row ?? null, finishedAt: ctx.now, touchedAt: ctx.now, filePath: null })
  ctx.afterCommit(() => void dropFile(options, row.filePath!).catch(() => {}))
  ctx.announce('import.finished', { kind: 'import', id: row.id }, { target: row.target, state: 'failed', ...noCounts })
}
/** Work in a transaction beside the present one, so that others see it at once. */
function aside(ctx: Ctx, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  return ctx.database.transaction({ scope: systemScope }, (_db, raw) => work({ ...ctx, db: dbOn(raw) }))
}

/** One step of the dry run or of storing: some batches, then the next step is queued in the same transaction. */
export async function workOn(ctx: Ctx, options: ImportsOptions, phase: Phase, step: Step, attempt: number): Promise<void> {
  const state = phase === 'check' ? 'checking' : 'running'
  const row = await lockImport(ctx, step.id)
  const target = options.targets.find((one) => one.code === row?.target)
  if (!row || !target || row.state !== state || row.revision !== step.revision) return
  const actor = row.enterpriseId ? await contactActor(ctx, row.personId, row.enterpriseId) : await staffActor(ctx, row.personId)
  if (!actor || !may(actor, target.verb, options.verbs())) return finish(ctx, options, target, row, phase, 'failed', 'imports.right_lost')
  if (row.cancelling) return finish(ctx, options, target, row, phase, 'cancelled')
  // Two imports into one target take turns, so that neither waits long for the other's rows.
  const resumed = attempt > 1 || step.resumed === true
  if (phase === 'run' && !(await takeTurn(ctx, row.enterpriseId ? `${target.code} ${row.enterpriseId}` : target.code))) return ctx.enqueue('imports.run', resumed ? { ...step, resumed } : step, { at: new Date(ctx.now.getTime() + 250) })

  const scope = scopeFor(actor, target.verb, options.verbs())
  const telling = new Telling(row.told)
  const changes = openChanges(ctx, row)
  const until = performance.now() + STEP_MS
  let done = row.done
  let batches = 0
  do {
    const batch = await nextBatch(ctx, row.id, phase)
    if (!batch) {
      await updateImport(ctx, row.id, { told: telling.all, changes: sealChanges(ctx, changes), done })
      return finish(ctx, options, target, row, phase, phase === 'check' ? 'checked' : 'done')
    }
    const sheetRows = openRows(ctx, batch.content).filter((one) => one.at > row.headerAt)
    // Batches before this one were committed; what a stopped worker had begun of this one is undone.
    if (resumed && batches === 0) await noteResumed(ctx, row.id, sheetRows[0]?.at ?? batch.firstAt)
    if (batch.no === 0) tellHeader(row, openRows(ctx, batch.content), telling)
    const judged = await judgeBatch(ctx, row, target, phase, sheetRows, telling, changes, (work) => within(ctx, scope, work))
    await insertRejects(ctx, row.id, row.personId, phase, judged.rejects)
    await insertResult(ctx, row.id, row.personId, phase, batch.no, judged.result)
    if (phase === 'run' && sheetRows.length) {
      const { rows: _, notData: __, ...counts } = judged.result
      ctx.announce('import.stored', { kind: 'import', id: row.id }, { target: target.code, no: batch.no, firstRow: sheetRows[0]!.at, lastRow: sheetRows.at(-1)!.at, ...counts })
    }
    done += batch.rows
    batches += 1
  } while (batches < STEP_BATCHES && performance.now() < until)
  await updateImport(ctx, row.id, { told: telling.all, changes: sealChanges(ctx, changes), done, touchedAt: ctx.now })
  ctx.enqueue(`imports.${phase}`, { id: step.id, revision: step.revision })
}
/** Ends a phase; the file, which lies there in clear, is not needed any more and goes at once. */
async function finish(ctx: Ctx, options: ImportsOptions, target: ImportTarget, row: ImportRow, phase: Phase, state: Parameters<typeof end>[4], failure?: string): Promise<void> {
  await end(ctx, target, row, phase, state, failure)
  if (row.filePath) ctx.afterCommit(() => void dropFile(options, row.filePath!).catch(() => {}))
}
function tellHeader(row: ImportRow, rows: readonly SheetRow[], telling: Telling): void {
  const above = rows.filter((one) => one.at <= row.headerAt - row.headerRows)
  for (const one of above) telling.add('titleRows', null, one.at)
  if (row.headerRows > 1) telling.add('doubleHeader', null, row.headerAt)
  for (const column of row.columns) if (column.header && column.matched === null) telling.add('unmatchedColumn', null)
}

type Within = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
async function judgeBatch(ctx: Ctx, row: ImportRow, target: ImportTarget, phase: Phase, sheetRows: readonly SheetRow[], telling: Telling, changes: StoredChange[], inScope: Within) {
  const matched = row.columns.flatMap(({ matched: code }, index): Matched[] => {
    const column = target.columns.find((one) => one.code === code)
    return column ? [{ column, index }] : []
  })
  const cleaned = cleanRows(sheetRows, matched, target.keys, telling)
  const rejects: Reject[] = [...cleaned.rejected]
  const fit = await firstOfTheirKey(ctx, row, target, cleaned.clean, rejects)
  const about = { importId: row.id, personId: row.personId, enterpriseId: row.enterpriseId }
  const outcomes: Outcome[] = fit.length ? await inScope((acting) => (phase === 'run' ? target.store(acting, fit, about) : target.judge(acting, fit, about))) : []
  if (outcomes.length !== fit.length) throw new Error(`the target ${target.code} answered ${outcomes.length} outcomes for ${fit.length} rows`)
  const result = { rows: sheetRows.length, fresh: 0, changed: 0, unchanged: 0, rejected: 0, notData: cleaned.notData.length }
  outcomes.forEach((outcome, at) => {
    const one = fit[at]!
    if (outcome.state === 'rejected') rejects.push({ at: one.at, issues: outcome.issues })
    else result[outcome.state] += 1
    if (outcome.state === 'changed' && changes.length < MOST_CHANGES) {
      for (const { column, from, to } of outcome.changes) changes.push({ row: one.at, key: label(one, target), column, from, to })
    }
  })
  result.rejected = rejects.length
  return { rejects: rejects.sort((a, b) => a.at - b.at), result }
}
const label = (row: CleanRow, target: ImportTarget) => String(target.keys[0]!.map((code) => row.values[code]).find((value) => value != null) ?? target.keys.flat().map((code) => row.values[code]).find((value) => value != null) ?? '')

/** Rows whose key no earlier row of the file has brought; the others are rejected and told which row they repeat. */
async function firstOfTheirKey(ctx: Ctx, row: ImportRow, target: ImportTarget, rows: readonly CleanRow[], rejects: Reject[]): Promise<CleanRow[]> {
  const keyed: { key: Buffer; at: number; row: CleanRow }[] = []
  for (const one of rows) {
    const key = keyOf(one, target.keys)
    if (key === undefined) rejects.push({ at: one.at, issues: [{ column: target.keys[0]![0]!, code: 'issue.required' }] })
    else keyed.push({ key: ctx.sealer.blind('import.key', key).subarray(0, 16), at: one.at, row: one })
  }
  const holders = await claimKeys(ctx, row.id, row.personId, keyed)
  return keyed.flatMap(({ row: one }, at) => {
    if (holders[at] === one.at) return [one]
    rejects.push({ at: one.at, issues: [{ column: target.keys.find((key) => key.every((code) => one.values[code] != null))![0]!, code: 'issue.import_repeated', params: { row: holders[at]! } }] })
    return []
  })
}

/** Ends a phase: every row that came in must be accounted for, or the import has failed. */
export async function end(ctx: Ctx, target: ImportTarget | undefined, row: ImportRow, phase: Phase, state: 'checked' | 'done' | 'cancelled' | 'failed', failure?: string): Promise<void> {
  const { batches: _, ...sum } = await sumResults(ctx, row.id, phase)
  const all = (await sql<{ rows: number }>`select coalesce(sum(rows), 0)::int as rows from imports.batches where import_id = ${row.id}`.execute(ctx.db)).rows[0]!.rows
  const header = (await headerRows(ctx, row))
  const rows = all - header
  const counts = { ...sum, rows, left: rows - sum.rows }
  const whole = addsUp(counts) && (counts.left === 0 || state === 'cancelled' || state === 'failed')
  const final = whole ? state : 'failed'
  const ended = final !== 'checked'
  await updateImport(ctx, row.id, {
    state: final, counts, failure: whole ? (failure ?? null) : 'imports.count_differs', touchedAt: ctx.now, cancelling: false, filePath: null, ...(ended ? { finishedAt: ctx.now } : {}),
  })
  if (ended) ctx.announce('import.finished', { kind: 'import', id: row.id }, { target: row.target, state: final, ...counts })
  const told = { to: { people: [row.personId] }, link: `/console/imports/${row.id}`, about: { kind: 'import', id: row.id } }
  const title = target?.name ?? row.target
  if (final === 'checked') await notify(ctx, { ...told, template: 'import.checked', params: { title, count: rows } })
  if (final === 'done') await notify(ctx, { ...told, template: 'import.finished', params: { title, count: counts.fresh + counts.changed, rejected: counts.rejected } })
  if (phase === 'run') await target?.ended?.(ctx)
}
/** Rows of the file above the data: titles and headers, which are no rows in. */
async function headerRows(ctx: Ctx, row: ImportRow): Promise<number> {
  const first = (await sql<{ content: Buffer }>`select content from imports.batches where import_id = ${row.id} and no = 0`.execute(ctx.db)).rows[0]
  return first ? openRows(ctx, first.content).filter((one) => one.at <= row.headerAt).length : 0
}
