// Rejected rows of an import: shown with their faults in plain words, and handed back as the same file with a column of reasons.
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Input, Returns } from '@fugong/contract/base'
import type { downloadImportRejects, downloadImportTemplate, ImportReject, listImportRejects } from '@fugong/contract/imports'
import { issueText, type Language } from '@fugong/contract/problems'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import type { FileAnswer } from '../../base/routes.ts'
import { columnLetters } from '../../base/sheets/cells.ts'
import { writeCsv, writeXlsx, type Value } from '../../base/sheets/write.ts'
import { getTarget, type ImportsOptions } from './actions.ts'
import { scratchPath } from './file.store.ts'
import { choiceWords } from './clean.rules.ts'
import { REASON_HEADERS } from './header.rules.ts'
import type { Cell, ImportColumn, SheetRow } from './ports.ts'
import { countRejects, selectBatches, selectRejects, sumResults, type Phase, type Reject } from './rows.store.ts'
import { maskSample, openPreview, openRows } from './sealed.actions.ts'
import { findImport, type ImportRow } from './store.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PAGE = 50

async function rejectsOf(ctx: Ctx, options: ImportsOptions, id: string): Promise<{ row: ImportRow; columns: readonly ImportColumn[]; phase: Phase }> {
  const row = await findImport(ctx, id)
  if (!row) throw problem('not_found')
  const stored = row.state === 'running' || (await sumResults(ctx, id, 'run')).batches > 0
  return { row, columns: options.targets.find((one) => one.code === row.target)?.columns ?? [], phase: stored ? 'run' : 'check' }
}

export async function listRejects(ctx: Ctx, options: ImportsOptions, { params, query }: Input<typeof listImportRejects>): Promise<Returns<typeof listImportRejects>> {
  const { row, columns, phase } = await rejectsOf(ctx, options, params.id)
  const limit = query.limit ?? PAGE
  const found = await selectRejects(ctx, row.id, phase, query.after ?? 0, limit + 1)
  const page = found.slice(0, limit)
  const cells = row.forgotten ? new Map<number, Cell[]>() : await cellsOf(ctx, row, page.map((one) => one.at))
  return {
    items: page.map(({ at, issues }): ImportReject => ({
      row: at,
      issues: issues.map(({ column, code, params: values = {} }) => {
        const index = row.columns.findIndex((one) => one.matched === column && column !== null)
        const of = columns.find((one) => one.code === column)
        const personal = of?.personal === true
        // The words of a fault may repeat the value; of a person's value they must not.
        const told = personal && 'value' in values ? { ...values, value: '***' } : inBoth(code, values, of)
        return { column, header: row.columns[index]?.header ?? null, letter: index < 0 ? null : columnLetters(index), code, params: told, value: index < 0 ? null : maskSample(cells.get(at)?.[index] ?? null, personal) }
      }),
    })),
    next: found.length > limit ? page.at(-1)!.at : null,
    total: await countRejects(ctx, row.id, phase),
  }
}
async function cellsOf(ctx: Ctx, row: ImportRow, rows: readonly number[]): Promise<Map<number, Cell[]>> {
  const wanted = new Set(rows)
  const found = new Map<number, Cell[]>()
  for (let at = 0; at < rows.length; ) {
    const [batch] = await selectBatches(ctx, row.id, rows[at]!, rows[at]!)
    if (!batch) break
    for (const one of openRows(ctx, batch.content)) if (wanted.has(one.at)) found.set(one.at, one.cells)
    while (at < rows.length && rows[at]! <= batch.lastAt) at += 1
  }
  return found
}

/** The rejected rows below the very header of the file, with their reasons behind the last column. */
export async function rejectsFile(ctx: Ctx, options: ImportsOptions, { params, query }: Input<typeof downloadImportRejects>): Promise<FileAnswer> {
  const { row, columns, phase } = await rejectsOf(ctx, options, params.id)
  if (row.forgotten) throw problem('imports.forgotten')
  const width = Math.max(row.columns.length, 1)
  const reason = REASON_HEADERS[query.language === 'zh' ? 0 : 1]
  const header = openPreview(ctx, row).filter((one) => one.at <= row.headerAt)
  async function* rows(): AsyncGenerator<Value[]> {
    for (const one of header) yield [...written(one, width), one.at === row.headerAt ? reason : null]
    for (let after = 0; ; ) {
      const page = await selectRejects(ctx, row.id, phase, after, 2000)
      if (!page.length) return
      const cells = await cellsOf(ctx, row, page.map((one) => one.at))
      for (const one of page) yield [...written({ at: one.at, cells: cells.get(one.at) ?? [] }, width), reasons(one, columns, query.language)]
      after = page.at(-1)!.at
    }
  }
  const widths = [...Array.from({ length: width }, () => 18), 60]
  const name = `${query.language === 'zh' ? '退回行' : 'rejected'}-${row.fileName.replace(/\.[^.]*$/, '')}`
  return answer(options, query.format, name, rows(), { headers: header.length, widths })
}
const written = (row: SheetRow, width: number): Value[] => Array.from({ length: width }, (_, at) => {
  const cell = row.cells[at] ?? null
  return typeof cell === 'object' && cell !== null && 'b' in cell ? cell.b : typeof cell === 'object' && cell !== null && 'e' in cell ? cell.e : cell
})
/** A fault kept before choices were told in both languages is told them now. */
const inBoth = (code: string, params: Record<string, unknown> = {}, column: ImportColumn | undefined) => (code === 'issue.cell_choice' && column ? { ...choiceWords(column), ...params } : params)
/** All faults of a row in words, each with its column. */
export function reasons(reject: Reject, columns: readonly ImportColumn[], language: Language): string {
  return reject.issues.map(({ column, code, params }) => {
    const of = columns.find((one) => one.code === column)
    const name = of?.name[language] ?? ''
    const text = issueText(code, { field: name || (language === 'zh' ? '此行' : 'This row'), ...inBoth(code, params, of) }, language)
    return !name || text.includes(name) ? text : language === 'zh' ? `${name}：${text}` : `${name}: ${text}`
  }).join(language === 'zh' ? '；' : '; ')
}

/** An empty table with the target's headers, and in xlsx a second sheet that explains each column. */
export async function template(ctx: Ctx, options: ImportsOptions, { params, query }: Input<typeof downloadImportTemplate>): Promise<FileAnswer> {
  const target = getTarget(ctx, options, params.code)
  const { language } = query
  const zh = language === 'zh'
  const header = target.columns.map((column) => `${column.name[language]}${column.required ? '*' : ''}`)
  const notes: Value[][] = [
    zh ? ['列', '必填', '格式', '示例', '说明'] : ['Column', 'Required', 'Format', 'Example', 'Note'],
    ...target.columns.map((column): Value[] => [column.name[language], column.required ? (zh ? '是' : 'yes') : '', formats[column.kind][language], column.example, column.note?.[language] ?? (column.choices ?? []).map((one) => one.words[zh ? 0 : 1] ?? one.code).join(zh ? '、' : ', ')]),
    [], [zh ? '空白单元格不会清除已有内容；多余的列会被忽略；同一文件可以重复导入。' : 'An empty cell leaves what is there; further columns are ignored; the same file may be imported again.'],
  ]
  const name = zh ? `${target.name.zh}导入模板` : `Template for ${target.name.en}`
  return answer(options, query.format, name, [header], { headers: 1, widths: target.columns.map((column) => column.width ?? 18), texts: target.columns.flatMap((column, at) => (column.kind === 'code' || column.kind === 'phone' ? [at] : [])) }, { name: zh ? '填写说明' : 'Notes', rows: notes, headers: 1, widths: [24, 8, 22, 30, 70] })
}
const formats: Record<ImportColumn['kind'], { zh: string; en: string }> = {
  text: { zh: '文字', en: 'Text' }, code: { zh: '代码（文本格式）', en: 'Code (as text)' }, phone: { zh: '11 位手机号（文本格式）', en: '11-digit mobile number (as text)' },
  integer: { zh: '整数', en: 'Whole number' }, decimal: { zh: '数字', en: 'Number' }, day: { zh: '日期，如 2020-02-24', en: 'Date such as 2020-02-24' }, choice: { zh: '从说明中选择', en: 'One of those in the note' },
}

type Layout = { headers: number; widths: number[]; texts?: number[] }
async function answer(options: ImportsOptions, format: 'xlsx' | 'csv', name: string, rows: AsyncIterable<readonly Value[]> | Iterable<readonly Value[]>, layout: Layout, ...more: { name: string; rows: Value[][]; headers: number; widths: number[] }[]): Promise<FileAnswer> {
  const path = await scratchPath(options)
  await pipeline(format === 'xlsx' ? writeXlsx([{ name: 'Sheet1', rows, ...layout }, ...more]) : writeCsv(rows), createWriteStream(path, { mode: 0o600 }))
  return { name: `${name}.${format}`, type: format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8', size: (await stat(path)).size, path, temporary: true }
}
