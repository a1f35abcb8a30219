// Reports for others 代为申报: a clerk of the firm for people without phones, and the thermometer at the gate with a key of its own.
import { Type, type Static } from 'typebox'
import { Code, Day, Done, Id, Line, Nullable, OptionalLine, PUBLIC, Strict, endpoint, type Issue } from './base.ts'
import { Form } from './forms.ts'
import { Receipt, SendReport, Slot, keyIssues, sendReport } from './health.ts'

const firm = Strict({ id: Id })
/** Somebody for whom the clerk may report now: the slot that is due. */
export const Reportable = Type.Object({ employmentId: Type.String(), name: Type.String(), workplaceName: Type.String(), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), staffNo: Nullable(Type.String()), slot: Slot, bound: Type.Boolean() })
export type Reportable = Static<typeof Reportable>
export const ReportList = Type.Object({ day: Day, items: Type.Array(Reportable), next: Nullable(Type.String()), /** How many of them in all. */ total: Type.Integer(), workplaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })), form: Nullable(Form) })
export type ReportList = Static<typeof ReportList>
export const listReportables = endpoint({
  method: 'GET', path: '/api/enterprises/:id/reports-due', verb: 'health.report', summary: 'People of my firm whose report of now is missing; first those without a phone', params: firm,
  query: Strict({ workplace: Type.Optional(Id), crew: Type.Optional(OptionalLine(40)), all: Type.Optional(Type.Boolean()), after: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }), returns: ReportList, problems: ['not_found'],
})
export const reportFor = endpoint({
  method: 'POST', path: '/api/enterprises/:id/roster/:employmentId/reports', verb: 'health.report', summary: 'Report for somebody of my firm; the report says that the firm sent it', params: Strict({ id: Id, employmentId: Id }), body: SendReport, returns: Receipt,
  check: keyIssues, problems: ['not_found', ...sendReport.problems!.filter((code) => code !== 'server.busy')],
})

// ── the gate ────────────────────────────────────────────────────────────────
export const Gate = Type.Object({ id: Type.String(), name: Type.String(), workplaceId: Type.String(), workplaceName: Type.String(), madeAt: Type.String(), lastAt: Nullable(Type.String()), revokedAt: Nullable(Type.String()), can: Type.Array(Type.String()) })
export type Gate = Static<typeof Gate>
export const listGates = endpoint({ method: 'GET', path: '/api/enterprises/:id/gates', verb: 'health.gates', summary: 'Thermometers at my gates, those in force first', params: firm, returns: Type.Object({ items: Type.Array(Gate), workplaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })), can: Type.Array(Type.String()) }), problems: ['not_found'] })
/** `key` is shown this once; only a keyed hash of it is kept. */
export const MadeGate = Type.Object({ gate: Gate, key: Type.String() })
export type MadeGate = Static<typeof MadeGate>
export const makeGate = endpoint({ method: 'POST', path: '/api/enterprises/:id/gates', verb: 'health.gates', summary: 'Make a key for a thermometer at a gate; shown once', params: firm, body: Strict({ workplaceId: Id, name: Line(40) }), returns: MadeGate, problems: ['not_found', 'people.workplace_closed', 'health.gates_full'] })
export const revokeGate = endpoint({ method: 'POST', path: '/api/enterprises/:id/gates/:gateId/revoke', verb: 'health.gates', summary: 'Revoke the key of a thermometer: it reports for nobody any more', params: Strict({ id: Id, gateId: Id }), body: Strict({}), returns: Done, problems: ['not_found'] })

/** One reading: who by staff number, or by name and last four of the ID number. `key`: 128 random bits for this reading; a repetition under it is the same reading. */
export const GateReading = Strict({
  key: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', issue: 'format' }), temperature: Type.Number({ minimum: 30, maximum: 45 }), staffNo: Type.Optional(Line(30)), name: Type.Optional(Line(40)),
  tail: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{4}$', issue: 'id_tail' })),
})
export type GateReading = Static<typeof GateReading>
function whoIssues({ staffNo, name, tail }: GateReading): Issue[] {
  if (staffNo !== undefined) return []
  return [...(name === undefined ? [{ path: '/name', code: 'issue.required' }] : []), ...(tail === undefined ? [{ path: '/tail', code: 'issue.required' }] : [])]
}
/** Whoever stands at the gate is told that it was received, and no colour. `outcome`: a report of its own, the temperature added to what was reported, or nothing new. */
export const GateAnswer = Type.Object({ number: Type.String(), day: Day, slot: Slot, version: Type.Integer(), outcome: Code(['reported', 'added', 'unchanged']) })
export type GateAnswer = Static<typeof GateAnswer>
export const sendReading = endpoint({
  method: 'POST', path: '/api/health/gate-readings', verb: PUBLIC, summary: 'A temperature measured at a gate, with the key of the thermometer', body: GateReading, returns: GateAnswer, check: whoIssues,
  problems: ['health.gate_unknown', 'health.gate_slowed', 'health.not_matched', 'health.not_on_roster', 'server.busy', 'forms.none_in_force', 'rules.no_table', 'rules.no_row'],
})
