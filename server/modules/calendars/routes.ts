// Endpoints of the working calendar.
import { listCalendarDays, setCalendarDay } from '@fugong/contract/calendars'
import { route, type Module } from '../../base/routes.ts'
import { listDaysOf, setDay } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const calendars: Module = {
  name: 'calendars',
  routes: [route(listCalendarDays, listDaysOf), route(setCalendarDay, setDay)],
  verbs, scopes, constraints,
}
