// The face of calendars: when a limit in working hours is up.
export { dueAfter, loadCalendar } from './actions.ts'
