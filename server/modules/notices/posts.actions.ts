// Posting what waits for robots: within their limit, many of one template as one, tried again with longer waits, given up and told to administrators.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { AddressRefused } from '../../base/outgoing.ts'
import { administrators, unitNames } from '../identity/index.ts'
import { notify, SEND_POSTS } from './notify.actions.ts'
import { templateInForce } from './notify.store.ts'
import { postTo, type RobotOptions } from './robots.actions.ts'
import { allowance, joined, readAnswer, type RobotAnswer } from './robots.rules.ts'
import { calledLately, duePosts, markPosts, nextPost, takeRobot, updateRobot, type DuePost, type RobotRow } from './robots.store.ts'
import { bundles, robotWait, type NoticeLimits } from './rules.ts'

/** Calls of one run, which is one transaction: when its process dies, at most so many are posted a second time. */
const CALLS_PER_RUN = 5
/** Posts of one robot that are looked at together for the same template. */
const MOST_DUE = 200
const MOST_IN_ONE = 10
const MINUTE = 60_000
export async function sendPosts(system: Ctx, options: RobotOptions): Promise<void> {
  const limits = limitsOf<NoticeLimits>('notices', options.city, system.now)
  const passed: string[] = []
  let calls = 0
  while (calls < CALLS_PER_RUN) {
    const robot = await takeRobot(system, passed)
    if (!robot) break
    passed.push(robot.id)
    calls += await sendFor(system, options, robot, limits, CALLS_PER_RUN - calls)
  }
  const next = await nextPost(system)
  if (!next) return
  const at = calls >= CALLS_PER_RUN ? system.now : new Date(Math.max(next.getTime(), system.now.getTime() + 1000))
  system.enqueue(SEND_POSTS, null, { key: calls >= CALLS_PER_RUN ? `more ${system.requestId}` : `due ${at.toISOString().slice(0, 19)}`, at })
}
/** Answers how many calls it made. */
async function sendFor(system: Ctx, options: RobotOptions, robot: RobotRow, limits: NoticeLimits, most: number): Promise<number> {
  const { free, next } = allowance(system.now, await calledLately(system, robot.id), limits.robotsPerMinute)
  if (!free) {
    await updateRobot(system, robot.id, { restUntil: next.toISOString() })
    return 0
  }
  const due = await duePosts(system, robot.id, MOST_DUE)
  let calls = 0
  while (due.length && calls < Math.min(free, most)) {
    const [first] = due
    const same = due.filter((post) => post.template === first!.template)
    const together = bundles(same.length, false, limits) ? same.slice(0, MOST_IN_ONE) : [first!]
    for (const post of together) due.splice(due.indexOf(post), 1)
    calls += 1
    if (!(await call(system, options, robot, together, limits))) break
  }
  return calls
}
/** One call; false when the robot is to be left alone for now. */
async function call(system: Ctx, options: RobotOptions, robot: RobotRow, posts: readonly DuePost[], limits: NoticeLimits): Promise<boolean> {
  const zh = robot.language === 'zh'
  const bundle = posts.length > 1 ? (await templateInForce(system, 'notice.bundle', [''], shanghaiDay(system.now)))! : undefined
  const message = joined(posts.map((post) => ({ title: zh ? post.title : (post.titleEn ?? post.title), markdown: (zh ? post.robotZh : post.robotEn) ?? (zh ? post.text : (post.textEn ?? post.text)), link: post.link })), options.publicUrl, robot.language, zh ? (bundle?.textZh ?? '') : (bundle?.textEn ?? ''))
  const [first] = posts
  const ids = posts.map(({ id }) => id)
  const calledAt = system.now.toISOString()
  let answer: RobotAnswer
  let why = 'refused'
  try {
    answer = readAnswer(await postTo(system, options, robot, message, first!.id))
  } catch (error) {
    why = error instanceof AddressRefused ? 'address' : 'no_answer'
    answer = { outcome: 'failed', code: null }
  }
  if (answer.outcome === 'sent') {
    await markPosts(system, [first!.id], { state: 'sent', calledAt, why: null, tries: first!.tries + 1 })
    await markPosts(system, ids.slice(1), { state: 'bundled', why: null, withId: first!.id })
    if (robot.stoppedAt) await updateRobot(system, robot.id, { stoppedAt: null })
    return true
  }
  if (answer.outcome === 'rest') {
    // Too many, also by others who share the robot: not a failure of this message.
    await markPosts(system, [first!.id], { calledAt, why: 'too_many' })
    await updateRobot(system, robot.id, { restUntil: new Date(system.now.getTime() + limits.robotRestMinutes * MINUTE).toISOString() })
    return false
  }
  const tries = first!.tries + 1
  const reason = why === 'refused' && answer.code !== null ? `refused ${answer.code}` : why
  system.log.warn({ robot: robot.id, tries, why: reason }, 'robot did not take a post')
  await markPosts(system, [first!.id], { calledAt })
  if (tries < limits.robotTries) {
    await markPosts(system, ids, { tries, why: reason, dueAt: new Date(system.now.getTime() + robotWait(tries) * MINUTE).toISOString() })
    return false
  }
  await markPosts(system, ids, { state: 'failed', tries, why: reason })
  if (!robot.stoppedAt) await tellAdministrators(system, robot)
  return false
}
async function tellAdministrators(system: Ctx, robot: RobotRow): Promise<void> {
  await updateRobot(system, robot.id, { stoppedAt: system.now.toISOString() })
  const unit = (await unitNames(system, [robot.unitId])).get(robot.unitId) ?? { zh: '', en: '' }
  await notify(system, { template: 'notice.robot_stopped', to: { people: await administrators(system) }, params: { robot: robot.name, unit }, link: '/console/robots', about: { kind: 'robot', id: robot.id }, intent: system.now.toISOString() })
}
