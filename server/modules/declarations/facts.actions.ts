// What a declaration keeps of the firm and its workplace, as the tables and the form look at it.
import { factsOf as knownFactsOf } from '@fugong/contract/declarations'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { problem } from '../../base/problem.ts'
import { getEnterpriseOf, spansDistricts, type EnterpriseFacts } from '../enterprises/index.ts'
import { WHITE_LIST } from './judge.actions.ts'
import type { DeclarationRecord } from './store.ts'

/** Refuses a firm whose credit code still waits for confirmation, and a workplace that is none. */
export function placeOf(enterprise: EnterpriseFacts) {
  if (enterprise.codeState === 'pending') throw problem('enterprises.code_unconfirmed')
  const { workplace } = enterprise
  if (!workplace) throw problem('enterprises.workplace_unknown')
  return {
    enterpriseName: enterprise.name, nameKey: searchKey(enterprise.name), creditCode: enterprise.creditCode, industryCode: enterprise.industryCode, enterpriseClass: enterprise.class,
    workplaceId: workplace.id, workplaceName: workplace.name, scene: workplace.scene, address: workplace.address, districtCode: workplace.districtCode, streetCode: workplace.streetCode, zoneCode: workplace.zoneCode,
    departmentKey: enterprise.department ? `${workplace.districtCode}/${enterprise.department}` : null,
  }
}
/** The same with what only a submission asks for. */
export async function factsOf(ctx: Ctx, enterprise: EnterpriseFacts) {
  return { ...placeOf(enterprise), enterpriseKind: enterprise.kind, enterpriseSize: enterprise.size, whiteList: enterprise.flags.includes(WHITE_LIST), acrossDistricts: await spansDistricts(ctx, enterprise.id) }
}

/** Whether the workplace that was declared is still one of the firm's open ones. */
export async function isOpenPlace(ctx: Ctx, row: Pick<DeclarationRecord, 'enterpriseId' | 'workplaceId'>): Promise<boolean> {
  return (await elevated(ctx, (system) => getEnterpriseOf(system, row.enterpriseId, row.workplaceId))).workplace !== null
}
/** Whoever files it must find it open: a certificate names a place, and the firm goes on at another one. */
export async function requireOpenPlace(ctx: Ctx, row: Pick<DeclarationRecord, 'enterpriseId' | 'workplaceId'>): Promise<void> {
  if (!(await isOpenPlace(ctx, row))) throw problem('declarations.place_closed')
}

type Facts = Pick<DeclarationRecord, 'enterpriseName' | 'creditCode' | 'industryCode' | 'enterpriseClass' | 'headcount' | 'plannedDate' | 'workplaceName' | 'scene' | 'districtCode' | 'streetCode' | 'address'>
/** What the form's conditions may look at beside the answers. */
export function knownFor(ctx: Ctx, row: Facts) {
  return { facts: knownFactsOf({ ...row, workplace: { ...row, name: row.workplaceName } }), today: shanghaiDay(ctx.now) }
}
