// Use cases of areas: list, add a community, load the city's reference file, expand an area to the codes rows carry.
import type { Area, addCommunity, listAreas } from '@fugong/contract/areas'
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import { unitCovering } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { problem } from '../../base/problem.ts'
import { covering, mayAddCommunity, verbs } from './policy.ts'
import { findArea, getArea, insertArea, insertMissing, selectAreas, selectDistrictsAndZones, upsertAreas, type AreaRow } from './store.ts'

export async function listAreasOf(ctx: Ctx, { query }: Input<typeof listAreas>): Promise<Returns<typeof listAreas>> {
  const adds = query.parent?.length === 9 && ctx.may('area.add_community') && mayAddCommunity(ctx, query.parent)
  return { items: (await selectAreas(ctx, query.parent)).map(toArea), can: adds ? ['addCommunity'] : [] }
}

export async function addCommunityTo(ctx: Ctx, { body }: Input<typeof addCommunity>): Promise<Area> {
  const street = await getArea(ctx, body.street)
  if (street.kind !== 'street' || !body.code.startsWith(street.code)) throw problem('areas.not_a_street')
  if (!mayAddCommunity(ctx, street.code)) throw problem('not_found')
  ctx.unit = unitCovering(ctx.actor, 'area.add_community', verbs, covering(street.code))
  if (await findArea(ctx, body.code)) throw problem('areas.code_taken', { code: body.code })
  const row: AreaRow = { code: body.code, kind: 'community', parent: street.code, hosts: [], nameZh: body.name.zh, nameEn: body.name.en, sample: false }
  await insertArea(ctx, row)
  ctx.announce('area.community_added', { kind: 'area', id: row.code }, { code: row.code, street: street.code })
  return toArea(row)
}

/** Codes that rows below an area carry: a city opens into its districts and zones, any other area is itself. */
export async function expandArea(ctx: Ctx, code: string): Promise<string[]> {
  const area = await findArea(ctx, code)
  if (!area) return []
  return area.kind === 'province' || area.kind === 'city' ? selectDistrictsAndZones(ctx) : [area.code]
}

interface AreasFile { items: { code: string; kind: AreaRow['kind']; parent: string | null; host?: string[]; zh: string; en: string }[] }
/** Loads the areas of a city from its data folder; runs at boot and does nothing when the file is unchanged. */
export async function loadAreas(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<AreasFile>('data', 'cities', city, 'areas.json')
  await loadOnce(ctx, `areas/${city}`, hash, async () => {
    // Parents first, so that each reference finds its row.
    const order = ['province', 'city', 'district', 'devZone', 'street', 'community']
    const rows = value.items.map((item): AreaRow => ({ code: item.code, kind: item.kind, parent: item.parent ?? null, hosts: item.host ?? [], nameZh: item.zh, nameEn: item.en, sample: false }))
    await upsertAreas(ctx, rows.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)))
  })
}
interface SampleFile { communities: { code: string; parent: string; name: Bilingual }[] }
/** Adds the communities of `data/cities/<city>/sample.json` that are not there yet; one that a street has made stays as it is. */
export async function seedCommunities(ctx: Ctx, city: string): Promise<void> {
  const { communities } = readData<SampleFile>('data', 'cities', city, 'sample.json').value
  await insertMissing(ctx, communities.map(({ code, parent, name }): AreaRow => ({ code, kind: 'community', parent, hosts: [], nameZh: name.zh, nameEn: name.en, sample: true })))
}

function toArea(row: AreaRow): Area {
  return { code: row.code, kind: row.kind, name: { zh: row.nameZh, en: row.nameEn }, parent: row.parent, hosts: row.hosts, sample: row.sample }
}
