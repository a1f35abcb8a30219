// Reading cases: one of them, lists with counts, and colleagues.
import type { Input, Returns } from '@fugong/contract/base'
import type { Case, CaseRow, countCases, getCase, listCases } from '@fugong/contract/cases'
import type { listColleagues } from '@fugong/contract/cases.deeds'
import type { Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { peopleOfUnit, personNames, unitNames } from '../identity/index.ts'
import { personIn, plainSubject, toCase, unitIn } from './answer.actions.ts'
import { kindOf, knownKinds, resultName } from './kinds.actions.ts'
import { countBox, countTodo, selectPage, type Filter, type ListedCase } from './lists.store.ts'
import { isOwnMatter, unitsOf } from './policy.ts'
import { officeDeeds, standingOf, stateOf, whenDue } from './rules.ts'
import { countOpenOf, selectPresses } from './talk.store.ts'
import { getCaseRow, selectParts } from './store.ts'

export async function get(ctx: Ctx, { params }: Input<typeof getCase>): Promise<Case> {
  return toCase(ctx, await getCaseRow(ctx, params.id))
}
export async function list(ctx: Ctx, { query }: Input<typeof listCases>): Promise<Returns<typeof listCases>> {
  const box = query.box ?? 'todo'
  const limit = query.limit ?? PAGE_SIZE
  const order = box === 'done' ? 'ended' : box === 'opened' ? 'opened' : 'due'
  const after = readMark(order, query.cursor)
  const q = query.q && searchKey(query.q)
  const filter: Filter = { units: query.unit ? [query.unit] : box === 'late' ? [] : unitsOf(ctx), kind: query.kind, district: query.district, standing: query.standing, person: query.person, search: q || undefined }
  await planByValue(ctx)
  const [rows, counted] = await Promise.all([selectPage(ctx, box, filter, limit, after), countBox(ctx, box, filter)])
  const page = cutPage(rows, limit, order, (row) => ({ moment: order === 'due' ? row.dueAt : order === 'ended' ? row.part!.endedAt! : row.openedAt, id: box === 'opened' ? row.id : row.part!.id }))
  return { items: await toRows(ctx, page.items), next: page.next, ...totalOf(counted) }
}
/** Rows as the contract has them: each room describes its own records, all of a page at once. */
async function toRows(ctx: Ctx, rows: readonly ListedCase[]): Promise<CaseRow[]> {
  const kinds = [...new Set(rows.map((row) => row.kind))].map(kindOf)
  const [described, people, units, presses] = await Promise.all([
    Promise.all(kinds.map(async (kind) => [kind.code, await kind.describe(ctx, rows.filter((row) => row.kind === kind.code).map((row) => row.subjectId))] as const)),
    personNames(ctx, [...new Set(rows.flatMap((row) => row.part?.personId ?? []))]), unitNames(ctx, [...new Set(rows.flatMap((row) => row.part?.unitId ?? []))]), selectPresses(ctx, rows.map((row) => row.id)),
  ])
  const subjects = new Map(described)
  const names = { people, units }
  const now = ctx.now.toISOString()
  return rows.map((row) => {
    const kind = kindOf(row.kind)
    const { part, title: _t, soonAt: _s, enterpriseId: _e, ...rest } = row
    return {
      ...rest, kindName: kind.name, stateName: stateOf(kind, row.state).name, pausedFor: row.pausedFor === null ? null : (kind.pauses[row.pausedFor] ?? null), dueAt: whenDue(row.dueAt), subject: subjects.get(row.kind)!.get(row.subjectId) ?? plainSubject(row), standing: standingOf(row, now), presses: part ? (presses.get(part.id) ?? 0) : 0,
      part: part && { id: part.id, revision: part.revision, unit: unitIn(names, part.unitId), person: personIn(names, part.personId), role: part.role, state: part.state, result: resultName(kind, part.result), endedAt: part.endedAt },
      bulk: bulkDeeds(ctx, row),
    }
  })
}
/** Deeds of the kind that the caller may do on many at once, this one among them. */
export function bulkDeeds(ctx: Ctx, row: ListedCase): string[] {
  const { part } = row
  const kind = kindOf(row.kind)
  if (!part || part.state !== 'open' || row.endedAt !== null || isOwnMatter(ctx, row) || !unitsOf(ctx).includes(part.unitId) || (part.personId !== null && part.personId !== ctx.actor.personId) || !ctx.may(kind.verb ?? 'case.work')) return []
  return officeDeeds(kind, row.state, part.role === 'lead').filter((code) => kind.deeds[code]!.bulk)
}

export async function count(ctx: Ctx): Promise<Returns<typeof countCases>> {
  await planByValue(ctx)
  const filter: Filter = { units: unitsOf(ctx) }
  const [todo, done, opened, late] = await Promise.all([countTodo(ctx, filter.units), countBox(ctx, 'done', filter), countBox(ctx, 'opened', filter), ctx.may('case.press') ? countBox(ctx, 'late', { units: [] }) : 0])
  const sum = (name: 'todo' | 'mine' | 'untaken' | 'overdue') => todo.reduce((total, row) => total + row[name], 0)
  return { todo: sum('todo'), mine: sum('mine'), untaken: sum('untaken'), overdue: sum('overdue'), done, opened, late, kinds: Object.fromEntries(knownKinds().map(({ code }) => [code, todo.find((row) => row.kind === code)?.todo ?? 0])) }
}

export async function colleagues(ctx: Ctx, { query }: Input<typeof listColleagues>): Promise<Returns<typeof listColleagues>> {
  const units = query.case ? [...new Set((await selectParts(ctx, (await getCaseRow(ctx, query.case)).id)).map((part) => part.unitId))] : unitsOf(ctx)
  const [people, names] = await Promise.all([Promise.all(units.map(async (unitId) => (await peopleOfUnit(ctx, unitId)).map(({ personId, name }) => ({ id: personId, name, unitId })))), unitNames(ctx, units)])
  const open = await countOpenOf(ctx, units)
  return { units: units.map((id) => unitIn({ people: new Map(), units: names }, id)), items: people.flat().map((person) => ({ ...person, open: open.get(`${person.unitId} ${person.id}`) ?? 0 })) }
}
