// The face of calendars: when a limit in working hours is up, and how much working time lies between two moments.
export { dueAfter, loadCalendar, workCalendar } from './actions.ts'
export { addWorkingHours, workedBetween, type WorkCalendar } from './rules.ts'
