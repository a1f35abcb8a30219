// Seals of units: a picture is proposed by one administrator, confirmed by another, and holds from its day on; earlier versions stay.
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import type { decideSeal, listSeals, Seal, sealPicture, uploadSeal } from '@fugong/contract/certificates.print'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import type { FileAnswer, ReceivedFile } from '../../base/routes.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { decideProposed, findSeal, insertSeal, selectSeals, type ShownSeal } from './seals.store.ts'

/** Pixels of a side: sharp on paper at 40 mm. */
const SIDE = 700
const MOST_PIXELS = 20_000_000

/** Only what was drawn anew is kept: a picture that is none, or hides something, ends here. */
async function drawnAnew(file: ReceivedFile): Promise<Buffer> {
  if (file.size === 0) throw problem('files.empty')
  // Loaded when first needed: most processes never see a picture.
  const { default: sharp } = await import('sharp')
  try {
    const picture = sharp(file.path, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false })
    const { format } = await picture.metadata()
    if (format !== 'png' && format !== 'jpeg') throw problem('files.type_refused')
    return await picture.timeout({ seconds: 10 }).resize({ width: SIDE, height: SIDE, fit: 'inside' }).png({ compressionLevel: 9, palette: true }).toBuffer()
  } catch {
    throw problem('files.type_refused')
  }
}
export async function propose(ctx: Ctx, { query, body }: Input<typeof uploadSeal>): Promise<Seal> {
  if (!(await unitNames(ctx, [query.unit])).has(query.unit)) throw problem('not_found')
  if (query.from < shanghaiDay(ctx.now)) throw problem('certificates.seal_backdated')
  const row = { id: newId(), unitId: query.unit, effectiveFrom: query.from, picture: await drawnAnew(body as unknown as ReceivedFile), state: 'proposed' as const, proposedBy: ctx.actor.personId!, proposedAt: ctx.now.toISOString(), decidedBy: null, decidedAt: null, reason: null }
  await insertSeal(ctx, row)
  ctx.announce('certificate.seal_proposed', { kind: 'seal', id: row.id }, { unitId: row.unitId, effectiveFrom: row.effectiveFrom })
  return (await shown(ctx, [row]))[0]!
}
export async function decide(ctx: Ctx, { params, body }: Input<typeof decideSeal>): Promise<Seal> {
  const row = await findSeal(ctx, params.id)
  if (!row) throw problem('not_found')
  if (row.state !== 'proposed') throw problem('certificates.seal_decided')
  if (row.proposedBy === ctx.actor.personId) throw problem('certificates.seal_second_person')
  // What was printed meanwhile bore the seal before; it is not given another one afterwards.
  if (body.confirm && row.effectiveFrom < shanghaiDay(ctx.now)) throw problem('certificates.seal_backdated')
  const decided = await decideProposed(ctx, row.id, { state: body.confirm ? 'confirmed' : 'refused', decidedBy: ctx.actor.personId, decidedAt: ctx.now.toISOString(), reason: body.reason })
  if (!decided) throw problem('certificates.seal_decided')
  ctx.announce('certificate.seal_decided', { kind: 'seal', id: row.id }, { unitId: row.unitId, confirmed: body.confirm, reason: body.reason })
  return (await shown(ctx, [decided]))[0]!
}
export async function list(ctx: Ctx): Promise<Returns<typeof listSeals>> {
  return { items: await shown(ctx, await selectSeals(ctx)) }
}
export async function picture(ctx: Ctx, { params }: Input<typeof sealPicture>): Promise<FileAnswer> {
  const row = await findSeal(ctx, params.id)
  if (!row) throw problem('not_found')
  return { name: 'seal.png', type: 'image/png', inline: true, size: row.picture.length, bytes: (async function* () { yield row.picture })() }
}
async function shown(ctx: Ctx, rows: readonly ShownSeal[]): Promise<Seal[]> {
  const people = await personNames(ctx, [...new Set(rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, ...(decidedBy ? [decidedBy] : [])]))])
  const units: Map<string, Bilingual> = await unitNames(ctx, [...new Set(rows.map(({ unitId }) => unitId))])
  const today = shanghaiDay(ctx.now)
  const latest = new Map<string, ShownSeal>()
  for (const row of rows) {
    const before = latest.get(row.unitId)
    const newer = !before || row.effectiveFrom > before.effectiveFrom || (row.effectiveFrom === before.effectiveFrom && row.decidedAt! > before.decidedAt!)
    if (row.state === 'confirmed' && row.effectiveFrom <= today && newer) latest.set(row.unitId, row)
  }
  return rows.map((row) => ({
    id: row.id, unitId: row.unitId, unit: units.get(row.unitId) ?? { zh: row.unitId, en: row.unitId }, effectiveFrom: row.effectiveFrom, state: row.state, proposedBy: people.get(row.proposedBy) ?? '–', proposedAt: row.proposedAt,
    decidedBy: (row.decidedBy && people.get(row.decidedBy)) || null, decidedAt: row.decidedAt, reason: row.reason, inForce: latest.get(row.unitId)?.id === row.id, can: row.state === 'proposed' && row.proposedBy !== ctx.actor.personId ? ['decide'] : [],
  }))
}
