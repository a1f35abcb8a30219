// Takes reports that waited sealed on a phone: opened, checked as any other, for the day on which they were answered.
import type { Receipt, SendReport } from '@fugong/contract/health'
import { sendReport } from '@fugong/contract/health'
import type { SendSealed } from '@fugong/contract/health.sealed'
import { limitsOf } from '../../base/limits.ts'
import { problem } from '../../base/problem.ts'
import type { Services } from '../../base/request.ts'
import { parserOf } from '../../base/validate.ts'
import type { HealthLimits, Intake } from './intake.actions.ts'
import { answeredAt, redated } from './intake.rules.ts'
import { openSeal } from './seal.actions.ts'
import { idOfToken } from './tokens.actions.ts'

const parse = parserOf(sendReport)
export async function takeSealed({ sealer, clock }: Services, intake: Intake, city: string, token: string | undefined, body: SendSealed): Promise<Receipt> {
  // Whoever is not bound is told so before anything is opened.
  if (token === undefined || !idOfToken(token, (text) => sealer.blind('binding', text))) throw problem('health.binding_unknown')
  const now = clock.now()
  const { sealMonths } = limitsOf<HealthLimits>('health', city, now)
  const opened = openSeal({ sealer, now }, { ...body, token }, sealMonths)
  if (typeof opened !== 'object' || opened === null) throw problem('health.seal_unreadable')
  const { at, ...given } = opened as Record<string, unknown>
  const report = parse({ params: {}, query: {}, body: given }).body as SendReport
  return intake.submit(token, body.day ? redated(report, body.day) : report, answeredAt({ now, sentAt: body.sentAt, at }))
}
