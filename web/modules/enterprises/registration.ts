// The registration while it is written: what each page asks, what is missing on it, the body it makes, its keeping in the window.
import { isPlainLine, type Issue } from '@fugong/contract/base'
import { checkFirmCode, type EnterpriseKind, type RegisterEnterprise } from '@fugong/contract/enterprises'
import { emptyWorkplace, type WorkplaceDraft } from './WorkplaceFields.tsx'

export interface Registration { creditCode: string; issued: boolean; creditCodeReason: string; name: string; kind: string; industryCode: string; class: string; workplace: WorkplaceDraft }
export const emptyRegistration: Registration = { creditCode: '', issued: false, creditCodeReason: '', name: '', kind: 'company', industryCode: '', class: 'general', workplace: emptyWorkplace }
export const pages = ['firm', 'place', 'check'] as const
export type RegisterPageName = (typeof pages)[number]
export const pageOf = (path: string): RegisterPageName => (path.startsWith('/workplace') ? 'place' : 'firm')

export function bodyOf(values: Registration): RegisterEnterprise {
  const { issued, creditCodeReason, workplace } = values
  return {
    creditCode: values.creditCode, name: values.name.trim(), kind: values.kind as EnterpriseKind, industryCode: values.industryCode, class: values.class as RegisterEnterprise['class'],
    workplace: { ...workplace, scene: workplace.scene as RegisterEnterprise['workplace']['scene'], name: workplace.name.trim(), address: workplace.address.trim(), zoneCode: workplace.zoneCode || null },
    ...(issued && creditCodeReason.trim() ? { creditCodeReason: creditCodeReason.trim() } : {}),
  }
}
/** What is missing or wrong, in the order of the pages. */
export function faultsIn(values: Registration): Issue[] {
  const found: Issue[] = []
  const need = (path: string, value: string) => { if (!value.trim()) found.push({ path, code: 'issue.required' }); else if (!isPlainLine(value)) found.push({ path, code: 'issue.text' }) }
  if (!values.creditCode) need('/creditCode', '')
  else {
    const faults = checkFirmCode(values.creditCode, values.kind as EnterpriseKind)
    const arguable = faults[0]?.code.endsWith('_check') && values.issued
    if (!arguable) found.push(...faults)
    else need('/creditCodeReason', values.creditCodeReason)
  }
  need('/name', values.name)
  if (!values.kind) found.push({ path: '/kind', code: 'issue.choice' })
  if (!values.industryCode) found.push({ path: '/industryCode', code: 'issue.choice' })
  if (!values.class) found.push({ path: '/class', code: 'issue.choice' })
  found.push(...workplaceFaults(values.workplace, '/workplace'))
  return found
}
export function workplaceFaults(workplace: WorkplaceDraft, base: string): Issue[] {
  return (['name', 'scene', 'districtCode', 'streetCode', 'address'] as const).filter((field) => !workplace[field].trim() || !isPlainLine(workplace[field]))
    .map((field) => ({ path: `${base}/${field}`, code: workplace[field].trim() ? 'issue.text' : field === 'scene' ? 'issue.choice' : field === 'districtCode' || field === 'streetCode' ? 'issue.area' : 'issue.required' }))
}

const KEPT = 'fugong.registration'
/** The draft outlives a reload and a look elsewhere, but not the window: it is nobody else's. */
export function keepRegistration(values: Registration | undefined): void {
  try { values ? sessionStorage.setItem(KEPT, JSON.stringify(values)) : sessionStorage.removeItem(KEPT) } catch { /* private windows may refuse; the page still holds it */ }
}
export function keptRegistration(): Registration | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Partial<Registration> | null
    return kept ? { ...emptyRegistration, ...kept, workplace: { ...emptyWorkplace, ...kept.workplace } } : undefined
  } catch { return undefined }
}
