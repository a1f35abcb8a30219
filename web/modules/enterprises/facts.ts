// The groups in which a firm's facts are asked and shown, and how a form's entries become a change.
import type { Enterprise } from '@fugong/contract/enterprises'
import type { ChangeFacts } from '@fugong/contract/enterprises.register'

export const factGroups = ['identity', 'legal', 'place', 'figures', 'safety'] as const
export type FactGroup = (typeof factGroups)[number]
/** What the form of a group asks, in the order of the page. Name, code and area change by an event of the firm's life. */
export const asked = {
  identity: ['kind', 'class', 'industryCode', 'formerNames'], legal: ['legalName', 'legalPhone', 'registeredDistrictCode', 'registeredAddress'], place: ['address', 'building', 'park'],
  figures: ['staff', 'staffYear', 'insured', 'insuredYear', 'revenue', 'revenueYear', 'assets', 'assetsYear'], safety: ['hazardous', 'centralAir'],
} as const satisfies Record<FactGroup, readonly (keyof ChangeFacts)[]>

export type FactDraft = Record<string, unknown> & { effectiveOn: string | null; reason: string; hazard?: 'unknown' | 'none' | 'some' }
/** What is known stands in the form; masked values do not, so that leaving them empty keeps them. */
export function draftOf(firm: Enterprise, group: FactGroup): FactDraft {
  const draft: FactDraft = { effectiveOn: null, reason: '' }
  for (const name of asked[group]) draft[name] = name === 'legalName' || name === 'legalPhone' ? '' : name === 'formerNames' ? firm.formerNames.join('\n') : (firm[name as keyof Enterprise] ?? '')
  if (group === 'safety') {
    draft.hazard = firm.hazardous === null ? 'unknown' : firm.hazardous === '' ? 'none' : 'some'
    draft['centralAir'] = firm.centralAir === null ? 'unknown' : firm.centralAir ? 'yes' : 'no'
  }
  return draft
}
/** The change that a form means: what was emptied is taken back, what was left alone stays. */
export function changeOf(firm: Pick<Enterprise, 'revision'>, group: FactGroup, draft: FactDraft): ChangeFacts {
  const body: Record<string, unknown> = { revision: firm.revision }
  for (const name of asked[group]) {
    const value = draft[name]
    if (name === 'formerNames') body[name] = String(value).split(/[\n、]/).map((one) => one.trim()).filter(Boolean)
    else if (name === 'legalName' || name === 'legalPhone') { if (String(value).trim()) body[name] = String(value).trim() }
    else if (name === 'hazardous') body[name] = draft.hazard === 'unknown' ? null : draft.hazard === 'none' ? '' : String(value).trim()
    else if (name === 'centralAir') body[name] = value === 'unknown' ? null : value === 'yes'
    else if (typeof value === 'string') body[name] = value.trim() || (required.has(name) ? undefined : null)
    else body[name] = value ?? null
  }
  if (draft.effectiveOn) body['effectiveOn'] = draft.effectiveOn
  if (draft.reason.trim()) body['reason'] = draft.reason.trim()
  return body as ChangeFacts
}
/** Entries that a firm always has. */
const required = new Set<string>(['kind', 'class', 'industryCode', 'address'])
