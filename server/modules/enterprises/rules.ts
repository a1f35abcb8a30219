// Pure decisions about firms: how names are kept and searched, what a credit code's digits say, which areas fit together.
import type { Issue } from '@fugong/contract/base'
import { checkCreditCode, isRegistrationNumber } from '@fugong/contract/enterprises'

/** Text as it is kept: no blanks at the ends, one form for each character (NFC). */
export const tidy = (text: string): string => text.trim().normalize('NFC')

/** Texts that grew beyond their limit when brought into one form; a few characters become two or three. */
export function lengthIssues(texts: readonly { path: string; text: string; limit: number }[]): Issue[] {
  return texts.filter(({ text, limit }) => [...text].length > limit).map(({ path, limit }) => ({ path, code: 'issue.too_long', params: { limit } }))
}

// ── search ──────────────────────────────────────────────────────────────────
/** A name as it is searched: full and half width, upper and lower case and blanks make no difference. */
export function searchText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

// ── registration ────────────────────────────────────────────────────────────
export interface CodeJudgement { state: 'valid' | 'pending'; reason: string | null }
/** A code whose digits are right needs no reason; one whose digits are wrong waits for a reviewer. */
export function judgeCode(code: string, reason: string | undefined): CodeJudgement {
  return !isRegistrationNumber(code) && checkCreditCode(code).length ? { state: 'pending', reason: tidy(reason ?? '') } : { state: 'valid', reason: null }
}

export interface AreaFact { code: string; kind: string; parent: string | null; hosts: readonly string[] }
export interface PlaceCodes { districtCode: string; streetCode: string; zoneCode?: string | null }
/** Whether a workplace lies outside the area in which its firm is registered. */
export function liesElsewhere(place: PlaceCodes, registered: PlaceCodes): boolean {
  return place.districtCode !== registered.districtCode || place.streetCode !== registered.streetCode || (place.zoneCode ?? null) !== (registered.zoneCode ?? null)
}
/** Faults of an address, all at once: areas that do not exist or are of another kind, a street or zone of another district. */
export function placeIssues(place: PlaceCodes, found: ReadonlyMap<string, AreaFact>, path: string): Issue[] {
  const of = (code: string | null | undefined, kind: string) => (code && found.get(code)?.kind === kind ? found.get(code) : undefined)
  const [district, street, zone] = [of(place.districtCode, 'district'), of(place.streetCode, 'street'), of(place.zoneCode, 'devZone')]
  const issues: Issue[] = []
  if (!district) issues.push({ path: `${path}/districtCode`, code: 'issue.area_unknown' })
  if (!street) issues.push({ path: `${path}/streetCode`, code: 'issue.area_unknown' })
  else if (district && street.parent !== district.code) issues.push({ path: `${path}/streetCode`, code: 'issue.street_outside_district' })
  if (place.zoneCode && !zone) issues.push({ path: `${path}/zoneCode`, code: 'issue.area_unknown' })
  else if (zone && district && !zone.hosts.includes(district.code)) issues.push({ path: `${path}/zoneCode`, code: 'issue.zone_outside_district' })
  return issues
}
