// Later work of notices: text messages, some at a time.
import type { JobKind } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { SEND_SMS, sendTexts } from './send.actions.ts'

export function noticesJobs(sms: Sms): JobKind[] {
  return [{ name: SEND_SMS, run: (ctx, payload) => sendTexts(ctx, sms, (payload as { messageId: string }).messageId) }]
}
