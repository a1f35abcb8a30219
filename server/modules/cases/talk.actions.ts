// What people say about a case: comments that mention colleagues, and pressing a unit that is late.
import type { Input } from '@fugong/contract/base'
import type { Case } from '@fugong/contract/cases'
import type { commentCase, pressCase } from '@fugong/contract/cases.deeds'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { attachFiles } from '../files/index.ts'
import { peopleOfUnit } from '../identity/index.ts'
import { toCase } from './answer.actions.ts'
import { tellMentioned, tellPressed } from './notices.actions.ts'
import { isOwnMatter, unitsOf } from './policy.ts'
import { tell } from './shared.actions.ts'
import { getCaseRow, lockCaseRow, scopeOf, selectParts, type CaseRecord } from './store.ts'
import { insertComment, insertPress, lastPress } from './talk.store.ts'

/** Two presses of one part within this time are one. */
const PRESS_AGAIN_MS = 10 * 60_000

export async function comment(ctx: Ctx, { params, body }: Input<typeof commentCase>): Promise<Case> {
  const row = await getCaseRow(ctx, params.id)
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  const parts = await selectParts(ctx, row.id)
  const mentioned = body.mentioned ?? []
  const involved = new Set<string>()
  for (const unitId of new Set(parts.map((part) => part.unitId))) for (const { personId } of await peopleOfUnit(ctx, unitId)) involved.add(personId)
  if (mentioned.some((id) => !involved.has(id))) throw problem('cases.person_outside')
  const id = newId()
  if (body.fileIds?.length) await attachFiles(ctx, body.fileIds, { kind: 'case', id: row.id, ...scopeOf(row), enterpriseId: null }, '/fileIds')
  const units = unitsOf(ctx)
  const unitId = parts.find((part) => units.includes(part.unitId))?.unitId ?? ctx.unit?.unitId ?? null
  await elevated(ctx, async (system) => {
    await insertComment(system, row, { id, text: body.text, fileIds: body.fileIds ?? [], mentioned, unitId })
    await tellMentioned(ctx, row, mentioned, id)
    ctx.announce('case.commented', { kind: 'case', id: row.id }, { commentId: id, mentioned: mentioned.length })
  })
  return toCase(ctx, row)
}
/** Everyone who has an open part is told, and it is counted. */
export async function press(ctx: Ctx, { params, body }: Input<typeof pressCase>): Promise<Case> {
  return toCase(ctx, await pressOne(ctx, params.id, body.word))
}
export async function pressOne(ctx: Ctx, caseId: string, word: string): Promise<CaseRecord> {
  const row = await lockCaseRow(ctx, caseId)
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  const open = (await selectParts(ctx, row.id)).filter((part) => part.state === 'open')
  if (row.endedAt !== null || row.waitingFor !== 'office' || !open.length) throw problem('cases.part_refused')
  await elevated(ctx, async (system) => {
    const last = await lastPress(system, row.id)
    if (last !== undefined && ctx.now.getTime() - Date.parse(last) < PRESS_AGAIN_MS) throw problem('cases.pressed_just_now', { minutes: PRESS_AGAIN_MS / 60_000 })
    for (const part of open) {
      await insertPress(system, row, part, word)
      await tell(system, row, 'case.pressed', { partId: part.id, note: word, internal: true, params: { unit: part.unitId } })
    }
    await tellPressed(ctx, row, open)
    ctx.announce('case.pressed', { kind: 'case', id: row.id }, { parts: open.map((part) => part.id) })
  })
  return row
}
