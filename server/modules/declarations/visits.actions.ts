// How the site is seen: an appointment that the office makes, or a film that the firm sends in where the table allows it.
import type { Input } from '@fugong/contract/base'
import type { Declaration } from '@fugong/contract/declarations'
import type { sendFilm, setVisit } from '@fugong/contract/declarations.review'
import type { Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { tellCase } from '../cases/index.ts'
import { attachFiles } from '../files/index.ts'
import { toDeclaration } from './answer.actions.ts'
import { openReviewOf } from './case.actions.ts'
import { tellVisit } from './notices.actions.ts'
import { change, loadFor, loadForOffice, tell } from './shared.actions.ts'
import { scopeOf } from './store.ts'

/** Made and moved as often as needed; the firm reads when and who. */
export async function appoint(ctx: Ctx, { params, body }: Input<typeof setVisit>): Promise<Declaration> {
  const { row } = await loadForOffice(ctx, 'appoint', params.id, body.revision)
  const at = new Date(body.at)
  if (at <= ctx.now) throw invalid([{ path: '/at', code: 'issue.past_day' }])
  const set = await change(ctx, row, 'office', { visitAt: at.toISOString(), visitWho: body.who.trim(), visitBy: ctx.actor.personId, visitUnitId: ctx.unit?.unitId ?? null, visitSetAt: ctx.now.toISOString() })
  await tellCase(ctx, (await openReviewOf(ctx, row)).id, 'visitSet', { params: { at: at.toISOString() } })
  await tell(ctx, set, 'office', 'declaration.visit_set', { at: at.toISOString() })
  await tellVisit(ctx, set)
  return toDeclaration(ctx, set)
}
export async function takeFilm(ctx: Ctx, { params, body }: Input<typeof sendFilm>): Promise<Declaration> {
  const row = await loadFor(ctx, 'film', params.id, body.revision)
  if (row.evidence !== 'siteOrVideo') throw problem('declarations.film_refused')
  await attachFiles(ctx, body.fileIds, { kind: 'declaration', id: row.id, ...scopeOf(row) }, '/fileIds')
  const sent = await change(ctx, row, 'firm', { filmIds: [...new Set(body.fileIds)], filmAt: ctx.now.toISOString() })
  await tellCase(ctx, (await openReviewOf(ctx, row)).id, 'filmSent', { params: { files: sent.filmIds.length }, side: 'firm' })
  await tell(ctx, sent, 'firm', 'declaration.film_sent', { files: sent.filmIds.length })
  return toDeclaration(ctx, sent)
}
