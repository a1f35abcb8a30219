// Use cases of imports at the wire: bring a file, look, match columns and check, store, stop.
import type { Input, Returns } from '@fugong/contract/base'
import type { checkImport, getImport, Import, listImports, listImportTargets, rereadImport, uploadImport } from '@fugong/contract/imports'
import { scopeFor, unitCovering, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import type { ReceivedFile } from '../../base/routes.ts'
import { columnLetters } from '../../base/sheets/cells.ts'
import { keepFile, dropFile, type ImportsFolder } from './file.store.ts'
import { findHeader, matchColumns, namesOf } from './header.rules.ts'
import type { ImportTarget } from './ports.ts'
import { deedsOf, isBusy, matchingIssues, secondsLeft, type Deed } from './rules.ts'
import { openChanges, openPreview, maskChanges, maskSample } from './sealed.actions.ts'
import { NOT_RESUMED, countImports, countOpen, findImport, insertImport, lockImport, retentionDays, selectImports, updateImport, type ImportRow, type StoredColumn } from './store.ts'
import { deleteJudgement, deleteRows, sumResults } from './rows.store.ts'

export interface ImportsOptions extends ImportsFolder { targets: readonly ImportTarget[]; verbs: () => VerbTable }
/** A person needs few at once; each holds rows and a file. */
const MOST_OPEN = 5
const DAY = 86_400_000

export function listTargets(ctx: Ctx, options: ImportsOptions): Returns<typeof listImportTargets> {
  return { items: options.targets.filter((target) => ctx.may(target.verb)).map((target) => ({
    code: target.code, name: target.name, listPath: target.listPath, forFirm: target.forFirm === true,
    columns: target.columns.map((column) => ({ code: column.code, name: column.name, kind: column.kind, required: column.required === true, personal: column.personal === true, key: target.keys.some((key) => key.includes(column.code)), example: column.example, note: column.note ?? null })),
  })) }
}
/** A target that the caller may import into, or `not_found`. */
export function getTarget(ctx: Ctx, options: ImportsOptions, code: string): ImportTarget {
  const target = options.targets.find((one) => one.code === code)
  if (!target || !ctx.may(target.verb)) throw problem('not_found')
  return target
}

export async function beginImport(ctx: Ctx, options: ImportsOptions, { query }: Input<typeof uploadImport>, file: ReceivedFile): Promise<Import> {
  const target = getTarget(ctx, options, query.target)
  if (file.size === 0) throw problem('files.empty')
  const enterpriseId = firmOf(ctx, target, query.enterprise)
  const personId = ctx.actor.personId!
  const open = await countOpen(ctx, personId)
  if (open >= MOST_OPEN) throw problem('imports.too_many_open', { count: open })
  ctx.unit = unitCovering(ctx.actor, target.verb, options.verbs(), scopeFor(ctx.actor, target.verb, options.verbs()).areas)
  const id = newId()
  const path = await keepFile(options, file.path)
  try {
    await insertImport(ctx, { id, target: target.code, personId, unitId: ctx.unit?.unitId ?? null, enterpriseId, fileName: cleanName(file.name), fileSize: file.size, sha256: file.sha256, filePath: path })
  } catch (error) {
    await dropFile(options, path)
    throw error
  }
  ctx.enqueue('imports.read', { id, revision: 1 })
  ctx.announce('import.uploaded', { kind: 'import', id }, { target: target.code, sha256: file.sha256, size: file.size })
  return getImportOf(ctx, options, id)
}
/** The firm that the rows belong to, where they belong to one; of a firm that is not the caller's there is nothing here. */
function firmOf(ctx: Ctx, target: ImportTarget, enterprise: string | undefined): string | null {
  if (!target.forFirm) return null
  if (!enterprise) throw invalid([{ path: '/enterprise', code: 'issue.required' }])
  if (!ctx.actor.enterprises.includes(enterprise)) throw problem('not_found')
  return enterprise
}
/** Names of files often name people; controls and direction marks go, and what is too long. */
function cleanName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').split(/[\\/]/).at(-1)!.trim().slice(-120) || '未命名'
}

export async function listMine(ctx: Ctx, options: ImportsOptions, { query }: Input<typeof listImports>): Promise<Returns<typeof listImports>> {
  const limit = query.limit ?? PAGE_SIZE
  const rows = await selectImports(ctx, limit + 1, readMark('imports', query.cursor))
  const page = cutPage(rows, limit, 'imports', (row) => ({ moment: row.createdAt, id: row.id }))
  return { ...page, items: page.items.map((row) => summary(row, options)), ...totalOf(await countImports(ctx)) }
}
export async function getImportOf(ctx: Ctx, options: ImportsOptions, id: string): Promise<Import> {
  return toImport(ctx, options, await required(findImport(ctx, id)))
}
export const lookAt = (ctx: Ctx, options: ImportsOptions, { params }: Input<typeof getImport>) => getImportOf(ctx, options, params.id)
async function required(found: Promise<ImportRow | undefined>): Promise<ImportRow> {
  const row = await found
  if (!row) throw problem('not_found')
  return row
}

/** Takes the import for a deed that its state allows; every change of state has a revision of its own, by which late jobs know that they are late. */
async function take(ctx: Ctx, options: ImportsOptions, id: string, deed: Deed): Promise<{ row: ImportRow; target: ImportTarget; revision: number }> {
  const row = await required(lockImport(ctx, id))
  const target = getTarget(ctx, options, row.target)
  if (!(await deedsFor(ctx, row)).includes(deed)) throw problem('imports.state_refused')
  return { row, target, revision: row.revision + 1 }
}
async function deedsFor(ctx: Ctx, row: ImportRow): Promise<Deed[]> {
  const ended = row.state === 'cancelled' || row.state === 'failed'
  const stored = ended && (await sumResults(ctx, row.id, 'run')).batches
  return deedsOf(row.state, { hasFile: row.filePath !== null, staged: row.batches > 0 && !row.forgotten, stored: Boolean(stored), cancelling: row.cancelling, left: Number(stored) < row.batches })
}

export async function readAgain(ctx: Ctx, options: ImportsOptions, { params, body }: Input<typeof rereadImport>): Promise<Import> {
  const { row, revision } = await take(ctx, options, params.id, 'reread')
  await deleteRows(ctx, row.id)
  const choice = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== ''))
  await updateImport(ctx, row.id, { state: 'uploaded', choice, batches: 0, done: 0, total: 0, told: [], columns: [], preview: null, ...NOT_RESUMED, revision, begunAt: ctx.now, touchedAt: ctx.now })
  ctx.enqueue('imports.read', { id: row.id, revision })
  return getImportOf(ctx, options, row.id)
}

/** The header and its matching as chosen; then the dry run begins. */
export async function beginCheck(ctx: Ctx, options: ImportsOptions, { params, body }: Input<typeof checkImport>): Promise<Import> {
  const { row, target, revision } = await take(ctx, options, params.id, 'check')
  const preview = openPreview(ctx, row)
  if (body.headerAt > (preview.at(-1)?.at ?? 0) || body.headerRows > body.headerAt) throw invalid([{ path: '/headerAt', code: 'issue.import_header' }])
  const issues = matchingIssues(body.matching, target.columns, target.keys)
  if (issues.length) throw invalid(issues)
  const names = namesOf(preview, { at: body.headerAt, rows: body.headerRows })
  const found = matchColumns(names, target.columns)
  const columns = names.map((header, at): StoredColumn => {
    const matched = body.matching[at] ?? null
    return { header, matched, by: matched === null ? null : found[at]?.code === matched ? found[at].by : 'hand' }
  })
  const told = row.told.filter((one) => one.kind === 'hiddenColumn' || one.kind === 'hiddenSheet')
  await updateImport(ctx, row.id, { state: 'checking', headerAt: body.headerAt, headerRows: body.headerRows, columns, told, changes: null, counts: null, done: 0, ...NOT_RESUMED, revision, begunAt: ctx.now, touchedAt: ctx.now })
  ctx.enqueue('imports.check', { id: row.id, revision })
  ctx.announce('import.checking', { kind: 'import', id: row.id }, { target: target.code, rows: row.total })
  return getImportOf(ctx, options, row.id)
}
export async function rematch(ctx: Ctx, options: ImportsOptions, { params }: Input<typeof getImport>): Promise<Import> {
  const { row, revision } = await take(ctx, options, params.id, 'rematch')
  await deleteJudgement(ctx, row.id)
  await updateImport(ctx, row.id, { state: 'read', counts: null, changes: null, done: 0, revision, touchedAt: ctx.now })
  return getImportOf(ctx, options, row.id)
}

/** Stores what was checked; an import that was stopped goes on with its next batch. */
export async function beginRun(ctx: Ctx, options: ImportsOptions, { params }: Input<typeof getImport>): Promise<Import> {
  const before = await required(findImport(ctx, params.id))
  const resumed = before.state !== 'checked'
  const { row, target, revision } = await take(ctx, options, params.id, resumed ? 'resume' : 'run')
  const done = resumed ? (await sumResults(ctx, row.id, 'run')).rows : 0
  // What is told of the cells is collected anew with the rows that are really stored.
  const told = resumed ? row.told : row.told.filter((one) => one.kind === 'hiddenColumn' || one.kind === 'hiddenSheet')
  await updateImport(ctx, row.id, { state: 'running', told, changes: resumed ? row.changes : null, done, counts: null, failure: null, failureRow: null, cancelling: false, finishedAt: null, ...(resumed ? {} : NOT_RESUMED), revision, begunAt: ctx.now, touchedAt: ctx.now })
  ctx.enqueue('imports.run', { id: row.id, revision })
  ctx.announce('import.started', { kind: 'import', id: row.id }, { target: target.code, rows: row.total, resumed })
  return getImportOf(ctx, options, row.id)
}

/** Before storing nothing is left of it; while storing it ends after the present batch, and what has been stored stays. */
export async function cancel(ctx: Ctx, options: ImportsOptions, { params }: Input<typeof getImport>): Promise<Import> {
  const { row, revision } = await take(ctx, options, params.id, 'cancel')
  ctx.announce('import.cancelled', { kind: 'import', id: row.id }, { target: row.target })
  if (row.state === 'running') await updateImport(ctx, row.id, { cancelling: true })
  else {
    await deleteRows(ctx, row.id)
    await updateImport(ctx, row.id, { state: 'cancelled', batches: 0, preview: null, changes: null, counts: null, finishedAt: ctx.now, filePath: null, revision })
    if (row.filePath) ctx.afterCommit(() => void dropFile(options, row.filePath!).catch(() => {}))
  }
  return getImportOf(ctx, options, row.id)
}

function summary(row: ImportRow, options: ImportsOptions): Returns<typeof listImports>['items'][number] {
  const name = options.targets.find((target) => target.code === row.target)?.name ?? { zh: row.target, en: row.target }
  return { id: row.id, target: row.target, targetName: name, enterpriseId: row.enterpriseId, state: row.state, fileName: row.fileName, size: Number(row.fileSize), createdAt: row.createdAt, finishedAt: row.finishedAt, counts: row.counts, done: row.done, total: row.total }
}
async function toImport(ctx: Ctx, options: ImportsOptions, row: ImportRow): Promise<Import> {
  const target = options.targets.find((one) => one.code === row.target)
  const preview = openPreview(ctx, row)
  const data = preview.filter((one) => one.at > row.headerAt).slice(0, 6)
  return {
    ...summary(row, options), format: row.format, encoding: row.encoding as Import['encoding'], separator: row.separator as Import['separator'], sheet: row.sheet, sheets: row.sheets,
    headerAt: row.headerAt, headerRows: row.headerRows,
    columns: row.columns.map((column, index) => {
      const personal = target?.columns.find((one) => one.code === column.matched)?.personal === true
      return { index, letter: columnLetters(index), ...column, hidden: row.hiddenColumns.includes(index), samples: data.map((one) => maskSample(one.cells[index] ?? null, personal)) }
    }),
    secondsLeft: isBusy(row.state) && row.state !== 'uploaded' ? secondsLeft(row.done, row.total, Date.parse(row.begunAt), ctx.now.getTime()) : null,
    told: row.told, changes: maskChanges(openChanges(ctx, row), target?.columns ?? []), failure: row.failure, failureRow: row.failureRow, cancelling: row.cancelling,
    resumed: row.resumedAt === null ? null : { times: row.resumedTimes, row: row.resumedRow!, at: row.resumedAt },
    listPath: target?.listPath ?? '', forgottenAt: new Date(Date.parse(row.createdAt) + (await retentionDays(ctx)) * DAY).toISOString(), revision: row.revision, can: await deedsFor(ctx, row),
  }
}
/** What the first rows say about the table: its header and a first matching. */
export function firstMatching(preview: ReturnType<typeof openPreview>, target: ImportTarget): { headerAt: number; headerRows: number; columns: StoredColumn[] } {
  const header = findHeader(preview, target.columns)
  const found = matchColumns(header.names, target.columns)
  return { headerAt: header.at, headerRows: header.rows, columns: header.names.map((name, at) => ({ header: name, matched: found[at]?.code ?? null, by: found[at]?.by ?? null })) }
}
