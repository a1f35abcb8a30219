// Use cases of forms: the version in force, a version by number, checking and importing.
import type { Input, Issue } from '@fugong/contract/base'
import { Form, type getForm } from '@fugong/contract/forms'
import { formIssues } from '@fugong/contract/forms.check'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { documentChecker } from '../../base/validate.ts'
import { ancestorsOf } from '../areas/index.ts'
import { canonical, versionInForce } from '../rules/index.ts'
import { byFit, type Place } from './rules.ts'
import { forgetForms } from './versions.actions.ts'
import { findVersion, insertForm, selectBody, selectCandidates, type VersionRow } from './store.ts'

// A version that was imported elsewhere is shown here within a second.
const candidates = briefCache<VersionRow[]>(900)
/** Versions never change, so a body is good for ever; the oldest go when there are many. */
const bodies = new Map<string, Form>()
const MOST_BODIES = 300

export async function getFormOf(ctx: Ctx, { params, query }: Input<typeof getForm>): Promise<Form> {
  if (query.version !== undefined) return getFormVersion(ctx, params.code, query.kind, query.version)
  const form = await formInForce(ctx, { code: params.code, areaCode: query.area, kind: query.kind, scene: query.scene, industry: query.industry })
  if (!form) throw problem('forms.none_in_force', { code: params.code })
  return form
}

/** The form in force for a place, an area and a kind of emergency at a moment (now when not given): made for the scene and industry first, else for everyone. */
export async function formInForce(ctx: Ctx, { code, areaCode, kind, at, ...place }: { code: string; areaCode: string; kind: string; at?: Date } & Place): Promise<Form | undefined> {
  const known = await candidates.get(ctx, `${kind} ${code}`, () => selectCandidates(ctx, code, kind))
  if (!known.length) return undefined
  const above = await ancestorsOf(ctx, areaCode)
  for (const group of byFit(known, place)) {
    const version = versionInForce(group, above, kind, at ?? ctx.now)
    if (version) return bodyOf(ctx, version.id)
  }
  return undefined
}
async function bodyOf(ctx: Ctx, id: string): Promise<Form> {
  const before = bodies.get(id)
  if (before) return before
  const form = await selectBody(ctx, id)
  if (bodies.size >= MOST_BODIES) bodies.delete(bodies.keys().next().value!)
  bodies.set(id, form)
  return form
}
/** A version by number, as answers that were given under it need it; throws `not_found`. */
export async function getFormVersion(ctx: Ctx, code: string, kind: string, version: number): Promise<Form> {
  const found = await findVersion(ctx, code, kind, version)
  if (!found) throw problem('not_found')
  return found.body
}

const shapeIssues = documentChecker(Form)
/** Every fault of a form from a file, with paths such as `/pages/0/fields/2/codes`; none means it can be imported. */
export function checkForm(form: unknown): Issue[] {
  const shape = shapeIssues(form)
  const wrong = new Set(shape.map((issue) => issue.path))
  return [...shape, ...formIssues(form).filter((issue) => !wrong.has(issue.path))]
}
/** A fault when this version exists for the kind with other content: versions never change. */
export async function formConflicts(ctx: Ctx, form: Form, { kind }: { kind: string | null }): Promise<Issue[]> {
  const before = await ownVersion(ctx, form, kind)
  return !before || canonical(before) === canonical(form) ? [] : [{ path: '/version', code: 'issue.version_content', params: { code: form.code, version: form.version } }]
}
/** Adds a version; the same content again changes nothing. Ask `formConflicts` first. */
export async function importForm(ctx: Ctx, form: Form, { kind, pack }: { kind: string | null; pack: string | null }): Promise<void> {
  if (await ownVersion(ctx, form, kind)) return
  await addForm(ctx, form, { kind, pack })
}
/** Adds a version; a number that is taken is `forms.version_taken`. */
export async function addForm(ctx: Ctx, form: Form, { kind, pack }: { kind: string | null; pack: string | null }): Promise<void> {
  await insertForm(ctx, form, { kind, pack })
  candidates.forget(ctx)
  forgetForms(ctx)
}
async function ownVersion(ctx: Ctx, form: Form, kind: string | null): Promise<Form | undefined> {
  const found = await findVersion(ctx, form.code, kind, form.version)
  return found?.kind === kind ? found.body : undefined
}
