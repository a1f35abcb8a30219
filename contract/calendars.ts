// The working calendar: which days are worked, and during which hours clocks run.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Line, SIGNED_IN, Strict, endpoint, type Issue } from './base.ts'

export const DayKind = Code(['holiday', 'workday'])
export const CalendarDay = Type.Object({ day: Type.String(), kind: DayKind, name: Bilingual, /** Announced for the whole country, or set by the city itself. */ source: Code(['official', 'administrator']) })
export type CalendarDay = Static<typeof CalendarDay>
export const WorkingHours = Type.Object({ from: Type.String(), to: Type.String(), effectiveFrom: Type.String() })

/** Exceptions of one year from Monday to Friday: public holidays and make-up workdays. */
export const listCalendarDays = endpoint({
  method: 'GET', path: '/api/calendar', verb: SIGNED_IN, summary: 'Holidays and make-up workdays of a year',
  query: Strict({ year: Type.Integer({ minimum: 2000, maximum: 2199 }) }),
  returns: Type.Object({ year: Type.Integer(), days: Type.Array(CalendarDay), hours: WorkingHours,
    /** Working hours already set that hold from a later day on, the next first. */
    coming: Type.Array(WorkingHours), complete: Type.Boolean(), can: Type.Array(Type.String()) }),
})
export const setCalendarDay = endpoint({
  method: 'PUT', path: '/api/calendar/:day', verb: 'calendar.set_day', summary: 'Set a day to holiday, workday or the weekday rule',
  params: Strict({ day: Day }),
  body: Strict({ kind: Code(['holiday', 'workday', 'weekday_rule']), name: Type.Optional(Strict({ zh: Line(40), en: Line(80) })) }),
  returns: Type.Object({ day: Type.String() }),
})
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', issue: 'time' })
/** The city's working hours from a day on; set again for the same day they replace what was set. */
export const setWorkingHours = endpoint({
  method: 'POST', path: '/api/calendar-hours', verb: 'calendar.set_hours', summary: 'Set the working hours from a day on',
  body: Strict({ effectiveFrom: Day, from: Time, to: Time }), returns: WorkingHours,
  check: (body): Issue[] => (body.from < body.to ? [] : [{ path: '/to', code: 'issue.end_before_begin' }]),
})
