// The forms a declaration is written and read with: the plan and the pledge in force for its area and emergency.
import type { Declaration } from '@fugong/contract/declarations'
import { listEmergencies } from '@fugong/contract/emergencies'
import { getForm, type Form } from '@fugong/contract/forms'
import { pick, say, useLanguage, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'

export interface DeclarationForms { plan: Form | undefined; pledge: Form | undefined; error: unknown; retry: () => void }
export function useForms(declaration: Declaration | undefined): DeclarationForms {
  const emergencies = useRead(listEmergencies, {}, { staleTime: 60_000 })
  const kind = emergencies.data?.items.find((item) => item.id === declaration?.emergencyId)?.kind
  const query = { area: declaration?.workplace.districtCode ?? '', kind: kind ?? '' }
  // Answers belong to the version they were begun under, whatever is in force by now.
  const version = declaration?.formVersion
  const enabled = declaration !== undefined && kind !== undefined
  const plan = useRead(getForm, { params: { code: 'declaration.plan' }, query: { ...query, version } }, { enabled, staleTime: 10 * 60_000 })
  const pledge = useRead(getForm, { params: { code: 'declaration.pledge' }, query }, { enabled, staleTime: 10 * 60_000 })
  return {
    plan: plan.data, pledge: pledge.data, error: plan.error ?? pledge.error ?? emergencies.error,
    retry: () => { for (const read of [emergencies, plan, pledge]) if (read.error) void read.refetch() },
  }
}

/** What each field is called, by path, in the order of the pages. */
export function useLabels(plan: Form | undefined): Record<string, string> {
  const t = useText('declarations')
  useLanguage()
  const fields = plan?.pages.flatMap((page) => page.fields) ?? []
  return { '/plannedDate': t('field.plannedDate'), '/headcount': t('field.headcount'), '/communityCode': t('field.community'), ...Object.fromEntries(fields.flatMap((field) => [[`/answers/${field.code}`, pick(field.label)], ...(field.fields ?? []).map((inner) => [`/answers/${field.code}/*/${inner.code}`, pick(inner.label)])])), '/fileIds': t('field.files'), '/pledged': t('field.pledge') }
}
/** A question of the form may be a whole sentence; in the middle of another one it stands in quotation marks. */
export function quoted(path: string, label: string | undefined): string | undefined {
  return label !== undefined && path.startsWith('/answers/') ? say('declarations', 'quoted', { label }) : label
}
