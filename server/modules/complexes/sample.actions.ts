// The fictional complex of a sample city with its tenants.
import type { Scene } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { firmsByCodes } from '../enterprises/index.ts'
import { insertComplex, selectComplexes, upsertTenant, type ComplexRow } from './store.ts'

interface SampleFile { complexes: { operator: string; name: string; scene: Scene; address: string; district: string; street: string; zone: string | null; tenants: { creditCode: string; name: string; shop: string; headcount: number | null }[] }[] }
/** Adds the complexes of `sample-complexes.json` once. Runs as the system. */
export async function seedComplexes(ctx: Ctx, city: string): Promise<void> {
  const { value } = readData<SampleFile>('data', 'cities', city, 'sample-complexes.json')
  if ((await selectComplexes(ctx, {}, 1)).length) return
  const now = ctx.now.toISOString()
  for (const told of value.complexes) {
    const [operator] = await firmsByCodes(ctx, [told.operator])
    if (!operator) continue
    const row: ComplexRow = { id: newId(), revision: 1, operatorId: operator.id, operatorName: operator.name, operatorCode: operator.creditCode, name: told.name, scene: told.scene, address: told.address, districtCode: told.district, streetCode: told.street, zoneCode: told.zone, registeredAt: now, registeredBy: null, sample: true, changedBy: null, changedAt: now }
    await insertComplex(ctx, row)
    for (const tenant of told.tenants) await upsertTenant(ctx, { id: newId(), complexId: row.id, operatorId: row.operatorId, ...tenant, addedAt: now, endedAt: null, districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode })
  }
}
