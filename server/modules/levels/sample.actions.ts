// The real history of risk levels that a city's data folder brings.
import type { Bilingual } from '@fugong/contract/base'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { insertMissing, type NewRecord } from './store.ts'

interface LevelsFile { items: { code: string; level: RiskLevel; effectiveFrom: string; documentNo: string; reason: Bilingual; source: Bilingual }[] }

/** Loads `data/cities/<city>/levels.json` as sample records; what is already there stays as it is. */
export async function seedLevels(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<LevelsFile>('data', 'cities', city, 'levels.json')
  await loadOnce(ctx, `levels/${city}`, hash, () => insertMissing(ctx, value.items.map((item): NewRecord => ({
    id: newId(), areaCode: item.code, level: item.level, effectiveFrom: new Date(item.effectiveFrom), documentNo: item.documentNo, reason: item.reason.zh,
    emergencyId: null, setBy: null, setByName: item.source.zh, setByUnit: item.source.zh, setByUnitEn: item.source.en, setAt: ctx.now, sample: true,
  }))))
}
