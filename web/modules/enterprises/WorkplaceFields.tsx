// The questions about a workplace: name, kind of place, district, street, development zone if there is one, address.
import { scenes } from '@fugong/contract/enterprises'
import { Input, Select } from 'antd'
import { useAreas } from '../../base/areas.ts'
import type { AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { FormField } from '../../ui/FormField.tsx'
import { ChoiceCards } from './ChoiceCards.tsx'

export interface WorkplaceDraft { name: string; scene: string; districtCode: string; streetCode: string; zoneCode: string; address: string }
export const emptyWorkplace: WorkplaceDraft = { name: '', scene: '', districtCode: '', streetCode: '', zoneCode: '', address: '' }

export function useWorkplaceLabels(base: string): Record<string, string> {
  const t = useText('enterprises')
  return Object.fromEntries(['name', 'scene', 'districtCode', 'streetCode', 'zoneCode', 'address'].map((field) => [`${base}/${field}`, t(`workplace.${field}`)]))
}
/** `base` is the path of the workplace within the form's values. */
export function WorkplaceFields({ form, base }: { form: AnyForm; base: string }) {
  const t = useText('enterprises')
  const { areas, nameOf, childrenOf } = useAreas()
  const at = (field: string) => `${base}/${field}`
  const district = (form.valueAt(at('districtCode')) as string) || ''
  const zones = areas.filter((area) => area.kind === 'devZone' && (area.hosts.includes(district) || area.parent === district))
  const choices = (codes: string[]) => codes.map((code) => ({ value: code, label: nameOf(code) }))
  return (
    <>
      <FormField form={form} path={at('name')} help={t('workplace.nameHelp')}><Input maxLength={60} /></FormField>
      <FormField form={form} path={at('scene')} group help={t('workplace.sceneHelp')}><ChoiceCards options={scenes.map((scene) => ({ value: scene, title: t(`scene.${scene}`), text: t(`sceneText.${scene}`) }))} /></FormField>
      <FormField form={form} path={at('districtCode')}>
        <Chosen options={choices(areas.filter((area) => area.kind === 'district').map((area) => area.code))} placeholder={t('workplace.choose')} onChange={() => { form.set(at('streetCode'), ''); form.set(at('zoneCode'), '') }} />
      </FormField>
      <FormField form={form} path={at('streetCode')} help={district ? undefined : t('workplace.districtFirst')}>
        <Chosen options={choices(childrenOf(district, 'street').map((area) => area.code))} placeholder={t('workplace.choose')} disabled={!district} />
      </FormField>
      {zones.length > 0 ? (
        <FormField form={form} path={at('zoneCode')} optional help={t('workplace.zoneHelp')}><Chosen allowClear options={choices(zones.map((zone) => zone.code))} placeholder={t('workplace.zoneNone')} /></FormField>
      ) : null}
      <FormField form={form} path={at('address')} help={t('workplace.addressHelp')}><Input maxLength={120} autoComplete="street-address" /></FormField>
    </>
  )
}

interface ChosenProps { id?: string; value?: string; onChange?: (value: string) => void; options: { value: string; label: string }[]; placeholder: string; disabled?: boolean; allowClear?: boolean }
/** A list one can type in; nothing chosen is the empty text. */
export function Chosen({ value, onChange, ...rest }: ChosenProps) {
  return <Select {...rest} value={value || null} onChange={(next: string | null | undefined) => onChange?.(next ?? '')} showSearch={{ optionFilterProp: 'label' }} />
}
