// Later work of notices: text messages and posts to robots, some at a time.
import type { JobKind } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { SEND_POSTS, SEND_SMS } from './notify.actions.ts'
import { sendPosts } from './posts.actions.ts'
import type { RobotOptions } from './robots.actions.ts'
import { sendTexts } from './sms.actions.ts'

/** The schedules are a net below the runs that are queued with each message: what waits is looked for each minute. */
export function noticesJobs(options: RobotOptions & { sms: Sms }): JobKind[] {
  return [{ name: SEND_SMS, everySeconds: 60, run: (ctx) => sendTexts(ctx, options.sms, options.city) }, { name: SEND_POSTS, everySeconds: 60, run: (ctx) => sendPosts(ctx, options) }]
}
