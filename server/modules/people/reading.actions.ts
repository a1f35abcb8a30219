// Use cases of looking at what is sealed: one value with a reason, who has looked, and a person's file across firms for case officers.
import type { Input, Returns } from '@fugong/contract/base'
import type { findPersonFile, listPersonReads, PersonFile, Unmasked, unmaskField } from '@fugong/contract/people'
import { idFault, tidyId } from '@fugong/contract/people.ids'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { selectFirms } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { requireOwnFirm } from './policy.ts'
import { blinds, maskedOf, openSecrets, valueOf } from './sealed.actions.ts'
import { getEmployment, today } from './shared.actions.ts'
import { findPerson, insertReads, selectOfPerson, selectReads, type EmploymentRow } from './store.ts'

/** Written down and committed before the value is opened: no entry, no value. */
export async function noteReads(ctx: Ctx, rows: readonly Pick<EmploymentRow, 'id' | 'personId' | 'enterpriseId' | 'caseKey'>[], { field, reason, office }: { field: string; reason: string; office: boolean }): Promise<void> {
  const byPerson = ctx.actor.personId!
  await ctx.apart(async (system) => {
    await insertReads(system, rows.map(({ id, personId, enterpriseId, caseKey }) => ({ id: newId(), personId, employmentId: id, enterpriseId, caseKey, field, reason, office, byPerson })))
    for (const { id } of rows) system.announce('person.read', { kind: 'employment', id }, { field, office, byPerson })
  })
}
export async function unmask(ctx: Ctx, { params, body }: Input<typeof unmaskField>): Promise<Unmasked> {
  requireOwnFirm(ctx, params.id)
  const row = await getEmployment(ctx, params)
  await noteReads(ctx, [row], { field: body.field, reason: body.reason.trim(), office: false })
  return { field: body.field, ...valueOf(openSecrets(ctx, row), body.field) }
}
export async function listReads(ctx: Ctx, { params }: Input<typeof listPersonReads>): Promise<Returns<typeof listPersonReads>> {
  requireOwnFirm(ctx, params.id)
  const row = await getEmployment(ctx, params)
  // What an office looked at is between it and the person: here stand the firm's own.
  const rows = (await selectReads(ctx, row.id)).filter((read) => !read.office)
  const names = await personNames(ctx, [...new Set(rows.map(({ byPerson }) => byPerson))])
  return { items: rows.map(({ field, reason, byPerson, office, at }) => ({ field, reason, by: names.get(byPerson) ?? '–', office, at })) }
}

/** Everything of a person who works in the officer's district; of firms elsewhere only which firm and in which state. Somebody who does not work there is not found. */
export async function personFile(ctx: Ctx, { body }: Input<typeof findPersonFile>): Promise<PersonFile> {
  const idNumber = tidyId(body.idNumber)
  const fault = idFault(body.idType, idNumber, today(ctx))
  if (fault) throw invalid([{ path: '/idNumber', code: fault.code, ...(fault.params ? { params: fault.params } : {}) }])
  const rows = await elevated(ctx, async (system) => {
    const personId = await findPerson(system, blinds(ctx).person(body.idType, idNumber))
    return personId ? selectOfPerson(system, personId, ctx.scope) : []
  })
  const within = rows.filter((row) => row.within)
  if (!within.length) throw problem('not_found')
  await noteReads(ctx, within, { field: 'file', reason: body.reason.trim(), office: true })
  const firms = new Map((await elevated(ctx, (system) => selectFirms(system, rows.map((row) => row.enterpriseId)))).map((firm) => [firm.id, firm.name]))
  return { employments: rows.map((row) => toEmployment(ctx, row, firms.get(row.enterpriseId) ?? '–')) }
}
function toEmployment(ctx: Ctx, row: EmploymentRow & { within: boolean }, enterpriseName: string): PersonFile['employments'][number] {
  const { id, enterpriseId, districtCode, within, state, stateSince } = row
  const shown = within ? { name: row.name, crew: row.crew, dormitory: row.dormitory, shift: row.shift, phoneMasked: maskedOf(openSecrets(ctx, row)).phoneMasked } : { name: null, crew: null, dormitory: null, shift: null, phoneMasked: null }
  return { id, enterpriseId, enterpriseName, districtCode, within, state, stateSince, ...shown }
}
