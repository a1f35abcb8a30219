// SQL on the forms schema.
import type { Form } from '@fugong/contract/forms'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'

export interface VersionRow { id: string; code: string; kind: string | null; version: number; areaCode: string; effectiveFrom: string }

/** Versions that can be in force for a kind of emergency. */
export async function selectCandidates(ctx: Ctx, code: string, kind: string): Promise<VersionRow[]> {
  return (await sql<VersionRow>`select id, code, kind, version, area_code, effective_from from forms.forms where code = ${code} and (kind is null or kind = ${kind})`.execute(ctx.db)).rows
}
export async function selectBody(ctx: Ctx, id: string): Promise<Form> {
  return (await sql<{ body: Form }>`select body from forms.forms where id = ${id}`.execute(ctx.db)).rows[0]!.body
}
/** A version by number; one made for every kind answers when the kind has none of its own. */
export async function findVersion(ctx: Ctx, code: string, kind: string | null, version: number): Promise<{ kind: string | null; body: Form } | undefined> {
  return (await sql<{ kind: string | null; body: Form }>`
    select kind, body from forms.forms where code = ${code} and (kind is null or kind = ${kind}) and version = ${version} order by kind nulls last limit 1`.execute(ctx.db)).rows[0]
}
export async function insertForm(ctx: Ctx, form: Form, { kind, pack }: { kind: string | null; pack: string | null }): Promise<void> {
  await sql`
    insert into forms.forms (id, code, kind, version, pack, area_code, effective_from, body, added_at)
    values (${newId()}, ${form.code}, ${kind}, ${form.version}, ${pack}, ${form.areaCode}, ${new Date(form.effectiveFrom)}, ${JSON.stringify(form)}::jsonb, ${ctx.now})`.execute(ctx.db)
}
