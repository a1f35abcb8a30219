// Reports that waited on a phone 离线申报: sealed there to a key of the server before they were stored, sent when there is a network again.
import { Type, type Static } from 'typebox'
import { Day, PUBLIC, Strict, endpoint } from './base.ts'
import { Receipt, sendReport } from './health.ts'

/**
 * `sealed`: URL-safe base64 of an own P-256 key (65 bytes, uncompressed), a nonce (12) and AES-256-GCM over the JSON of a report with `at`, when it was
 * answered by the phone's clock. The key is SHA-256 over the shared secret and the own key; the phone's token is bound in, so that it opens with no other.
 */
export const SendSealed = Strict({
  keyId: Type.String({ pattern: '^\\d{6}$', issue: 'format' }), sealed: Type.String({ pattern: '^[A-Za-z0-9_-]{120,14000}$', issue: 'format' }),
  /** The phone's clock now: with `at` it tells how long ago the report was answered, however wrong the clock is. */
  sentAt: Type.Integer(),
  /** The day that the person named because the phone's clock had sealed a wrong one. */
  day: Type.Optional(Day),
})
export type SendSealed = Static<typeof SendSealed>
export const sendSealed = endpoint({
  method: 'POST', path: '/api/health/sealed-reports', verb: PUBLIC, summary: 'Deliver a report that was sealed on a bound phone while it had no network', body: SendSealed, returns: Receipt,
  problems: [...sendReport.problems!, 'health.seal_unreadable'],
})
