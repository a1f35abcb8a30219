// The entries that every grant has: role, unit, area and an end.
import { roleNames, staffRoles } from '@fugong/contract/identity'
import { AreaPicker } from '../../base/area-picker.tsx'
import { pick, useText } from '../../base/i18n.ts'
import type { AnyForm } from '../../base/form.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { MomentInput } from '../../ui/inputs.tsx'

export interface GrantValues { role: string | undefined; unitId: string | undefined; areaCode: string | undefined; until: string | null }
export const NO_GRANT: GrantValues = { role: undefined, unitId: undefined, areaCode: undefined, until: null }
export const GRANT_PATHS = ['/role', '/unitId', '/areaCode'] as const
export function useGrantLabels(): Record<string, string> {
  const t = useText('identity')
  return { '/role': t('grant.role'), '/unitId': t('grant.unit'), '/areaCode': t('grant.area'), '/until': t('grant.until') }
}

/** Choosing a unit takes over its area, which is nearly always right and can be narrowed. */
export function GrantFields({ form, withEnd = true }: { form: AnyForm; withEnd?: boolean }) {
  const t = useText('identity')
  return (
    <>
      <FormField form={form} path="/role"><Choice options={staffRoles.map((role) => ({ value: role, label: pick(roleNames[role]) }))} /></FormField>
      <FormField form={form} path="/unitId"><UnitPicker onPick={(unit) => { if (unit) form.set('/areaCode', unit.areaCode) }} /></FormField>
      <FormField form={form} path="/areaCode" help={t('grant.areaHelp')}><AreaPicker /></FormField>
      {withEnd ? <FormField form={form} path="/until" help={t('grant.untilHelp')} optional><MomentInput /></FormField> : null}
    </>
  )
}
