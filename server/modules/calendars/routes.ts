// Endpoints of the working calendar.
import { listCalendarDays, setCalendarDay, setWorkingHours } from '@fugong/contract/calendars'
import { route, type Module } from '../../base/routes.ts'
import { listDaysOf, setDay, setHours } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const calendars: Module = {
  name: 'calendars',
  routes: [route(listCalendarDays, listDaysOf), route(setCalendarDay, setDay), route(setWorkingHours, setHours)],
  verbs, scopes, constraints,
}
