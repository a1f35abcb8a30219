// The sample city's emergency: the epidemic of 2020 in its first two stages.
import type { Ctx } from '../../base/context.ts'
import { open } from './actions.ts'
import { findNewestPack } from './packs.store.ts'
import { hasSample, insertStage } from './store.ts'

const PACK = 'epidemic-2020'
const BEGUN = '2020-02-10T00:00:00+08:00'
/** Guiyang's notice on resuming work, which took effect with 10 February 2020. */
const DOCUMENT = '筑府办发电〔2020〕5号'

/** Begins the sample emergency once; needs its pack, which is loaded before. */
export async function seedEmergency(ctx: Ctx, city: string): Promise<void> {
  if (await hasSample(ctx, PACK)) return
  const pack = await findNewestPack(ctx, PACK)
  // A faulty pack must not keep the city from starting: its faults are on the page of packs.
  if (!pack) return ctx.log.warn({ pack: PACK }, 'sample emergency not begun: its pack was not imported')
  const row = await open(ctx, pack, { name: pack.body.name, areaCode: city, documentNo: DOCUMENT, begunAt: BEGUN, sample: true })
  for (const [position, stage] of pack.body.stages.slice(0, 2).entries()) {
    await insertStage(ctx, { emergencyId: row.id, position, code: stage.code, enteredAt: new Date(BEGUN).toISOString(), enteredBy: null, note: null })
    ctx.announce('emergency.staged', { kind: 'emergency', id: row.id }, { stage: stage.code })
  }
}
