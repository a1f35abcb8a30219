// SQL on the dictionary of fields.
import type { DictionaryField } from '@fugong/contract/fields'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'

export interface EntryRow { id: string; code: string; version: number; areaCode: string; effectiveFrom: string; body: DictionaryField }

/** All versions, newest first within a field; a dictionary has hundreds of fields, not thousands. */
export async function selectEntries(ctx: Ctx, code?: string): Promise<EntryRow[]> {
  return (await sql<EntryRow>`select id, code, version, area_code, effective_from, body from forms.dictionary ${code === undefined ? sql`` : sql`where code = ${code}`} order by code, version desc`.execute(ctx.db)).rows
}
export async function findEntry(ctx: Ctx, id: string): Promise<EntryRow | undefined> {
  return (await sql<EntryRow>`select id, code, version, area_code, effective_from, body from forms.dictionary where id = ${id}`.execute(ctx.db)).rows[0]
}
export async function insertEntry(ctx: Ctx, field: DictionaryField): Promise<void> {
  await sql`
    insert into forms.dictionary (id, code, version, area_code, effective_from, body, added_at)
    values (${newId()}, ${field.code}, ${field.version}, ${field.areaCode}, ${new Date(field.effectiveFrom)}, ${JSON.stringify(field)}::jsonb, ${ctx.now})`.execute(ctx.db)
}
