// Reading complexes: those one operates, those of one's areas, one with its filing, its tenants.
import type { Input, Returns } from '@fugong/contract/base'
import type { Complex, getComplex, listComplexes, listMyComplexes, listTenants } from '@fugong/contract/complexes'
import type { Ctx } from '../../base/context.ts'
import { cutPage, PAGE_SIZE, readMark, totalOf } from '../../base/paging.ts'
import { tenantsOf, toComplex, toRows } from './shared.actions.ts'
import { countComplexes, getComplexRow, selectComplexes, selectFilings } from './store.ts'

export async function listMine(ctx: Ctx): Promise<Returns<typeof listMyComplexes>> {
  return { items: await toRows(ctx, await selectComplexes(ctx, { operators: ctx.scope.enterprises }, 200)) }
}
export async function list(ctx: Ctx, { query }: Input<typeof listComplexes>): Promise<Returns<typeof listComplexes>> {
  const limit = query.limit ?? PAGE_SIZE
  const filter = { district: query.district, q: query.q }
  const page = cutPage(await selectComplexes(ctx, filter, limit + 1, readMark('complexes', query.cursor)), limit, 'complexes', (row) => ({ moment: row.registeredAt, id: row.id }))
  return { items: await toRows(ctx, page.items), next: page.next, ...totalOf(await countComplexes(ctx, filter)) }
}
export async function get(ctx: Ctx, { params }: Input<typeof getComplex>): Promise<Complex> {
  return toComplex(ctx, await getComplexRow(ctx, params.id))
}
/** By shop; a complex holds some hundred, which are read as a whole and cut into pages here. */
export async function listTenantsOf(ctx: Ctx, { params, query }: Input<typeof listTenants>): Promise<Returns<typeof listTenants>> {
  const row = await getComplexRow(ctx, params.id)
  const limit = query.limit ?? PAGE_SIZE
  const q = query.q?.trim().toLowerCase()
  const all = ((await tenantsOf(ctx, [row], await selectFilings(ctx, [row.id]))).get(row.id) ?? [])
    .filter((tenant) => (!query.state || tenant.state === query.state) && (!q || [tenant.name, tenant.shop, tenant.creditCode].some((text) => text.toLowerCase().includes(q))))
  const mark = readMark('tenants', query.cursor)
  const from = mark ? all.findIndex((tenant) => tenant.id === mark.id) + 1 : 0
  const page = cutPage(all.slice(from, from + limit + 1), limit, 'tenants', (tenant) => ({ moment: row.registeredAt, id: tenant.id }))
  return { ...page, ...totalOf(all.length) }
}
