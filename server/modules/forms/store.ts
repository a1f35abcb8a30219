// SQL on the forms schema.
import type { Form } from '@fugong/contract/forms'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'

export interface VersionRow { id: string; code: string; kind: string | null; version: number; areaCode: string; effectiveFrom: string; appliesTo: NonNullable<Form['appliesTo']> | null }
export interface TitleRow extends VersionRow { pack: string | null; name: { zh: string; en: string }; fields: number; addedAt: string }

/** Versions that can be in force for a kind of emergency. */
export async function selectCandidates(ctx: Ctx, code: string, kind: string): Promise<VersionRow[]> {
  return (await sql<VersionRow>`select id, code, kind, version, area_code, effective_from, applies_to from forms.forms where code = ${code} and (kind is null or kind = ${kind})`.execute(ctx.db)).rows
}
export async function selectBody(ctx: Ctx, id: string): Promise<Form> {
  return (await sql<{ body: Form }>`select body from forms.forms where id = ${id}`.execute(ctx.db)).rows[0]!.body
}
export async function selectBodies(ctx: Ctx, ids: readonly string[]): Promise<Form[]> {
  return (await sql<{ body: Form }>`select body from forms.forms where id = any (${[...ids]}::uuid[]) order by code, id`.execute(ctx.db)).rows.map((row) => row.body)
}
/** A version by number; one made for every kind answers when the kind has none of its own. */
export async function findVersion(ctx: Ctx, code: string, kind: string | null, version: number): Promise<{ kind: string | null; body: Form } | undefined> {
  return (await sql<{ kind: string | null; body: Form }>`
    select kind, body from forms.forms where code = ${code} and (kind is null or kind = ${kind}) and version = ${version} order by kind nulls last limit 1`.execute(ctx.db)).rows[0]
}
export async function insertForm(ctx: Ctx, form: Form, { kind, pack }: { kind: string | null; pack: string | null }): Promise<void> {
  await sql`
    insert into forms.forms (id, code, kind, version, pack, area_code, effective_from, body, added_at, applies_to)
    values (${newId()}, ${form.code}, ${kind}, ${form.version}, ${pack}, ${form.areaCode}, ${new Date(form.effectiveFrom)}, ${JSON.stringify(form)}::jsonb, ${ctx.now}, ${form.appliesTo ? JSON.stringify(form.appliesTo) : null}::jsonb)`.execute(ctx.db)
}

const title = sql`id, code, kind, version, area_code, effective_from, applies_to, pack, body->'name' as name, added_at,
  (select count(*)::int from jsonb_path_query(body, '$.pages[*].fields[*]') f where f->>'type' <> 'group') + (select count(*)::int from jsonb_path_query(body, '$.pages[*].fields[*].fields[*]')) as fields`
/** Every version without its body, newest first within a form. */
export async function selectTitles(ctx: Ctx, code?: string): Promise<TitleRow[]> {
  return (await sql<TitleRow>`select ${title} from forms.forms ${code === undefined ? sql`` : sql`where code = ${code}`} order by code, kind nulls first, version desc`.execute(ctx.db)).rows
}
export async function findTitle(ctx: Ctx, id: string): Promise<TitleRow | undefined> {
  return (await sql<TitleRow>`select ${title} from forms.forms where id = ${id}`.execute(ctx.db)).rows[0]
}
export async function highestVersion(ctx: Ctx, code: string, kind: string | null): Promise<number> {
  return (await sql<{ version: number }>`select coalesce(max(version), 0) as version from forms.forms where code = ${code} and kind is not distinct from ${kind}`.execute(ctx.db)).rows[0]!.version
}
