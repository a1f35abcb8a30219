// How a filed declaration stands: changed with its certificate in one transaction, or following the certificate's own events.
import type { FilingStanding } from '@fugong/contract/declarations'
import type { AnnouncedEvent } from '@fugong/contract/events'
import type { Decision } from '@fugong/contract/rules'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { certificatesOf, supersedeCertificate } from '../certificates/index.ts'
import { notify } from '../notices/index.ts'
import { eventOf, holds, standingOf } from './after.rules.ts'
import { lockByCertificate, lockHolding } from './after.store.ts'
import type { Side } from './rules.ts'
import { insertEntry, updateDeclaration, type DeclarationRecord } from './store.ts'

interface Settled { standing: FilingStanding; side: Side; by: string | null; unitId: string | null; reason: string | null; decision?: Decision | null }
/** Writes down a new standing with its entry in the timeline. The caller holds the row and has moved the certificate, or follows it. */
export async function settle(ctx: Ctx, row: DeclarationRecord, { standing, side, by, unitId, reason, decision = null }: Settled): Promise<DeclarationRecord> {
  const at = ctx.now.toISOString()
  const settled = await updateDeclaration(ctx, row, { standing, standingAt: at, standingReason: reason, standingDecision: decision, changedSide: side, changedBy: by, changedUnitId: unitId, changedAt: at })
  if (!settled) throw problem('conflict.changed', { who: 'Fugong', at })
  await insertEntry(ctx, row, { at, event: eventOf(row.standing ?? 'operating', standing), side, actorId: by, unitId, note: reason })
  ctx.announce('declaration.standing_changed', { kind: 'declaration', id: row.id }, { from: row.standing ?? 'operating', to: standing, certificateId: row.certificateId! })
  return settled
}
/** Brings the standing of a filing in line with its certificate, which offices, orders and days move; repeated it changes nothing. */
export async function followCertificate(system: Ctx, event: AnnouncedEvent): Promise<void> {
  const row = await lockByCertificate(system, event.subject.id)
  const certificate = row && (await certificatesOf(system, [row.id])).get(row.id)
  if (!row || !certificate || row.state !== 'filed') return
  const standing = standingOf(certificate.state)
  if (standing === row.standing) return
  const side: Side = event.actor.kind === 'system' ? 'clock' : event.actor.unitId === null ? 'firm' : 'office'
  await settle(system, row, { standing, side, by: side === 'clock' ? null : event.actor.id, unitId: event.actor.unitId, reason: certificate.reason })
  if (standing === 'expired') await notify(system, { template: 'declaration.expired', to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, params: { firm: row.enterpriseName, workplace: row.workplaceName, day: certificate.since.slice(0, 10) }, link: `/portal/declarations/${row.id}`, about: { kind: 'declaration', id: row.id }, intent: 'expired' })
}

/** The suspended certificate of the workplace, if there is one: it is ended by its own end and not by declaring again. */
export function stoppedBy(ctx: Ctx, row: Pick<DeclarationRecord, 'workplaceId' | 'id'>): Promise<string | undefined> {
  return elevated(ctx, async (system) => (await lockHolding(system, row.workplaceId, row.id)).find(({ standing }) => standing === 'suspended')?.certificateNumber ?? undefined)
}
/** A new filing takes the place of the one before at the same workplace; while that one is suspended there is no new one. */
export async function takePlace(ctx: Ctx, filed: DeclarationRecord): Promise<void> {
  await elevated(ctx, async (system) => {
    for (const former of await lockHolding(system, filed.workplaceId, filed.id)) {
      if (former.standing === 'suspended') throw problem('declarations.stopped', { number: former.certificateNumber ?? '–' })
      if (!holds(former.standing)) continue
      await supersedeCertificate(system, { id: former.certificateId!, by: { id: filed.certificateId!, number: filed.certificateNumber! } })
      await settle(system, former, { standing: 'superseded', side: 'clock', by: null, unitId: null, reason: filed.certificateNumber })
      await notify(system, { template: 'declaration.superseded', to: { enterpriseId: former.enterpriseId, enterpriseName: former.enterpriseName }, params: { firm: former.enterpriseName, workplace: former.workplaceName, number: former.certificateNumber! }, link: `/portal/declarations/${filed.id}`, about: { kind: 'declaration', id: former.id }, intent: 'superseded' })
    }
  })
}
