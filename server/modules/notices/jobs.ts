// Later work of notices: text messages, some at a time.
import type { JobKind } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { SEND_SMS } from './notify.actions.ts'
import { sendTexts } from './sms.actions.ts'

export interface NoticesOptions { city: string; sms: Sms }
/** The schedules are a net below the runs that are queued with each message: what waits is looked for each minute. */
export function noticesJobs({ city, sms }: NoticesOptions): JobKind[] {
  return [{ name: SEND_SMS, everySeconds: 60, run: (ctx) => sendTexts(ctx, sms, city) }]
}
