// Forms whose answers fill places that a room keeps: what else they would ask has nowhere to go.
import type { Issue } from './base.ts'

/** Form → codes that are kept, and those without which nothing can be; `helpers` steer other questions and are not kept. */
const PLACES: Readonly<Record<string, { must: readonly string[]; may: readonly string[]; helpers: readonly string[] }>> = {
  'person.selfEntry': { must: ['name', 'idType', 'idNumber', 'phone'], may: ['crew', 'dormitory', 'address', 'originCode', 'leftOn', 'returnedOn', 'vehicle', 'vehicleNo', 'exposure'], helpers: ['exposed'] },
}
export const placesOf = (form: string): readonly string[] | undefined => PLACES[form] && [...PLACES[form].must, ...PLACES[form].may]

interface Asked { path: string; code: string; /** Taken from the register or worked out: it needs no place. */ given: boolean }
/** Faults of a form that asks for what nobody keeps, or leaves out what must be asked. */
export function placeIssues(form: string, fields: readonly Asked[]): Issue[] {
  const own = PLACES[form]
  if (!own) return []
  const all = [...own.must, ...own.may, ...own.helpers]
  const missing = own.must.filter((code) => !fields.some((field) => field.code === code && !field.given))
  return [
    ...fields.filter((field) => !field.given && !all.includes(field.code)).map((field): Issue => ({ path: `${field.path}/code`, code: 'issue.form_no_place', params: { field: field.code, known: all.join(', ') } })),
    ...(missing.length ? [{ path: '/pages', code: 'issue.form_place_missing', params: { known: missing.join(', ') } }] : []),
  ]
}
