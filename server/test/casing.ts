// A small kind of cases for tests: a report on a street lamp, with review, supplement, outcome, silence and a room that decides in bulk.
import { moveCase, openCase, type CaseKind, type CaseStanding, type NewCase } from '../modules/cases/index.ts'
import type { Ctx } from '../base/context.ts'
import { newId } from '../base/ids.ts'
import type { City } from './harness.ts'

/** What the room was asked and did, in order; and what it says that silence means. */
export interface Lamps { kind: CaseKind; silence: 'accepted' | 'escalate'; breached: string[] }
const text = (zh: string, en: string) => ({ zh, en })

export function lampKind(code = 'lamp'): Lamps {
  const lamps: Lamps = { silence: 'escalate', breached: [], kind: undefined as never }
  lamps.kind = {
    code, name: text('路灯报修', 'Street lamp'), opens: 'underReview', stepEnds: 'all', responds: 'take', verb: 'case.work',
    states: {
      underReview: { name: text('办理中', 'Under review'), waitingFor: 'office' },
      returned: { name: text('待补正', 'Returned'), waitingFor: 'firm', pausedFor: 'supplement' },
      checked: { name: text('已核查', 'Checked'), waitingFor: 'office' },
      settled: { name: text('已办结', 'Settled'), waitingFor: 'none' },
      refused: { name: text('不予办理', 'Refused'), waitingFor: 'none' },
      withdrawn: { name: text('已撤回', 'Withdrawn'), waitingFor: 'none' },
    },
    deeds: {
      giveBack: { name: text('退回补正', 'Return'), from: ['underReview'], to: 'returned', who: 'unit', needs: ['reason'] },
      supplement: { name: text('补正', 'Supplement'), from: ['returned'], to: 'underReview', who: 'firm' },
      check: { name: text('核查', 'Check'), from: ['underReview'], to: 'checked', who: 'unit', needs: ['note'], endsPart: true },
      decide: { name: text('办结', 'Decide'), from: ['underReview', 'checked'], to: { good: 'settled', bad: 'refused' }, who: 'lead', needs: ['outcome', 'reason'], outcomes: { good: text('已修复', 'Mended'), bad: text('不修', 'Not mended') }, bulk: true },
      accept: { name: text('逾期默认', 'Accepted by silence'), from: ['underReview'], to: 'settled', who: 'clock' },
      withdraw: { name: text('撤回', 'Withdraw'), from: ['underReview', 'returned'], to: 'withdrawn', who: 'firm' },
      film: { name: text('附影像', 'With a film'), from: ['checked'], to: 'settled', who: 'unit', needs: ['evidence', 'note'] },
      recall: { name: text('收回', 'Recall'), from: ['underReview'], to: 'withdrawn', who: 'issuer', needs: ['reason'] },
    },
    pauses: { supplement: text('等待企业补正', 'Waiting for the firm to supplement'), weather: text('天气原因', 'Weather') },
    events: { photographed: text('拍摄 {count} 张照片', '{count} photographs taken') },
    results: { seen: text('已查看', 'Seen') },
    describe: async (_ctx, ids) => new Map(ids.map((id) => [id, { title: `路灯 ${id.slice(-4)}`, subtitle: null, link: `/console/lamps/${id}`, facts: [{ name: text('盏数', 'Lamps'), value: text('2 盏', '2') }] }])),
    decide: async (ctx, standing, deed, given) => { await moveCase(ctx, standing.id, deed, given) },
    onBreach: async (ctx, standing, clock) => {
      lamps.breached.push(`${standing.id} ${clock}`)
      if (lamps.silence === 'accepted') await moveCase(ctx, standing.id, 'accept')
      return lamps.silence
    },
  }
  return lamps
}
/** Ids of units by their code in the city's file. */
export async function unitIds(city: City): Promise<Record<string, string>> {
  const rows = await city.system((ctx) => ctx.db.selectFrom('identity.units').select(['code', 'id']).execute() as Promise<{ code: string; id: string }[]>)
  return Object.fromEntries(rows.map((row) => [row.code, row.id]))
}
export const inNanming = { enterpriseId: null, districtCode: '520102', streetCode: '520102001', zoneCode: null, departmentKey: '520102/industry' }
/** Opens a case of the lamp kind as a clock or a table would. */
export function openLamp(city: City, wish: Partial<NewCase> & Pick<NewCase, 'steps'>): Promise<CaseStanding> {
  return city.system((ctx) => openLampIn(ctx, wish))
}
export function openLampIn(ctx: Ctx, wish: Partial<NewCase> & Pick<NewCase, 'steps'>): Promise<CaseStanding> {
  const subjectId = wish.subjectId ?? newId()
  return openCase(ctx, { kind: 'lamp', subjectId, title: `路灯 ${subjectId.slice(-4)} 中华南路`, ...inNanming, emergencyId: null, sample: false, clocks: [{ clock: 'respond', workingHours: 8 }, { clock: 'resolve', workingHours: 24 }], openedBy: null, ...wish })
}
