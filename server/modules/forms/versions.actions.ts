// Versions of forms as their authors see them: all of them, which are in force, one whole with its sisters.
import type { Returns } from '@fugong/contract/base'
import type { Form } from '@fugong/contract/forms'
import type { FormTitle, listFormVersions } from '@fugong/contract/forms.edit'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { inForceAmong } from '../rules/index.ts'
import { audienceOf } from './rules.ts'
import { findTitle, selectBodies, selectBody, selectTitles, type TitleRow } from './store.ts'

const present = briefCache<Form[]>(900)

/** A form holds in its own area for its own kind and audience; those are told apart here. */
function inForce(ctx: Ctx, rows: readonly TitleRow[]): Set<string> {
  const versions = rows.map((row) => ({ ...row, code: `${row.code} ${audienceOf(row.appliesTo)}` }))
  return new Set([...inForceAmong(versions, ctx.now)].map((row) => row.id))
}
export function toTitles(ctx: Ctx, rows: readonly TitleRow[]): FormTitle[] {
  const open = inForce(ctx, rows)
  return rows.map(({ id, code, version, kind, name, areaCode, effectiveFrom, pack, appliesTo, fields, addedAt }) => ({ id, code, version, kind, name, areaCode, effectiveFrom, pack, appliesTo, fields, addedAt, inForce: open.has(id) }))
}
/** The bodies of all forms that are in force somewhere. */
export async function selectInForceBodies(ctx: Ctx): Promise<Form[]> {
  return present.get(ctx, 'all', async () => selectBodies(ctx, [...inForce(ctx, await selectTitles(ctx))]))
}
export function forgetForms(ctx: Ctx): void {
  present.forget(ctx)
}

export async function listFormVersionsOf(ctx: Ctx): Promise<Returns<typeof listFormVersions>> {
  return { items: toTitles(ctx, await selectTitles(ctx)), can: ctx.may('form.edit') ? ['edit'] : [] }
}
/** The version without the hints, which need the dictionary. */
export async function oneVersion(ctx: Ctx, id: string): Promise<{ title: FormTitle; form: Form; versions: FormTitle[] }> {
  const row = await findTitle(ctx, id)
  if (!row) throw problem('not_found')
  const versions = toTitles(ctx, (await selectTitles(ctx, row.code)).filter((one) => one.kind === row.kind))
  return { title: versions.find((one) => one.id === id)!, form: await selectBody(ctx, id), versions }
}
