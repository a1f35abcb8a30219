// Colours 健康判定: what a person is told of theirs and why, and what a case officer reads of the facts behind one.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Nullable, PUBLIC, Strict, endpoint } from './base.ts'
import { HealthLevel } from './health.ts'
import { PhoneToken } from './health.phones.ts'

export const statusSources = ['report', 'hand', 'release', 'appeal', 'lapse', 'result'] as const
const Said = Type.Object({ label: Bilingual, value: Bilingual })
/** `rule` and `because`: the row of the table; `inputs`: what it was asked, empty once the answers are erased; `reason`: of a change by people. */
export const HealthReason = Type.Object({
  level: HealthLevel, mayWork: Type.Boolean(), since: Nullable(Type.String()), source: Code(statusSources), sourceName: Bilingual, because: Nullable(Bilingual),
  rule: Nullable(Type.Object({ table: Type.String(), version: Type.Integer(), row: Type.String() })), reason: Nullable(Type.String()), by: Nullable(Type.String()), until: Nullable(Type.String()), inputs: Type.Array(Said),
})
export type HealthReason = Static<typeof HealthReason>
export const readHealthStatus = endpoint({
  method: 'POST', path: '/api/health/status', verb: PUBLIC, summary: 'Which colour the person of a bound phone has now, and why', body: Strict({ token: PhoneToken }), returns: HealthReason, problems: ['health.binding_unknown', 'health.not_on_roster'], perMinute: 60,
})

/** Answers as they were given, the newest first; those that are erased say so. */
export const HealthFacts = Type.Object({
  why: HealthReason,
  reports: Type.Array(Type.Object({ day: Type.String(), slot: Type.Integer(), version: Type.Integer(), level: HealthLevel, at: Type.String(), relation: Nullable(Type.String()), erased: Type.Boolean(), answers: Type.Array(Said) })),
  changes: Type.Array(Type.Object({ at: Type.String(), level: HealthLevel, before: HealthLevel, sourceName: Bilingual, reason: Nullable(Type.String()), by: Nullable(Type.String()), agreedBy: Nullable(Type.String()), until: Nullable(Type.String()) })),
})
export type HealthFacts = Static<typeof HealthFacts>
