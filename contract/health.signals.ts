// Signals 待核查 of reports that somebody should look at, with their reasons; and the proofs of days that were erased.
import { Type, type Static } from 'typebox'
import { Code, Done, Id, Nullable, Para, Strict, endpoint } from './base.ts'

export const signalKinds = ['device', 'burst', 'same', 'early'] as const
/** `threshold` is what the table set; up to twenty names. It is a reason to look, not a finding. */
export const Signal = Type.Object({
  id: Type.String(), day: Type.String(), kind: Code(signalKinds), enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), people: Type.Integer(), threshold: Type.Integer(), names: Type.Array(Type.String()),
  state: Code(['open', 'checked']), checkedBy: Nullable(Type.String()), checkedAt: Nullable(Type.String()), note: Nullable(Type.String()),
})
export type Signal = Static<typeof Signal>
export const listSignals = endpoint({ method: 'GET', path: '/api/health-signals', verb: 'health.signals', summary: 'Reports of my district that somebody should look at, the newest first', query: Strict({ open: Type.Optional(Type.Boolean()) }), returns: Type.Object({ items: Type.Array(Signal) }), logsRead: true })
export const checkSignal = endpoint({ method: 'POST', path: '/api/health-signals/:id', verb: 'health.signals', summary: 'Note what was found', params: Strict({ id: Id }), body: Strict({ note: Para(300) }), returns: Done, problems: ['not_found'] })

export const Erasure = Type.Object({ day: Type.String(), erasedAt: Type.String(), why: Code(['age', 'ended']), keepDays: Type.Integer(), reports: Type.Integer(), envelopes: Type.Integer(), keyHash: Nullable(Type.String()), proof: Type.String(), verified: Type.Boolean() })
export type Erasure = Static<typeof Erasure>
/** `kept`: days whose key is still there. */
export const listErasures = endpoint({ method: 'GET', path: '/api/health-erasures', verb: 'health.erasures', summary: 'Days whose reports were erased, with what proves it', returns: Type.Object({ items: Type.Array(Erasure), kept: Type.Integer() }) })
