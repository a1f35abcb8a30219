// Daily health reports 每日健康申报: what a phone sends, the receipt it gets back, and how anyone proves that a receipt is real.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Nullable, OptionalLine, PUBLIC, Strict, endpoint, type Issue } from './base.ts'
import { certificateCheck } from './certificates.ts'
import { Answers } from './forms.ts'

export const healthLevels = ['green', 'yellow', 'orange', 'red'] as const
export const HealthLevel = Code(healthLevels)
export type HealthLevel = (typeof healthLevels)[number]
/** 1 is the report of the day, 2 the evening one of people who report twice (dormitory, observation). */
export const slots = [1, 2] as const
export const Slot = Type.Unsafe<1 | 2>({ type: 'integer', enum: [1, 2] })

/**
 * The key of one intent: the day and slot it is for, and 128 random bits that only the phone and its receipt know.
 * The same key never speaks of two days, so a repetition always meets the row it made.
 */
export const ReportKey = Type.String({ pattern: '^\\d{8}[12]-[A-Za-z0-9_-]{22}$', issue: 'format' })
export const SendReport = Strict({
  key: ReportKey, day: Day, slot: Slot, answers: Answers,
  /** 2 corrects the first, 3 the second; left out it is the first. A correction has a key of its own. */
  version: Type.Optional(Type.Integer({ minimum: 2, maximum: 100 })),
})
export type SendReport = Static<typeof SendReport>
/** The key must name the day and slot of its report. */
export function keyIssues({ key, day, slot }: SendReport): Issue[] {
  return key.startsWith(`${day.replaceAll('-', '')}${slot}-`) ? [] : [{ path: '/key', code: 'issue.format' }]
}

/** What an accepted report returns, byte for byte the same however often it is sent. `hash` is its leaf in the tree of its day. */
export const Receipt = Strict({
  number: Type.String(), hash: Type.String(), day: Type.String(), slot: Slot, /** 1, or more for a correction. */ version: Type.Integer(), employmentId: Type.String(), acceptedAt: Type.String(), commitment: Type.String(),
  level: HealthLevel, because: Bilingual,
})
export type Receipt = Static<typeof Receipt>
export const sendReport = endpoint({
  method: 'POST', path: '/api/health/reports', verb: PUBLIC, summary: 'Send a daily report with the token of a bound phone; answered after the commit',
  body: SendReport, returns: Receipt, check: keyIssues,
  problems: ['health.binding_unknown', 'health.not_on_roster', 'health.day_outside', 'health.already_reported', 'health.nothing_to_correct', 'health.corrected_meanwhile', 'health.correction_late', 'health.corrections_full', 'server.busy', 'forms.none_in_force', 'rules.no_table', 'rules.no_row'],
})

// ── receipt numbers ─────────────────────────────────────────────────────────
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const POSITIONS = 1024n
/** The number of the report at a place of a batch: 13 characters and a check character, as `XXXXX-XXXXX-XXXX`. */
export function receiptNumber(batch: number, position: number): string {
  let rest = BigInt(batch) * POSITIONS + BigInt(position)
  let text = ''
  for (let i = 0; i < 13; i++, rest /= 32n) text = ALPHABET[Number(rest % 32n)] + text
  const all = text + certificateCheck(text)
  return `${all.slice(0, 5)}-${all.slice(5, 10)}-${all.slice(10)}`
}
/** Batch and place of a number as a person typed it; undefined when it cannot be one. */
export function readReceiptNumber(typed: string): { batch: number; position: number } | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  if (!/^[0-9A-HJKMNP-TV-Z]{14}$/.test(plain) || certificateCheck(plain.slice(0, 13)) !== plain[13]) return undefined
  let value = 0n
  for (const character of plain.slice(0, 13)) value = value * 32n + BigInt(ALPHABET.indexOf(character))
  const batch = value / POSITIONS
  return batch > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : { batch: Number(batch), position: Number(value % POSITIONS) }
}

// ── proofs ──────────────────────────────────────────────────────────────────
/** Steps from a leaf to a root: the neighbour's hash in hex, and on which side it stands. */
export const ProofPath = Type.Array(Type.Object({ side: Code(['left', 'right']), hash: Type.String() }))
export type ProofPath = Static<typeof ProofPath>
/** `root` is null until the day's tree is closed and signed; then the path leads to it. */
export const ReceiptProof = Type.Object({
  number: Type.String(), hash: Type.String(), acceptedOn: Type.String(), path: ProofPath, root: Nullable(Type.String()), count: Nullable(Type.Integer()),
  signature: Nullable(Type.String()), keyId: Nullable(Type.String()), publicKey: Nullable(Type.String()), closedAt: Nullable(Type.String()),
})
export type ReceiptProof = Static<typeof ReceiptProof>
export const proveReceipt = endpoint({
  method: 'GET', path: '/api/public/receipts/:number', verb: PUBLIC, summary: 'The path from a receipt to the signed root of its day', params: Strict({ number: OptionalLine(40) }), returns: ReceiptProof, problems: ['not_found'], perMinute: 120,
})
/** What is signed of a day, byte for byte. */
export const rootText = ({ day, count, root }: { day: string; count: number; root: string }): string => ['fugong-receipts-1', day, count, root].join('\n')
export const ReceiptRoot = Type.Object({ day: Type.String(), count: Type.Integer(), root: Type.String(), signature: Type.String(), keyId: Type.String(), publicKey: Type.String(), closedAt: Type.String() })
export type ReceiptRoot = Static<typeof ReceiptRoot>
export const listReceiptRoots = endpoint({
  method: 'GET', path: '/api/public/receipt-roots', verb: PUBLIC, summary: 'Signed roots of the days that are over, the newest first; a file to keep', query: Strict({ before: Type.Optional(Day) }),
  returns: Type.Object({ items: Type.Array(ReceiptRoot), /** The day before which the rest lies. */ next: Nullable(Type.String()) }), perMinute: 120,
})
