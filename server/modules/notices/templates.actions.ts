// Templates of notices: loaded from the product's file, listed, changed by a proposal that a second administrator confirms.
import { Value } from 'typebox/value'
import type { Input, Returns } from '@fugong/contract/base'
import { TemplateBody, templateCodes, templateIssues, type decideTemplate, type listTemplates, type proposeTemplate, type Template, type TemplateCode, type templateHistory } from '@fugong/contract/notices.templates'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import type { TemplateRow } from './notify.store.ts'
import { decideRow, findTemplate, insertTemplate, lastShipped, lastVersion, selectHistory, selectTemplates } from './templates.store.ts'

interface TemplatesFile { items: (TemplateBody & { code: TemplateCode; effectiveFrom: string })[] }
/** Faults of the file, all of them, with the entry each stands in. */
export function fileFaults({ items }: TemplatesFile): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const { code, effectiveFrom, ...body } of items) {
    if (!templateCodes.includes(code)) { faults.push(`${code}: no room sends it`); continue }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(effectiveFrom)) faults.push(`${code}: effectiveFrom must be a day`)
    if (seen.has(`${code} ${effectiveFrom}`)) faults.push(`${code}: stands twice for ${effectiveFrom}`)
    seen.add(`${code} ${effectiveFrom}`)
    const wrong = [...Value.Errors(TemplateBody, body)].map((error) => `${error.instancePath || '/'} ${error.message}`)
    for (const fault of wrong.length ? wrong : templateIssues(code, body).map((issue) => `${issue.path} ${issue.code} ${JSON.stringify(issue.params ?? {})}`)) faults.push(`${code}: ${fault}`)
  }
  for (const code of templateCodes) if (!items.some((item) => item.code === code)) faults.push(`${code}: has no text`)
  return faults
}
/** Puts the product's texts in place; a text that the file changed becomes a further version, what administrators made stays. */
export async function loadTemplates(ctx: Ctx): Promise<void> {
  const { value, hash } = readData<TemplatesFile>('data', 'china', 'notice-templates.json')
  await loadOnce(ctx, 'notice-templates', hash, async () => {
    const faults = fileFaults(value)
    if (faults.length) throw new Error(`notice-templates.json has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    for (const { code, effectiveFrom, ...body } of value.items) {
      const before = await lastShipped(ctx, code, effectiveFrom)
      if (before && JSON.stringify(bodyOf(before)) === JSON.stringify(bodyOf(rowOf(ctx, code, body)))) continue
      await insertTemplate(ctx, { ...rowOf(ctx, code, body), version: (await lastVersion(ctx, code)) + 1, effectiveFrom, state: 'confirmed' })
    }
  })
}

export async function listTemplatesOf(ctx: Ctx): Promise<Returns<typeof listTemplates>> {
  return { items: await toTemplates(ctx, await selectTemplates(ctx, shanghaiDay(ctx.now))) }
}
export async function templateHistoryOf(ctx: Ctx, { params }: Input<typeof templateHistory>): Promise<Returns<typeof templateHistory>> {
  return { items: await toTemplates(ctx, await selectHistory(ctx, params.code)) }
}
export async function proposeTemplateOf(ctx: Ctx, { body }: Input<typeof proposeTemplate>): Promise<Template> {
  const { code, areaCode, from, basedOn, ...texts } = body
  const issues = []
  if (areaCode !== null && !(await findArea(ctx, areaCode))) issues.push({ path: '/areaCode', code: 'issue.area_unknown' })
  if (from < shanghaiDay(ctx.now)) issues.push({ path: '/from', code: 'issue.past_day' })
  if (issues.length) throw invalid(issues)
  const version = await lastVersion(ctx, code, true)
  if (version !== basedOn) throw problem('notices.template_changed', { version })
  const history = await selectHistory(ctx, code)
  if (history.some((row) => row.state === 'proposed')) throw problem('notices.template_waiting')
  const row: TemplateRow = { ...rowOf(ctx, code, texts), version: version + 1, areaCode: areaCode ?? '', effectiveFrom: from, proposedBy: ctx.actor.personId }
  await insertTemplate(ctx, row)
  ctx.announce('notice.template_proposed', { kind: 'notice_template', id: row.id }, { code, version: row.version })
  return (await toTemplates(ctx, [row]))[0]!
}
export async function decideTemplateOf(ctx: Ctx, { params, body }: Input<typeof decideTemplate>): Promise<Template> {
  const row = await findTemplate(ctx, params.id)
  if (!row) throw problem('not_found')
  if (row.state !== 'proposed') throw problem('notices.template_decided')
  // Whoever proposed may take it back, not confirm it.
  if (row.proposedBy === ctx.actor.personId && body.confirm) throw problem('notices.template_own')
  const reason = body.reason.trim()
  if (!body.confirm && row.proposedBy !== ctx.actor.personId && reason === '') throw invalid([{ path: '/reason', code: 'issue.required' }])
  const state = body.confirm ? 'confirmed' : 'rejected'
  const decidedBy = row.proposedBy === ctx.actor.personId ? null : ctx.actor.personId
  await decideRow(ctx, row.id, state, decidedBy, reason || null)
  ctx.announce(body.confirm ? 'notice.template_confirmed' : 'notice.template_rejected', { kind: 'notice_template', id: row.id }, { code: row.code, version: row.version })
  return (await toTemplates(ctx, [{ ...row, state, decidedBy, reason: reason || null }]))[0]!
}

const rowOf = (ctx: Ctx, code: TemplateCode, { title, text, sms, robot, smsMode, urgent, robots }: TemplateBody): TemplateRow => ({
  id: newId(), code, version: 1, areaCode: '', effectiveFrom: '2020-01-01', titleZh: title.zh, titleEn: title.en, textZh: text.zh, textEn: text.en, smsZh: sms?.zh ?? null, smsEn: sms?.en ?? null, robotZh: robot?.zh ?? null, robotEn: robot?.en ?? null,
  smsMode, urgent, robots, state: 'proposed', proposedBy: null, proposedAt: ctx.now.toISOString(), decidedBy: null, decidedAt: null, reason: null,
})
const bodyOf = (row: TemplateRow): TemplateBody => ({
  title: { zh: row.titleZh, en: row.titleEn }, text: { zh: row.textZh, en: row.textEn }, sms: row.smsZh === null ? null : { zh: row.smsZh, en: row.smsEn ?? row.smsZh },
  robot: row.robotZh === null ? null : { zh: row.robotZh, en: row.robotEn ?? row.robotZh }, smsMode: row.smsMode, urgent: row.urgent, robots: row.robots,
})
async function toTemplates(ctx: Ctx, rows: readonly TemplateRow[]): Promise<Template[]> {
  const today = shanghaiDay(ctx.now)
  const people = await elevated(ctx, (system) => personNames(system, [...new Set(rows.flatMap((row) => [row.proposedBy ?? [], row.decidedBy ?? []].flat()))]))
  // Of one area the latest that has begun holds; rows come newest first within an area.
  const holding = new Map<string, string>()
  for (const row of [...rows].sort((a, b) => (a.effectiveFrom === b.effectiveFrom ? b.version - a.version : a.effectiveFrom < b.effectiveFrom ? 1 : -1))) {
    const key = `${row.code} ${row.areaCode}`
    if (row.state === 'confirmed' && row.effectiveFrom <= today && !holding.has(key)) holding.set(key, row.id)
  }
  return rows.map((row) => ({
    id: row.id, code: row.code, version: row.version, areaCode: row.areaCode || null, from: row.effectiveFrom, state: row.state, inForce: holding.get(`${row.code} ${row.areaCode}`) === row.id, ...bodyOf(row),
    proposedBy: row.proposedBy ? (people.get(row.proposedBy) ?? '') : null, proposedAt: row.proposedAt, decidedBy: row.decidedBy ? (people.get(row.decidedBy) ?? '') : null, reason: row.reason,
    can: row.state !== 'proposed' ? [] : row.proposedBy === ctx.actor.personId ? ['withdraw'] : ['decide'],
  }))
}
