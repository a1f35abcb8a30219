// Handing over a firm's day: one person signs the sentence that stands on the page, with a hash over every person's line.
import type { Input, Returns } from '@fugong/contract/base'
import type { Handover, handOverDay } from '@fugong/contract/health.days'
import { elevated, type Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'
import { selectFirms } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { minuteOfDay, sentenceOf } from './days.rules.ts'
import { insertHandover, lastHandover, linesOfDay, type HandoverRow } from './handovers.store.ts'
import { askedDay } from './hours.actions.ts'
import { requireOwnFirm } from './policy.ts'
import { standOf } from './stand.actions.ts'

/** Signed again when something came in later; the last one holds, and none is taken away. */
export const handOver = (city: string) => async (ctx: Ctx, { params, body }: Input<typeof handOverDay>): Promise<Returns<typeof handOverDay>> => {
  requireOwnFirm(ctx, params.id)
  const { day, today } = askedDay(ctx, city, body.day)
  return elevated(ctx, async (system) => {
    const { tally, hours } = await standOf(system, params.id, day)
    if (tally.expected !== body.seen.expected || tally.reported !== body.seen.reported) throw problem('health.day_moved', { expected: tally.expected, reported: tally.reported })
    const [firm] = await selectFirms(system, [params.id])
    const before = await lastHandover(system, params.id, day)
    const name = (await personNames(system, [ctx.actor.personId!])).get(ctx.actor.personId!) ?? '–'
    const sentence = sentenceOf({ firm: firm?.name ?? '–', day, tally, name, at: new Date(ctx.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') })
    const row: HandoverRow = {
      ...tally, enterpriseId: params.id, day, no: (before?.no ?? 0) + 1, late: day < today || (hours !== undefined && minuteOfDay(ctx.now) >= hours.closesAt * 60), sentenceZh: sentence.zh, sentenceEn: sentence.en,
      hash: sha256([sentence.zh, ...(await linesOfDay(system, params.id, day))].join('\n')), signedBy: ctx.actor.personId!, signedAt: ctx.now.toISOString(),
    }
    await insertHandover(system, row)
    ctx.announce('health.day_handed_over', { kind: 'enterprise', id: params.id }, { day, no: row.no, expected: row.expected, reported: row.reported, late: row.late, hash: row.hash.toString('hex') })
    return toHandover(system, row)
  })
}
export async function toHandover(system: Ctx, { no, sentenceZh, sentenceEn, hash, late, signedBy, signedAt, expected, reported, mayWork, notYet, missing }: HandoverRow): Promise<Handover> {
  const name = (await personNames(system, [signedBy])).get(signedBy) ?? '–'
  return { no, sentence: { zh: sentenceZh, en: sentenceEn }, hash: hash.toString('hex'), late, signedBy: name, signedAt, expected, reported, mayWork, notYet, missing }
}
