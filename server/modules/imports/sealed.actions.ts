// What of a file is kept and shown: rows and samples sealed in the database, personal values masked on the way out.
import type { ImportChange } from '@fugong/contract/imports'
import { deflateRawSync } from 'node:zlib'
import type { Ctx } from '../../base/context.ts'
import { unpackRows } from '../../base/sheets/reading.ts'
import { cellText } from './header.rules.ts'
import type { Cell, ImportColumn, SheetRow, Value } from './ports.ts'
import type { ImportRow } from './store.ts'

const ROWS = 'import.rows'
/** Packed rows as they lie in the database. */
export function sealRows(ctx: Ctx, packed: Uint8Array): Buffer {
  return ctx.sealer.seal(ROWS, Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('base64'))
}
export function openRows(ctx: Ctx, sealed: Buffer): SheetRow[] {
  return unpackRows(Buffer.from(ctx.sealer.open(ROWS, sealed), 'base64'))
}
export const sealPreview = (ctx: Ctx, rows: readonly SheetRow[]): Buffer => sealRows(ctx, deflateRawSync(JSON.stringify(rows)))
export const openPreview = (ctx: Ctx, row: Pick<ImportRow, 'preview'>): SheetRow[] => (row.preview ? openRows(ctx, row.preview) : [])

export interface StoredChange { row: number; key: string; column: string; from: Value; to: Value }
export const sealChanges = (ctx: Ctx, changes: readonly StoredChange[]): Buffer => ctx.sealer.seal('import.changes', JSON.stringify(changes))
export const openChanges = (ctx: Ctx, row: Pick<ImportRow, 'changes'>): StoredChange[] => (row.changes ? (JSON.parse(ctx.sealer.open('import.changes', row.changes)) as StoredChange[]) : [])

/** The first and last characters of a value that names or reaches a person. */
export function maskValue(text: string): string {
  const characters = [...text]
  if (characters.length <= 1) return '*'
  if (characters.length < 7) return `${characters[0]}${'*'.repeat(characters.length - 1)}`
  return `${characters.slice(0, 3).join('')}****${characters.slice(-4).join('')}`
}
const LOOKS_PERSONAL = /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\w)/g
/** A value of the file for the matching of columns, short; phones and ID numbers are masked also where nobody said that they are. */
export function maskSample(cell: Cell, personal: boolean): string {
  const text = cellText(cell).replace(/\s+/g, ' ').trim()
  if (text === '') return ''
  if (personal) return maskValue(text)
  const masked = text.replace(LOOKS_PERSONAL, maskValue)
  return masked.length > 60 ? `${masked.slice(0, 60)}…` : masked
}
export function maskChanges(changes: readonly StoredChange[], columns: readonly ImportColumn[]): ImportChange[] {
  const show = (value: Value, personal: boolean) => (value === null ? null : personal ? maskValue(String(value)) : String(value).slice(0, 200))
  return changes.map(({ row, key, column, from, to }) => {
    const personal = columns.find((one) => one.code === column)?.personal === true
    return { row, key, column, from: show(from, personal), to: show(to, personal) }
  })
}
