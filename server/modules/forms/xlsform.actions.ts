// XLSForm files of forms: a version or a draft as xlsx, and an xlsx as the beginning of a draft.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { Form } from '@fugong/contract/forms'
import type { exportDraft, exportVersion, readXlsform } from '@fugong/contract/forms.edit'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import type { ReceivedFile } from '../../base/routes.ts'
import { SheetFault, type Cell } from '../../base/sheets/cells.ts'
import { openSheet } from '../../base/sheets/open.ts'
import { writeXlsx } from '../../base/sheets/write.ts'
import { formIssues } from '@fugong/contract/forms.check'
import { findDraft } from './drafts.store.ts'
import { fromXlsform, toXlsform, type Rows, type Sheets } from './xlsform.rules.ts'
import { oneVersion } from './versions.actions.ts'

const MOST_ROWS = 5000

export async function exportVersionOf(ctx: Ctx, { params }: Input<typeof exportVersion>): Promise<Returns<typeof exportVersion>> {
  const { form } = await oneVersion(ctx, params.id)
  return exported(form, `${form.code}-v${form.version}.xlsx`)
}
/** A draft goes out once its outline is sound; what is still wrong inside stays wrong. */
export async function exportDraftOf(ctx: Ctx, { params }: Input<typeof exportDraft>): Promise<Returns<typeof exportDraft>> {
  const row = await findDraft(ctx, params.id)
  if (!row || row.what !== 'form') throw problem('not_found')
  const form = { version: 1, ...row.body } as unknown as Form
  const faults = formIssues(form)
  if (faults.length || !form.name) throw problem('forms.faulty', { count: Math.max(1, faults.length) }, faults)
  return exported(form, `${row.code}-draft.xlsx`)
}
async function exported(form: Form, name: string): Promise<Returns<typeof exportVersion>> {
  const { sheets, told } = toXlsform(form)
  return { name, content: (await writeXlsform(sheets)).toString('base64'), told }
}
export async function writeXlsform(sheets: Sheets): Promise<Buffer> {
  const pieces: Buffer[] = []
  const book = writeXlsx((['survey', 'choices', 'settings'] as const).map((name) => ({ name, headers: 1, rows: sheets[name] })))
  for await (const piece of book) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

export async function readFile(_ctx: Ctx, file: ReceivedFile): Promise<Returns<typeof readXlsform>> {
  try {
    return await readXlsformFile(file.path)
  } catch (error) {
    if (error instanceof SheetFault) throw problem('forms.sheet_refused', { reason: error.code })
    throw error
  }
}
export async function readXlsformFile(path: string): Promise<{ body: Record<string, unknown>; told: Issue[] }> {
  const first = await openSheet(path)
  const names = first.sheets.map((sheet) => sheet.name)
  await first.close()
  if (first.format !== 'xlsx' || !names.includes('survey')) throw problem('forms.no_survey')
  const sheets: Partial<Sheets> = {}
  for (const name of ['survey', 'choices', 'settings'] as const) if (names.includes(name)) sheets[name] = await rowsOf(path, name)
  const found = fromXlsform(sheets)
  const others = names.filter((name) => !['survey', 'choices', 'settings'].includes(name))
  return { body: found.body, told: [...others.map((sheet) => ({ path: sheet, code: 'issue.xlsform_sheet', params: { sheet } })), ...found.told] }
}
async function rowsOf(path: string, sheet: string): Promise<Rows> {
  const opened = await openSheet(path, { sheet })
  const rows: Rows = []
  try {
    for await (const some of opened.rows()) {
      for (const row of some) {
        if (row.at > MOST_ROWS) throw new SheetFault('too_many_rows', row.at)
        // Empty rows keep their place, so that what is told names the row of the file.
        while (rows.length < row.at - 1) rows.push([])
        rows.push(row.cells.map(textOf))
      }
    }
  } finally {
    await opened.close()
  }
  return rows
}
function textOf(cell: Cell): string {
  if (cell === null || typeof cell === 'string') return cell ?? ''
  return 'n' in cell ? cell.n : 'd' in cell ? cell.d : 'b' in cell ? (cell.b ? 'yes' : 'no') : ''
}
