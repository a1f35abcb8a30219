// Robots of units: added, changed, taken away and tried by administrators; address and secret lie sealed and are never shown again.
import { createHmac } from 'node:crypto'
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { addRobot, changeRobot, listRobots, removeRobot, Robot, testRobot } from '@fugong/contract/notices.robots'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { AddressRefused, type Answer, type Poster } from '../../base/outgoing.ts'
import { invalid, problem } from '../../base/problem.ts'
import { unitNames } from '../identity/index.ts'
import { readAnswer, robotBody, signedText, signedUrl, type RobotMessage } from './robots.rules.ts'
import { countRobots, giveUpPosts, insertRobot, lockRobot, selectRobots, updateRobot, type CountedRobot, type RobotRow } from './robots.store.ts'
import type { NoticeLimits } from './rules.ts'

const URL_SEAL = 'notices.robot_url'
const SECRET_SEAL = 'notices.robot_secret'
export interface RobotOptions { city: string; poster: Poster; publicUrl: string }

export async function listRobotsOf(ctx: Ctx): Promise<Returns<typeof listRobots>> {
  return { items: await toRobots(ctx, await selectRobots(ctx)) }
}
export async function addRobotOf(ctx: Ctx, options: RobotOptions, { body }: Input<typeof addRobot>): Promise<Robot> {
  const { unitId, url, secret, ...settings } = body
  const issues = addressIssues(options.poster, url)
  if (!(await unitNames(ctx, [unitId])).has(unitId)) issues.push({ path: '/unitId', code: 'issue.choice' })
  if (issues.length) throw invalid(issues)
  const { mostRobots } = limitsOf<NoticeLimits>('notices', options.city, ctx.now)
  if ((await countRobots(ctx, unitId)) >= mostRobots) throw problem('notices.robots_full', { limit: mostRobots })
  const row: RobotRow = {
    id: newId(), unitId, ...settings, urlSealed: ctx.sealer.seal(URL_SEAL, url), host: new URL(url).host, secretSealed: secret === null ? null : ctx.sealer.seal(SECRET_SEAL, secret),
    stoppedAt: null, restUntil: null, revision: 1, madeBy: ctx.actor.personId!, madeAt: ctx.now.toISOString(), removedAt: null,
  }
  await insertRobot(ctx, row)
  ctx.announce('notice.robot_added', { kind: 'robot', id: row.id }, { unitId, format: row.format })
  return one(ctx, row.id)
}
export async function changeRobotOf(ctx: Ctx, options: RobotOptions, { params, body }: Input<typeof changeRobot>): Promise<Robot> {
  const { url, secret, revision, ...settings } = body
  if (url !== undefined) {
    const issues = addressIssues(options.poster, url)
    if (issues.length) throw invalid(issues)
  }
  await held(ctx, params.id, revision)
  await updateRobot(ctx, params.id, {
    ...settings, revision: revision + 1, stoppedAt: null,
    ...(url === undefined ? {} : { urlSealed: ctx.sealer.seal(URL_SEAL, url), host: new URL(url).host, restUntil: null }),
    ...(secret === undefined ? {} : { secretSealed: secret === null ? null : ctx.sealer.seal(SECRET_SEAL, secret) }),
  })
  ctx.announce('notice.robot_changed', { kind: 'robot', id: params.id }, { fields: [...Object.keys(settings), ...(url === undefined ? [] : ['url']), ...(secret === undefined ? [] : ['secret'])] })
  return one(ctx, params.id)
}
export async function removeRobotOf(ctx: Ctx, { params, body }: Input<typeof removeRobot>): Promise<Returns<typeof removeRobot>> {
  await held(ctx, params.id, body.revision)
  await updateRobot(ctx, params.id, { removedAt: ctx.now.toISOString(), revision: body.revision + 1 })
  await giveUpPosts(ctx, params.id, 'removed')
  ctx.announce('notice.robot_removed', { kind: 'robot', id: params.id }, {})
  return { done: true }
}
export async function testRobotOf(ctx: Ctx, options: RobotOptions, { params }: Input<typeof testRobot>): Promise<Returns<typeof testRobot>> {
  const robot = await lockRobot(ctx, params.id)
  if (!robot) throw problem('not_found')
  ctx.announce('notice.robot_tested', { kind: 'robot', id: robot.id }, {})
  const markdown = robot.language === 'zh' ? '#### 复工：测试消息\n\n看到这条消息，说明机器人已接通。' : '#### Fugong: test\n\nThe robot is connected.'
  try {
    const answer = readAnswer(await postTo(ctx, options, robot, { title: robot.language === 'zh' ? '测试消息' : 'Test', markdown, link: null }, `test ${ctx.requestId}`))
    if (answer.outcome === 'sent') {
      await updateRobot(ctx, robot.id, { stoppedAt: null, restUntil: null })
      return { ok: true, why: null, code: 0 }
    }
    return { ok: false, why: answer.outcome === 'rest' ? 'too_many' : 'refused', code: answer.code }
  } catch (error) {
    return { ok: false, why: error instanceof AddressRefused ? 'address' : 'no_answer', code: null }
  }
}
/** Posts to a robot, signed where it has a secret; throws when its address is refused or nobody answers. */
export function postTo(ctx: Ctx, { city, poster }: RobotOptions, robot: RobotRow, message: RobotMessage, key: string): Promise<Answer> {
  const url = ctx.sealer.open(URL_SEAL, robot.urlSealed)
  const secret = robot.secretSealed === null ? null : ctx.sealer.open(SECRET_SEAL, robot.secretSealed)
  const signed = secret === null || robot.format !== 'dingtalk' ? url : signedUrl(url, ctx.now, signatureOf(ctx.now, secret))
  return poster.post(signed, robotBody(robot.format, message), { key, timeoutMs: limitsOf<NoticeLimits>('notices', city, ctx.now).robotTimeoutSeconds * 1000 })
}
/** DingTalk's signature: HMAC-SHA256 of the moment and the secret under the secret, in base64. */
export const signatureOf = (at: Date, secret: string): string => createHmac('sha256', secret).update(signedText(at, secret)).digest('base64')

async function held(ctx: Ctx, id: string, revision: number): Promise<RobotRow> {
  const robot = await lockRobot(ctx, id)
  if (!robot) throw problem('not_found')
  if (robot.revision !== revision) throw problem('notices.robot_changed')
  return robot
}
function addressIssues(poster: Poster, url: string): Issue[] {
  const fault = poster.fault(url)
  return fault ? [{ path: '/url', code: `issue.robot_${fault}` }] : []
}
const one = async (ctx: Ctx, id: string): Promise<Robot> => (await toRobots(ctx, await selectRobots(ctx, id)))[0]!
async function toRobots(ctx: Ctx, rows: readonly CountedRobot[]): Promise<Robot[]> {
  const units = await unitNames(ctx, [...new Set(rows.map((row) => row.unitId))])
  return rows.map(({ id, unitId, name, format, host, secretSealed, language, kinds, active, stoppedAt, restUntil, revision, waiting, sent, failed }) => ({ id, unitId, unit: units.get(unitId) ?? { zh: '', en: '' }, name, format, host, signed: secretSealed !== null, language, kinds, active, stoppedAt, restUntil, revision, waiting, sent, failed }))
}
