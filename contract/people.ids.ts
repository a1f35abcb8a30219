// Identity documents: which kinds there are, whether a number can be one (GB 11643 for resident cards), what it says of its holder, and how it is masked.

/** Codes of the field (01 resident card, 02 household register, 03 passport, 04 officer's card, 06 Hong Kong and Macao permit, 07 Taiwan permit, 99 other). */
export const idTypes = ['01', '02', '03', '04', '06', '07', '99'] as const
export type IdType = (typeof idTypes)[number]
export interface IdFault { code: 'issue.id_length' | 'issue.id_fifteen' | 'issue.id_letters' | 'issue.id_province' | 'issue.id_birth' | 'issue.id_check' | 'issue.id_shape'; params?: Record<string, string | number> }
export type Sex = 'male' | 'female' | 'unknown'

/** Capitals, one width, no blanks and no dashes between groups, as numbers are compared and kept. */
export function tidyId(typed: string): string {
  // Nearly every number: nothing to tidy.
  return /^[0-9A-Z]*$/.test(typed) ? typed : typed.normalize('NFKC').toUpperCase().replace(/[\s\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
}
const PROVINCES = new Set(['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83', '91'])
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** The check character that belongs to the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function idCheckCharacter(first17: string): string {
  let sum = 0
  for (let at = 0; at < 17; at++) sum += (first17.charCodeAt(at) - 48) * WEIGHTS[at]!
  return CHECKS[sum % 11]!
}
/** What is wrong with a number of a kind, or undefined; `today` as `2020-02-24`: nobody is born after it. */
export function idFault(type: IdType, id: string, today: string): IdFault | undefined {
  if (type === '01' || type === '02') return residentFault(id, today)
  const shape = SHAPES[type]
  return shape.test(id) ? undefined : { code: 'issue.id_shape' }
}
const SHAPES: Readonly<Record<Exclude<IdType, '01' | '02'>, RegExp>> = {
  '03': /^(?=.*\d)[A-Z0-9]{5,17}$/, '04': /^(?=.*\d)[\p{Script=Han}A-Z0-9()-]{5,20}$/u, '06': /^[HM]?\d{8}(\d{2})?$/, '07': /^\d{8}(\d{2})?[A-Z]?$/, '99': /^(?=.*\d)[\p{Script=Han}A-Z0-9()-]{4,30}$/u,
}
function residentFault(id: string, today: string): IdFault | undefined {
  if (id.length === 15 && /^\d+$/.test(id)) return { code: 'issue.id_fifteen' }
  if (id.length !== 18) return { code: 'issue.id_length', params: { length: [...id].length } }
  if (!/^\d{17}[\dX]$/.test(id)) return { code: 'issue.id_letters' }
  if (!PROVINCES.has(id.slice(0, 2))) return { code: 'issue.id_province', params: { digits: id.slice(0, 2) } }
  const birth = birthIn(id)
  if (!isDay(birth) || birth < '1880-01-01' || birth > today) return { code: 'issue.id_birth' }
  if (idCheckCharacter(id) !== id[17]) return { code: 'issue.id_check' }
  return undefined
}
const birthIn = (id: string) => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
function isDay(day: string): boolean {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  if (month < 1 || month > 12 || date < 1) return false
  return date <= (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : LENGTHS[month - 1]!)
}
/** Birth day and sex that a sound resident number says; undefined for other documents. */
export function saidById(type: IdType, id: string): { birth: string; sex: Sex } | undefined {
  if (type !== '01' && type !== '02') return undefined
  return { birth: birthIn(id), sex: Number(id[16]) % 2 ? 'male' : 'female' }
}
/** Full years from a birth day to a day. */
export function ageOn(birth: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0)
}

/** `110***********123X`; of a short number less is shown. */
export function maskId(id: string): string {
  const characters = [...id]
  const [front, back] = characters.length >= 15 ? [3, 4] : characters.length >= 8 ? [1, 4] : [1, 1]
  return characters.slice(0, front).join('') + '*'.repeat(Math.max(characters.length - front - back, 1)) + characters.slice(-back).join('')
}
/** The last four characters, by which people find themselves and each other. */
export const tailOf = (number: string): string => [...number].slice(-4).join('')
