// The collective view of cases: what waits where and how long, and which clocks a unit kept, week by week.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Id, Nullable, Strict, endpoint } from './base.ts'
import { CaseUnit, kindCode } from './cases.ts'

/** Upper bounds of the age bands in working hours; what is older than the last falls beyond them. A working day has eight in the usual calendar. */
export const ageBands = [8, 24, 40, 80] as const
/** Open parts of one unit and kind. Ages count working hours since the part came to the unit, taken or not, pauses of the firm left in. */
export const Waiting = Type.Object({
  unit: CaseUnit, kind: Type.String(), kindName: Bilingual, open: Type.Integer(), untaken: Type.Integer(), overdue: Type.Integer(), paused: Type.Integer(),
  /** One count for each band and one beyond. */
  ages: Type.Array(Type.Integer()), median: Type.Number(), p90: Type.Number(), longest: Type.Number(),
})
export type Waiting = Static<typeof Waiting>
export const listWaiting = endpoint({
  method: 'GET', path: '/api/case-figures', verb: 'case.figures', summary: 'What waits at which unit, how long, by kind', query: Strict({ kind: Type.Optional(kindCode), district: Type.Optional(AreaCode) }),
  returns: Type.Object({ at: Type.String(), bands: Type.Array(Type.Integer()), items: Type.Array(Waiting), total: Type.Object({ open: Type.Integer(), untaken: Type.Integer(), overdue: Type.Integer() }) }),
})
/**
 * Clocks that stopped in a week, Monday to Sunday in Asia/Shanghai, judged with the unit that had the lead: kept within the
 * limit or missed; `unjudged` ended by withdrawal. `paused` of all of them stood still at some time. Rates are null without any.
 */
export const KeptWeek = Type.Object({ week: Type.String(), kept: Type.Integer(), missed: Type.Integer(), unjudged: Type.Integer(), paused: Type.Integer(), rate: Nullable(Type.Number()) })
export type KeptWeek = Static<typeof KeptWeek>
export const listKept = endpoint({
  method: 'GET', path: '/api/case-figures/kept', verb: 'case.figures', summary: 'Clocks kept and missed by a unit, week by week', query: Strict({ unit: Type.Optional(Id), weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 53 })) }),
  returns: Type.Object({ unit: CaseUnit, respond: Type.Array(KeptWeek), resolve: Type.Array(KeptWeek) }), problems: ['not_found'],
})
